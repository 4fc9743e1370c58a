// The leaky bucket, as a meter (Turner 1986): what is taken pours in, the bucket leaks at a steady rate,
// and what would overflow it is refused. With the capacity of one amount it spaces all takers evenly.

import { inRange } from '../modules/parameters.ts';
import { hours, type Milliseconds, never } from '../units.ts';
import {
  allowed, isAmount, type Limiter, refusedForGood, refusedUntil, roundingShare, type Taking, withoutAmount,
} from './limiter.ts';

export interface LeakyBucketParameters {
  /** What leaks out, an hour; 0.001 to 1,000,000,000. */
  readonly rate: number;
  /** What the bucket holds before it overflows, and so the largest amount; 0.001 to 1,000,000,000. */
  readonly capacity: number;
}

/** How full the bucket was at `at`, in milliseconds: after the last take, or when the key was new. */
export interface LeakyBucketState {
  level: number;
  at: Milliseconds;
}

/**
 * A leaky bucket, empty at first. It allows what a token bucket of that rate, and its capacity as burst,
 * does; their states are each other's mirror. Throws a RangeError for a parameter out of range.
 */
export const leakyBucket = ({ rate, capacity }: LeakyBucketParameters): Limiter<LeakyBucketState> => {
  const name = 'leakyBucket';
  const perMs = inRange(name, 'rate', rate, 0.001, 1e9) / hours(1);
  inRange(name, 'capacity', capacity, 0.001, 1e9);
  const brim = capacity + capacity * roundingShare;
  return {
    fresh: (now) => ({ level: 0, at: now }),
    take(state, amount, now) {
      if (!isAmount(amount)) return withoutAmount(name, amount);
      const at = now > state.at ? now : state.at;
      const left = state.level - (at - state.at) * perMs;
      const level = left > 0 ? left : 0;
      if (level + amount > brim) {
        return amount > brim ? refusedForGood : refusal(state, amount, perMs, brim);
      }
      state.level = level + amount;
      state.at = at;
      return allowed;
    },
  };
};

/** Reckons with the very sum that `take` will; as the token bucket's does, and within as many steps. */
const refusal = (state: Readonly<LeakyBucketState>, amount: number, perMs: number, brim: number): Taking => {
  const { level, at } = state;
  let wait = Math.ceil((level + amount - brim) / perMs);
  if (wait >= never - at) return refusedForGood;
  while (level - wait * perMs + amount > brim) wait += 1;
  while (level - (wait - 1) * perMs + amount <= brim) wait -= 1;
  return refusedUntil((at + wait) as Milliseconds);
};
