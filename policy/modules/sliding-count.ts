// A count over the last `window`, kept in slices so that its size does not grow with what it counts. It errs
// to one side only: it never forgets a thing younger than the window, and forgets it at the latest one slice
// after.

import type { Milliseconds } from '../units.ts';

/** The state: plain JSON, owned by the module that holds it. */
export interface SlidingCount {
  /** When the newest slice ends, in milliseconds. */
  end: number;
  /** What all slices hold together: never less than what is in the window, so a first look needs no more. */
  total: number;
  /** Where in `slots` the newest slice lies. */
  head: number;
  readonly slots: number[];
}

/**
 * How a count slides. One more slot is kept than the window has slices, for the slice that is passing out of
 * it.
 */
export interface Slicing {
  /** Length of a slice in milliseconds; a whole number, rounded up. */
  readonly slice: number;
  readonly slots: number;
}

/**
 * Cuts a window into slices: what is counted is forgotten between `window` and `window * (1 + 1 / slices)`
 * later.
 */
export const slicing = (window: Milliseconds, slices: number): Slicing =>
  ({ slice: Math.ceil(window / slices), slots: slices + 1 });

export const freshCount = (by: Slicing): SlidingCount => {
  const slots: number[] = [];
  while (slots.length < by.slots) slots.push(0);
  return { end: 0, total: 0, head: 0, slots };
};

/** What the window holds at `now`. A clock that steps back sees all that is held, so it can free nobody. */
export const counted = (count: Readonly<SlidingCount>, by: Slicing, now: Milliseconds): number => {
  if (now < count.end || count.total === 0) return count.total;
  const gone = slicesGone(count, by, now);
  if (gone >= count.slots.length) return 0;
  let left = count.total;
  let at = count.head;
  for (let turn = 0; turn < gone; turn++) {
    at = at + 1 === count.slots.length ? 0 : at + 1;
    left -= count.slots[at]!;
  }
  return left;
};

/**
 * Adds to the newest slice, first forgetting what has left the window. A clock that steps back adds there as
 * well.
 */
export const add = (count: SlidingCount, by: Slicing, amount: number, now: Milliseconds): void => {
  if (now >= count.end) advance(count, by, now);
  count.slots[count.head]! += amount;
  count.total += amount;
};

const advance = (count: SlidingCount, by: Slicing, now: Milliseconds): void => {
  const slots = count.slots;
  const gone = slicesGone(count, by, now);
  count.end += gone * by.slice;
  if (count.total === 0) return;
  let head = count.head;
  for (let turn = gone < slots.length ? gone : slots.length; turn > 0; turn--) {
    head = head + 1 === slots.length ? 0 : head + 1;
    count.total -= slots[head]!;
    slots[head] = 0;
  }
  count.head = head;
};

/** How many slices began since the newest one held did; 1 or more, as `now` is past its end. */
const slicesGone = (count: Readonly<SlidingCount>, by: Slicing, now: Milliseconds): number =>
  Math.floor((now - count.end) / by.slice) + 1;
