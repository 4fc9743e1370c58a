// The token bucket: tokens flow in at a steady rate until it is full, and who takes needs as many as the
// amount. A burst goes at once, the rest at the rate.

import { inRange } from '../modules/parameters.ts';
import { hours, type Milliseconds, never } from '../units.ts';
import {
  allowed, isAmount, type Limiter, refusedForGood, refusedUntil, roundingShare, type Taking, withoutAmount,
} from './limiter.ts';

export interface BucketParameters {
  /** Tokens that flow in, an hour; 0.001 to 1,000,000,000. */
  readonly rate: number;
  /** Tokens a full bucket holds, and so the largest amount; 0.001 to 1,000,000,000. */
  readonly burst: number;
}

/** What the bucket held at `at`, in milliseconds: after the last take, or when the key was new. */
export interface BucketState {
  tokens: number;
  at: Milliseconds;
}

/**
 * A token bucket, full at first. In any span of t hours at most burst + rate * t is allowed. Throws a
 * RangeError for a parameter out of range.
 */
export const tokenBucket = ({ rate, burst }: BucketParameters): Limiter<BucketState> => {
  const name = 'tokenBucket';
  const perMs = inRange(name, 'rate', rate, 0.001, 1e9) / hours(1);
  inRange(name, 'burst', burst, 0.001, 1e9);
  const credit = burst * roundingShare;
  return {
    fresh: (now) => ({ tokens: burst, at: now }),
    take(state, amount, now) {
      if (!isAmount(amount)) return withoutAmount(name, amount);
      const at = now > state.at ? now : state.at;
      const flowed = state.tokens + (at - state.at) * perMs;
      const tokens = flowed < burst ? flowed : burst;
      if (amount > tokens + credit) {
        return amount > burst + credit ? refusedForGood : refusal(state, amount, perMs, credit);
      }
      state.tokens = tokens - amount;
      state.at = at;
      return allowed;
    },
  };
};

/**
 * Reckons with the very sum that `take` will, so that rounding cannot send a taker back once more. The
 * quotient is off by the last bit of the tokens: one step as a rule, about a thousand at the slowest rate
 * of the largest bucket.
 */
const refusal = (
  state: Readonly<BucketState>, amount: number, perMs: number, credit: number,
): Taking => {
  const { tokens, at } = state;
  let wait = Math.ceil((amount - tokens - credit) / perMs);
  if (wait >= never - at) return refusedForGood;
  while (amount > tokens + wait * perMs + credit) wait += 1;
  while (amount <= tokens + (wait - 1) * perMs + credit) wait -= 1;
  return refusedUntil((at + wait) as Milliseconds);
};
