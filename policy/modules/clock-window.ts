// Counts over windows that begin by the clock, each with nothing counted: the hour and the day of a product
// that resets its counters on the hour or at midnight. They are multiples of the window since the host began.

import type { Cells } from '../cells.ts';
import type { Milliseconds } from '../units.ts';
import { newestSlot, type Slicing, slicing, slotsWithin } from './sliding-count.ts';

/** A count with two slots: this window's and the last one's. `add` of sliding-count.ts counts. */
export const clockWindow = (window: Milliseconds, tracks = 1, first = 0): Slicing =>
  slicing(window, 1, tracks, first);

/** What was counted since the window began that `now` is in. A clock that steps back sees the newest. */
export const inThisWindow = (state: Readonly<Cells>, by: Slicing, now: Milliseconds, track = 0): number =>
  slotsWithin(state, by, now) === 2 ? slotAt(state, by, newestSlot(state, by), track) : 0;

/** What was counted in the window before the one that `now` is in. */
export const inLastWindow = (state: Readonly<Cells>, by: Slicing, now: Milliseconds, track = 0): number => {
  const within = slotsWithin(state, by, now);
  const newest = newestSlot(state, by);
  if (within === 2) return slotAt(state, by, 1 - newest, track);
  return within === 1 ? slotAt(state, by, newest, track) : 0;
};

/** The slots lie behind the three numbers that a sliding count begins with. */
const slotAt = ({ at, words }: Readonly<Cells>, by: Slicing, slot: number, track: number): number =>
  words[at + by.first + 3 + slot * by.tracks + track]!;
