// Counts over the last `window`, kept in slices so that their size does not grow with what they count. They
// err to one side only: nothing younger than the window is forgotten, and all is at the latest one slice
// after.

import type { Cells } from '../cells.ts';
import type { Milliseconds } from '../units.ts';

/**
 * Where a count lies among the cells of a state, and how it slides. Its cells, from `first` on:
 *
 *     end, newest, total,  tracks of slot 0 ...,  tracks of slot 1 ...
 *
 * `end` is when the newest slice ends, in seconds, up to 136 years; `newest` the cell at which its slot
 * begins; `total` what the slots of track 0 hold together. Counts stop at 2^31 - 1.
 */
export interface Slicing {
  readonly first: number;
  /** Length of a slice in milliseconds; a whole number of seconds, rounded up. */
  readonly slice: number;
  /** The same in seconds. */
  readonly seconds: number;
  readonly tracks: number;
  /** Cells of the slots: one slot more than the window has slices, for the one passing out of it. */
  readonly room: number;
  /** Cells of it all. */
  readonly cells: number;
}

const header = 3;
const most = 0x7fff_ffff;

/**
 * Cuts a window into slices: what is counted is forgotten between `window` and `window * (1 + 1 / slices)`
 * later. Several things counted over the same window, as tracks of one count, share its slices.
 */
export const slicing = (window: Milliseconds, slices: number, tracks = 1, first = 0): Slicing => {
  const room = (slices + 1) * tracks;
  const seconds = Math.ceil(window / slices / 1_000);
  return { first, slice: seconds * 1_000, seconds, tracks, room, cells: header + room };
};

/** Whether what was saved is such a count: else it could reach into the cells of others. */
export const isSlidingCount = ({ at, words }: Readonly<Cells>, by: Slicing): boolean => {
  const first = at + by.first;
  const newest = words[first + 1]!;
  return newest >= 0 && newest < by.room && newest % by.tracks === 0 &&
    words.subarray(first + 2, first + by.cells).every((count) => count >= 0);
};

/** The cell whose number is never less than what the window holds of track 0, at any time. */
export const totalCell = (by: Slicing): number => by.first + 2;

/**
 * Never less than what the window holds of track 0, at any time: where it is small, no closer look is due.
 */
export const held = (state: Readonly<Cells>, by: Slicing): number => state.words[state.at + by.first + 2]!;

/** What the window holds at `now`. A clock that steps back sees all that is held, so it can free nobody. */
export const counted = (state: Readonly<Cells>, by: Slicing, now: Milliseconds, track = 0): number => {
  const { room, tracks } = by;
  const words = state.words;
  const at = state.at + by.first;
  const start = at + header + track;
  let slot = words[at + 1]!;
  let sum = 0;
  for (let left = room - slicesGone(words[at]! >>> 0, by, now) * tracks; left > 0; left -= tracks) {
    sum += words[start + slot]!;
    slot = slot === 0 ? room - tracks : slot - tracks;
  }
  return sum;
};

/**
 * Adds to the newest slice, first forgetting what has left the window. A clock that steps back adds there as
 * well.
 */
export const add = (state: Cells, by: Slicing, amount: number, now: Milliseconds, track = 0): void => {
  slide(state, by, now);
  increase(state, by, amount, track);
};

/** Adds to the newest slice there is: for those who have just begun the one that `now` is in. */
export const increase = (state: Cells, by: Slicing, amount: number, track = 0): void => {
  const words = state.words;
  const at = state.at + by.first;
  const cell = at + header + words[at + 1]! + track;
  words[cell] = Math.min(words[cell]! + amount, most);
  if (track === 0) words[at + 2] = Math.min(words[at + 2]! + amount, most);
};

/** Begins the slice that `now` is in; how many slices began since the one before did, 0 if it is the same. */
export const slide = (state: Cells, by: Slicing, now: Milliseconds): number => {
  const words = state.words;
  const at = state.at + by.first;
  const end = words[at]! >>> 0;
  const gone = slicesGone(end, by, now);
  if (gone === 0) return 0;
  const { room, tracks } = by;
  const start = at + header;
  // A single slice is a window by the clock: where it was changed, it ends by the clock again from here on.
  const isByTheClock = room === 2 * tracks;
  words[at] = isByTheClock ? (Math.floor(now / by.slice) + 1) * by.seconds : end + gone * by.seconds;
  let total = words[at + 2]!;
  const isFull = total === most;
  let slot = words[at + 1]!;
  for (let left = Math.min(gone * tracks, room); left > 0; left -= tracks) {
    slot = slot + tracks === room ? 0 : slot + tracks;
    total -= words[start + slot]!;
    words[start + slot] = 0;
    for (let track = 1; track < tracks; track++) words[start + slot + track] = 0;
  }
  words[at + 1] = slot;
  words[at + 2] = isFull ? Math.min(countAll(words, start, by), most) : total;
  return gone;
};

/** What all slots of track 0 hold, where the total stopped at the most it can be. */
const countAll = (words: Int32Array, start: number, { room, tracks }: Slicing): number => {
  let total = 0;
  for (let cell = start; cell < start + room; cell += tracks) total += words[cell]!;
  return total;
};

/** The slot that the newest slice is counted in, from 0. */
export const newestSlot = ({ at, words }: Readonly<Cells>, { first, tracks }: Slicing): number =>
  tracks === 1 ? words[at + first + 1]! : words[at + first + 1]! / tracks;

/** How many slots hold what is within the window at `now`: the newest one, and those before it. */
export const slotsWithin = (state: Readonly<Cells>, by: Slicing, now: Milliseconds): number =>
  Math.max(0, by.room / by.tracks - slicesGone(state.words[state.at + by.first]! >>> 0, by, now));

/** How many slices began since the newest one held did; none where the clock stepped back. */
const slicesGone = (end: number, by: Slicing, now: Milliseconds): number =>
  now < end * 1_000 ? 0 : Math.floor((now - end * 1_000) / by.slice) + 1;
