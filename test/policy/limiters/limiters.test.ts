// What each limiter does at its edges, and that the three buckets are one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fixedWindow, gcra, leakyBucket, slidingWindow, type Taking, tokenBucket,
} from '../../../policy/limiters/index.ts';
import {
  days, hours, type Milliseconds, milliseconds, minutes, never, seconds, zero,
} from '../../../policy/units.ts';
import {
  any, type Any, asks, families, mostWithin, part, perSecond, start, takeAll, whole,
} from './takes.ts';

test('the three buckets of one rate and burst say the same of whole amounts, and when to come back', () => {
  fc.assert(fc.property(asks(whole), fc.constantFrom(1, 7, 1_000, 4_321), fc.integer({ min: 1, max: 9 }),
    (list, interval, burst) => {
      const rate = hours(1) / interval;
      const answers = (limiter: Any): readonly Taking[] => takeAll(limiter, list).map(({ taking }) => taking);
      const said = answers(any(tokenBucket({ rate, burst })));
      expect(answers(any(leakyBucket({ rate, capacity: burst })))).toEqual(said);
      const tolerance = milliseconds((burst - 1) * interval);
      expect(answers(any(gcra({ interval: milliseconds(interval), tolerance })))).toEqual(said);
    }));
});

test('a bucket allows at most burst + rate * time in any span', () => {
  fc.assert(fc.property(asks(fc.oneof(whole, part)), fc.nat({ max: 40_000 }), (list, span) => {
    const taken = takeAll(families['tokenBucket']!(5), list);
    expect(mostWithin(taken, span)).toBeLessThanOrEqual(5 + span / 1_000 + 1e-6);
  }));
});

test('a bucket emptied by tenths is full again after as many tenths of a second', () => {
  const bucket = tokenBucket({ rate: perSecond, burst: 1 });
  const state = bucket.fresh(start);
  for (let i = 0; i < 10; i += 1) expect(bucket.take(state, 0.1, start).allowed).toBe(true);
  expect(bucket.take(state, 0.1, start)).toEqual({ allowed: false, retryAt: start + 100 });
  for (let i = 1; i < 100_000; i += 1) {
    const now = milliseconds(start + 100 * i);
    if (!bucket.take(state, 0.1, now).allowed) expect(`refused at step ${i}`).toBe('allowed');
    if (bucket.take(state, 0.1, now).allowed) expect(`allowed twice at step ${i}`).toBe('refused');
  }
});

describe('a bucket of any rate and size says when to come back, to the millisecond', () => {
  /** Numbers of all magnitudes from 0.001 to 10^9, as rates and bursts may be. */
  const size = fc.double({ min: Math.log(0.001), max: Math.log(1e9), noNaN: true })
    .map((log) => Math.min(1e9, Math.max(0.001, Math.exp(log))));
  const share = fc.double({ min: 0.001, max: 1, noNaN: true });
  const forms: Readonly<Record<string, (rate: number, burst: number) => Any>> = {
    tokenBucket: (rate, burst) => any(tokenBucket({ rate, burst })),
    leakyBucket: (rate, capacity) => any(leakyBucket({ rate, capacity })),
  };
  for (const [name, form] of Object.entries(forms)) {
    test(name, () => {
      const gap = fc.nat({ max: days(1) });
      fc.assert(fc.property(size, size, share, size, gap, (rate, burst, taken, missing, wait) => {
        const bucket = form(rate, burst);
        const state = bucket.fresh(start);
        bucket.take(state, burst * taken, start);
        // A little more than is left: in a large slow bucket rounding is then worth minutes.
        const amount = Math.min(burst, burst * (1 - taken) + missing);
        const { allowed, retryAt } = bucket.take(state, amount, milliseconds(start + wait));
        if (allowed || retryAt === never) return;
        const sooner = milliseconds(retryAt - 1);
        expect(bucket.take(state, amount, sooner)).toEqual({ allowed: false, retryAt });
        expect(bucket.take(state, amount, retryAt).allowed).toBe(true);
      }));
    });
  }

  test('the slowest and largest: a token takes a thousand hours', () => {
    const bucket = tokenBucket({ rate: 0.001, burst: 1e9 });
    const state = bucket.fresh(zero);
    bucket.take(state, 1e9, zero);
    // A thousandth of a token, the rounding that is let pass in so large a bucket, comes in an hour.
    const { retryAt } = bucket.take(state, 1, zero);
    expect(Math.abs(retryAt / hours(1) - 999)).toBeLessThan(0.01);
  });
});

describe('a fixed window', () => {
  const limiter = fixedWindow({ limit: 5, window: seconds(10) });

  test('lets twice its limit through around an edge, and no more in any window-long span', () => {
    const state = limiter.fresh(start);
    const [before, after] = [milliseconds(start + 9_999), milliseconds(start + 10_000)];
    expect(limiter.take(state, 5, before).allowed).toBe(true);
    expect(limiter.take(state, 5, after).allowed).toBe(true);
    expect(limiter.take(state, 1, after)).toEqual({ allowed: false, retryAt: start + 20_000 });
    fc.assert(fc.property(asks(whole), (list) => {
      expect(mostWithin(takeAll(any(limiter), list), seconds(10))).toBeLessThanOrEqual(10);
    }));
  });

  test('keeps its grid over idle windows', () => {
    const state = limiter.fresh(start);
    limiter.take(state, 5, milliseconds(start + 47_000));
    expect(limiter.take(state, 1, milliseconds(start + 49_999))).toEqual(
      { allowed: false, retryAt: start + 50_000 });
  });
});

describe('a sliding window', () => {
  for (const slices of [1, 3, 12, 7, 10_000]) {
    const limiter = slidingWindow({ limit: 5, window: seconds(10), slices });
    // Slices are whole milliseconds, rounded up; those of one millisecond are never late.
    const longest = slices === 10_000 ? 10_000 : Math.ceil(10_000 / slices) * (slices + 1);

    test(`of ${slices} slices lets no window-long span have more than its limit`, () => {
      fc.assert(fc.property(asks(whole), (list) => {
        expect(mostWithin(takeAll(any(limiter), list), seconds(10))).toBeLessThanOrEqual(5);
      }));
    });

    test(`of ${slices} slices forgets after its window and at most one slice more`, () => {
      fc.assert(fc.property(fc.nat({ max: 20_000 }), (at) => {
        const state = limiter.fresh(start);
        const now = milliseconds(start + at);
        limiter.take(state, 5, now);
        const { retryAt } = limiter.take(state, 5, now);
        expect(retryAt - now).toBeGreaterThanOrEqual(10_000);
        expect(retryAt - now).toBeLessThanOrEqual(longest);
      }));
    });
  }

  test('keeps as much for a busy key as for an idle one', () => {
    const limiter = slidingWindow({ limit: 1e6, window: days(1) });
    const state = limiter.fresh(zero);
    for (let i = 0; i < 10_000; i += 1) limiter.take(state, 1, minutes(i));
    expect(state.counts.length).toBe(13);
  });
});

describe('a mistake is named with its value and what is allowed', () => {
  const mistakes: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['a rate of 0', () => tokenBucket({ rate: 0, burst: 1 }),
      /tokenBucket: rate is 0; it is a number from 0.001/],
    ['a burst that is none', () => tokenBucket({ rate: 1, burst: NaN }), /tokenBucket: burst is NaN/],
    ['no capacity', () => leakyBucket({ rate: 1, capacity: 0 }), /leakyBucket: capacity is 0/],
    ['no interval', () => gcra({ interval: zero, tolerance: zero }), /gcra: interval is 0/],
    ['a negative tolerance', () => gcra({ interval: seconds(1), tolerance: -1 as Milliseconds }),
      /tolerance is -1/],
    ['an endless limit', () => fixedWindow({ limit: Infinity, window: seconds(1) }), /limit is Infinity/],
    ['a window of 0', () => slidingWindow({ limit: 1, window: zero }), /slidingWindow: window is 0/],
    ['half a slice', () => slidingWindow({ limit: 1, window: seconds(1), slices: 0.5 }), /slices is 0.5/],
  ];
  for (const [what, make, says] of mistakes) {
    test(what, () => {
      expect(make).toThrow(RangeError);
      expect(make).toThrow(says);
    });
  }
});
