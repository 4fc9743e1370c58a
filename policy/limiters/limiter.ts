// What the limiters share: the shape of one, its answers, and the amounts it accepts. A limiter says yes or
// no to one amount at a time, and when to come back.

import { type Milliseconds, never, zero } from '../units.ts';

/** What a limiter says to one who would take. */
export interface Taking {
  readonly allowed: boolean;
  /**
   * The first millisecond at which the same amount would be allowed, if nobody else takes until then;
   * `never` where no wait helps, since the amount alone is above the limit. 0 where it was allowed.
   */
  readonly retryAt: Milliseconds;
}

/**
 * A limiter. Its state is plain JSON and belongs to one key. A refusal changes nothing, so asking costs
 * nothing. While the clock stands still nothing is given back, nor while it is behind the last take: a clock
 * that steps back frees nobody.
 */
export interface Limiter<State> {
  /** The state of a key that has taken nothing. */
  fresh(now: Milliseconds): State;
  /**
   * Takes `amount` if the limit lets it, writing to the state. An amount is a finite number, 0 or more,
   * whole or not; 0 is always allowed. Throws a RangeError for any other, with the state untouched.
   */
  take(state: State, amount: number, now: Milliseconds): Taking;
}

/** One answer for all that are allowed: nothing is allocated for them. */
export const allowed: Taking = Object.freeze({ allowed: true, retryAt: zero });
/** The answer to an amount that no wait makes small enough. */
export const refusedForGood: Taking = Object.freeze({ allowed: false, retryAt: never });

export const refusedUntil = (retryAt: Milliseconds): Taking => ({ allowed: false, retryAt });

/** The answer to an amount that is not above 0: yes to 0, a RangeError to what is no amount. */
export const withoutAmount = (limiter: string, amount: number): Taking => {
  if (amount === 0) return allowed;
  const seen = `${limiter}: ${String(amount)} was asked for`;
  throw new RangeError(`${seen}; an amount is a finite number, 0 or more.`);
};

/** Whether `amount` is a finite number above 0. */
export const isAmount = (amount: number): boolean =>
  typeof amount === 'number' && amount > 0 && amount < Infinity;

/**
 * Of a limit, how much an amount may exceed what is left: sums of fractions, a bucket's tokens among them,
 * end that much beside what they should. What is taken on credit so is owed, so that it never adds up.
 */
export const roundingShare = 1e-12;
