// The generic cell rate algorithm of ITU-T I.371, in virtual-scheduling form: one time, of when the next
// unit is due, is all it keeps. A unit may come early by the tolerance.

import { spanInRange } from '../modules/parameters.ts';
import { days, type Milliseconds, milliseconds, never, zero } from '../units.ts';
import {
  allowed, isAmount, type Limiter, refusedForGood, refusedUntil, withoutAmount,
} from './limiter.ts';

export interface GcraParameters {
  /** Time between two units at the steady rate (I.371's T); 1 ms to 365 days. */
  readonly interval: Milliseconds;
  /**
   * How much too early a unit may come (I.371's tau); 0 to 3650 days. tolerance / interval is how many may
   * come at once beyond the first.
   */
  readonly tolerance: Milliseconds;
}

/** When the next unit is due, in milliseconds (not whole where amounts are not). */
export interface GcraState {
  due: number;
}

/**
 * A GCRA. It allows what a token bucket with a burst of 1 + tolerance / interval does, and an amount is so
 * many units at once. All its sums are whole where amounts are. Throws a RangeError for a parameter out of
 * range.
 */
export const gcra = (parameters: GcraParameters): Limiter<GcraState> => {
  const name = 'gcra';
  const interval = spanInRange(name, 'interval', parameters.interval, milliseconds(1), days(365));
  const tolerance = spanInRange(name, 'tolerance', parameters.tolerance, zero, days(3650));
  const ahead = interval + tolerance;
  return {
    fresh: (now) => ({ due: now }),
    take(state, amount, now) {
      if (!isAmount(amount)) return withoutAmount(name, amount);
      const span = amount * interval;
      if (span > ahead) return refusedForGood;
      const due = state.due + span;
      if (due - ahead <= now) {
        state.due = state.due > now ? due : now + span;
        return allowed;
      }
      const retryAt = Math.ceil(due - ahead);
      return retryAt < never ? refusedUntil(retryAt as Milliseconds) : refusedForGood;
    },
  };
};
