// Limiters of every kind to be judged by the same laws, and runs of takes to judge them on.

import fc from 'fast-check';
import {
  fixedWindow, gcra, leakyBucket, type Limiter, slidingWindow, type Taking, tokenBucket,
} from '../../../policy/limiters/index.ts';
import { hours, type Milliseconds, milliseconds, seconds } from '../../../policy/units.ts';

/** Times of a run: steps common at 0 (ties) and around the limiters' own spans. */
const step = fc.oneof(fc.constantFrom(0, 0, 1, 999, 1_000, 1_001, 10_000), fc.nat({ max: 15_000 }));
export const whole = fc.integer({ min: 0, max: 6 });
export const part = fc.constantFrom(0.1, 0.3, 1 / 3, 0.7, 1, 2.5, 4.9);
export const asks = (amount: fc.Arbitrary<number>): fc.Arbitrary<{ step: number; amount: number }[]> =>
  fc.array(fc.record({ step, amount }), { maxLength: 60 });

export type Any = Limiter<unknown>;
export const any = <State>(limiter: Limiter<State>): Any => limiter as unknown as Any;
export const perSecond = 3_600;
/** Each lets 5 through at once; built from the limit, so that a stricter one can be compared. */
export const families: Readonly<Record<string, (limit: number) => Any>> = {
  tokenBucket: (limit) => any(tokenBucket({ rate: perSecond, burst: limit })),
  'tokenBucket, slow and odd': (limit) => any(tokenBucket({ rate: 1_234.5678, burst: limit })),
  leakyBucket: (limit) => any(leakyBucket({ rate: perSecond, capacity: limit })),
  'leakyBucket, slow and odd': (limit) => any(leakyBucket({ rate: 1_234.5678, capacity: limit })),
  gcra: (limit) => any(gcra({ interval: seconds(1), tolerance: seconds(limit - 1) })),
  fixedWindow: (limit) => any(fixedWindow({ limit, window: seconds(10) })),
  slidingWindow: (limit) => any(slidingWindow({ limit, window: seconds(10) })),
  'slidingWindow, to the millisecond': (limit) =>
    any(slidingWindow({ limit, window: seconds(1), slices: 1_000 })),
  'slidingWindow, one slice': (limit) => any(slidingWindow({ limit, window: seconds(1), slices: 1 })),
};
export const start = hours(5);

export interface Take {
  readonly now: Milliseconds;
  readonly amount: number;
  readonly taking: Taking;
  /** The key's state after it. */
  readonly state: unknown;
}

export const takeAll = (limiter: Any, list: readonly { step: number; amount: number }[]): Take[] => {
  const state = limiter.fresh(start);
  let now: number = start;
  return list.map(({ step: gap, amount }) => {
    now += gap;
    const taking = limiter.take(state, amount, milliseconds(now));
    return { now: milliseconds(now), amount, taking, state: structuredClone(state) };
  });
};

/** What was allowed in each span of that length that begins with an allowed amount; the largest of them. */
export const mostWithin = (list: readonly Take[], span: number): number =>
  Math.max(0, ...list.map(({ now: from }) =>
    list.filter(({ now, taking }) => taking.allowed && now >= from && now < from + span)
      .reduce((sum, { amount }) => sum + amount, 0)));
