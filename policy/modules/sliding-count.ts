// Counts over the last `window`, kept in slices so that their size does not grow with what they count. They
// err to one side only: nothing younger than the window is forgotten, and all is at the latest one slice
// after.

import type { Milliseconds } from '../units.ts';

/**
 * The state: plain JSON, owned by the module that holds it, and read through the functions here alone. One
 * flat list, since an idle account's numbers are far from the processor, and then each object costs a trip:
 *
 *     [end, newest, total,  slots of track 0 ...,  slots of track 1 ...]
 *
 * `end` is when the newest slice ends, in milliseconds; `newest` the slot that holds it, in every track;
 * `total` what the slots of track 0 hold together.
 */
export type SlidingCount = number[];

const end = 0;
const newest = 1;
const total = 2;
const firstSlot = 3;

/** How a count slides. */
export interface Slicing {
  /** Length of a slice in milliseconds; a whole number, rounded up. */
  readonly slice: number;
  /** Slots of a track: one more than the window has slices, for the slice that is passing out of it. */
  readonly slots: number;
  /** A count of nothing, to copy. */
  readonly blank: Readonly<SlidingCount>;
}

/**
 * Cuts a window into slices: what is counted is forgotten between `window` and `window * (1 + 1 / slices)`
 * later. Several things counted over the same window, as tracks of one count, share its slices.
 */
export const slicing = (window: Milliseconds, slices: number, tracks = 1): Slicing => {
  const slots = slices + 1;
  return { slice: Math.ceil(window / slices), slots, blank: zeros(firstSlot + tracks * slots) };
};

export const freshCount = (by: Slicing): SlidingCount => by.blank.slice();

/** Forgets everything. */
export const clear = (count: SlidingCount): void => {
  count.fill(0);
};

/**
 * Never less than what the window holds of track 0, at any time: where it is small, no closer look is due.
 */
export const held = (count: Readonly<SlidingCount>): number => count[total]!;

/** What the window holds at `now`. A clock that steps back sees all that is held, so it can free nobody. */
export const counted = (count: Readonly<SlidingCount>, by: Slicing, now: Milliseconds, track = 0): number => {
  const slots = by.slots;
  const start = firstSlot + track * slots;
  let at = count[newest]!;
  let sum = 0;
  for (let age = slicesGone(count, by, now); age < slots; age++) {
    sum += count[start + at]!;
    at = at === 0 ? slots - 1 : at - 1;
  }
  return sum;
};

/**
 * Adds to the newest slice, first forgetting what has left the window. A clock that steps back adds there as
 * well.
 */
export const add = (
  count: SlidingCount, by: Slicing, amount: number, now: Milliseconds, track = 0,
): void => {
  if (now >= count[end]!) advance(count, by, slicesGone(count, by, now));
  count[firstSlot + track * by.slots + count[newest]!]! += amount;
  if (track === 0) count[total]! += amount;
};

/** Appends a track to a count, with nothing in it; the next number after its last one. */
export const withTrack = (count: Readonly<SlidingCount>, by: Slicing): SlidingCount =>
  count.concat(by.blank.slice(firstSlot, firstSlot + by.slots));

const advance = (count: SlidingCount, by: Slicing, gone: number): void => {
  const slots = by.slots;
  const length = count.length;
  count[end]! += gone * by.slice;
  let at = count[newest]!;
  let left = count[total]!;
  for (let turn = gone < slots ? gone : slots; turn > 0; turn--) {
    at = at + 1 === slots ? 0 : at + 1;
    left -= count[firstSlot + at]!;
    for (let slot = firstSlot + at; slot < length; slot += slots) count[slot] = 0;
  }
  count[newest] = at;
  count[total] = left;
};

/** How many slices began since the newest one held did; none where the clock stepped back. */
const slicesGone = (count: Readonly<SlidingCount>, by: Slicing, now: Milliseconds): number =>
  now < count[end]! ? 0 : Math.floor((now - count[end]!) / by.slice) + 1;

/**
 * A list of zeros that holds fractions and times without changing its form: engines keep small integers and
 * doubles apart, and a list that begins with the latter stays with them.
 */
const zeros = (length: number): number[] => Array.from({ length }, () => 0.5).fill(0);
