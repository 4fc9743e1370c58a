// A counter that begins anew with each window, as most mail products limit messages an hour or a day.
// Cheapest of all, but twice the limit fits around the edge of two windows.

import { inRange, spanInRange } from '../modules/parameters.ts';
import { days, later, type Milliseconds, milliseconds, never } from '../units.ts';
import {
  allowed, isAmount, type Limiter, refusedForGood, refusedUntil, roundingShare, withoutAmount,
} from './limiter.ts';

export interface WindowParameters {
  /** What one window allows, and so the largest amount; 0.001 to 1,000,000,000. */
  readonly limit: number;
  /** Length of a window; 1 ms to 365 days. */
  readonly window: Milliseconds;
}

/** What was taken in the window that began at `start`, in milliseconds. */
export interface FixedWindowState {
  start: Milliseconds;
  used: number;
}

/**
 * A fixed-window counter. The first window begins when the key is new, so that the windows of many keys do
 * not all end at once, and each begins where the last one ended. Throws a RangeError for a parameter out of
 * range.
 */
export const fixedWindow = (parameters: WindowParameters): Limiter<FixedWindowState> => {
  const name = 'fixedWindow';
  const limit = inRange(name, 'limit', parameters.limit, 0.001, 1e9);
  const window = spanInRange(name, 'window', parameters.window, milliseconds(1), days(365));
  const most = limit + limit * roundingShare;
  return {
    fresh: (now) => ({ start: now, used: 0 }),
    take(state, amount, now) {
      if (!isAmount(amount)) return withoutAmount(name, amount);
      if (amount > most) return refusedForGood;
      if (now - state.start >= window) {
        state.start = (now - ((now - state.start) % window)) as Milliseconds;
        state.used = 0;
      }
      if (state.used + amount > most) {
        const retryAt = later(state.start, window);
        return retryAt < never ? refusedUntil(retryAt) : refusedForGood;
      }
      state.used += amount;
      return allowed;
    },
  };
};
