// A count over the last `window`, kept in slices so that its size does not grow with what it counts. It
// errs to one side only: no span of the window's length ever lets more than the limit through, and what was
// taken is forgotten one slice late at most.

import { countInRange, inRange, spanInRange } from '../modules/parameters.ts';
import { days, type Milliseconds, milliseconds, never } from '../units.ts';
import type { WindowParameters } from './fixed-window.ts';
import {
  allowed, isAmount, type Limiter, refusedForGood, refusedUntil, roundingShare, type Taking, withoutAmount,
} from './limiter.ts';

export interface SlidingWindowParameters extends WindowParameters {
  /**
   * Slices a window is cut into; 1 to 100,000, 12 if left out. One a millisecond makes the count exact. A
   * state holds a number for each slice, and a refusal may look at all of them.
   */
  readonly slices?: number;
}

/**
 * What was taken, slice by slice: the newest began at `start`, in milliseconds, and is `counts[newest]`;
 * the one before it stands before it, round the end. `used` is what all hold together.
 */
export interface SlidingWindowState {
  start: Milliseconds;
  newest: number;
  used: number;
  counts: number[];
}

/** A sliding-window counter. Throws a RangeError for a parameter out of range. */
export const slidingWindow = (parameters: SlidingWindowParameters): Limiter<SlidingWindowState> => {
  const name = 'slidingWindow';
  const limit = inRange(name, 'limit', parameters.limit, 0.001, 1e9);
  const window = spanInRange(name, 'window', parameters.window, milliseconds(1), days(365));
  const slice = Math.ceil(window / countInRange(name, 'slices', parameters.slices ?? 12, 1, 100_000));
  // A slice may go when the last millisecond in it is a window ago.
  const slots = Math.ceil((window + slice - 1) / slice);
  const most = limit + limit * roundingShare;
  return {
    fresh: (now) => ({ start: now, newest: 0, used: 0, counts: Array<number>(slots).fill(0) }),
    take(state, amount, now) {
      if (!isAmount(amount)) return withoutAmount(name, amount);
      if (amount > most) return refusedForGood;
      const begun = now > state.start ? Math.floor((now - state.start) / slice) : 0;
      if (usedAfter(state, begun) + amount > most) return refusal(state, amount, most, slice);
      if (begun > 0) advance(state, begun, slice);
      state.counts[state.newest]! += amount;
      state.used += amount;
      return allowed;
    },
  };
};

/** What is still counted once so many more slices have begun; nothing where all are new. */
const usedAfter = ({ counts, newest, used }: Readonly<SlidingWindowState>, begun: number): number => {
  const slots = counts.length;
  if (begun >= slots) return 0;
  let left = used;
  let at = newest;
  for (let turn = begun; turn > 0; turn--) {
    at = at + 1 === slots ? 0 : at + 1;
    left -= counts[at]!;
  }
  return left;
};

/** Forgets the oldest slices, so many as have begun; takes them off one by one, just as `usedAfter` did. */
const advance = (state: SlidingWindowState, begun: number, slice: number): void => {
  const { counts, newest } = state;
  const slots = counts.length;
  state.used = usedAfter(state, begun);
  let at = newest;
  for (let turn = begun < slots ? begun : slots; turn > 0; turn--) {
    at = at + 1 === slots ? 0 : at + 1;
    counts[at] = 0;
  }
  state.newest = at;
  state.start = (state.start + begun * slice) as Milliseconds;
};

/** Until so many slices have begun that the amount finds room. */
const refusal = (
  state: Readonly<SlidingWindowState>, amount: number, most: number, slice: number,
): Taking => {
  const { counts, newest } = state;
  const slots = counts.length;
  let left = state.used;
  let begun = 0;
  let at = newest;
  while (left + amount > most && begun < slots) {
    begun += 1;
    at = at + 1 === slots ? 0 : at + 1;
    left = begun === slots ? 0 : left - counts[at]!;
  }
  const retryAt = state.start + begun * slice;
  return retryAt < never ? refusedUntil(retryAt as Milliseconds) : refusedForGood;
};
