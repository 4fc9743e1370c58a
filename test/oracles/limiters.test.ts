// The limiters under Poisson arrivals against queues whose answers are known in closed form. A bound is
// four standard errors, taken from batches much longer than a cluster of losses: forty comparisons together
// then fail by luck once in 400 sets of seeds. Each is also small enough that a limit off by one, or a rate
// off by a tenth, lies outside. Tried once: a bucket that begins each wait a token short, one that refills
// 5 % too fast, a window of one more, and one that forgets a tenth too early each fail here.

import { describe, expect, test } from 'vitest';
import {
  fixedWindow, gcra, leakyBucket, type Limiter, slidingWindow, tokenBucket,
} from '../../policy/limiters/index.ts';
import { hours, type Milliseconds, milliseconds, zero } from '../../policy/units.ts';
import { Streams } from '../../sim/streams.ts';
import oracles from './oracles.json' with { type: 'json' };
import { poisson } from './run-lengths.ts';

const expectedOf = <Expected>(id: string): Readonly<Record<string, Expected>> =>
  oracles.oracles.find((one) => one.id === id)!.expected as unknown as Readonly<Record<string, Expected>>;

const batches = 100;

interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

const estimate = (means: readonly number[]): Estimate => {
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (means.length - 1);
  return { mean, standardError: Math.sqrt(variance / means.length) };
};

const meets = (seen: Estimate, theory: number): void => {
  expect(4 * seen.standardError, 'too short a run to see an error of 10 %').toBeLessThan(0.1 * theory);
  expect(Math.abs(seen.mean - theory), `${seen.mean} against ${theory}`).toBeLessThan(4 * seen.standardError);
};

interface Load {
  readonly seed: string;
  /** Mean gap between arrivals; long enough that whole milliseconds round it by less than a thousandth. */
  readonly gap: number;
  readonly perBatch: number;
}

/**
 * The share of arrivals, one unit each, that a limiter refuses; the first batch settles it and is not
 * counted.
 */
const loss = <State>(limiter: Limiter<State>, { seed, gap, perBatch }: Load): Estimate => {
  const streams = new Streams(seed);
  const gaps = streams.open('gaps');
  const state = limiter.fresh(zero);
  const shares: number[] = [];
  let time = 0;
  for (let batch = 0; batch <= batches; batch += 1) {
    let lost = 0;
    for (let arrival = 0; arrival < perBatch; arrival += 1) {
      time += gap * streams.exponential(gaps);
      if (!limiter.take(state, 1, Math.round(time) as Milliseconds).allowed) lost += 1;
    }
    shares.push(lost / perBatch);
  }
  return estimate(shares.slice(1));
};

describe('a bucket that refuses loses what M/D/1 with as many places loses', () => {
  const losses = Object.entries(expectedOf<number>('token-bucket-loss'));
  // Rarer losses would take more arrivals than a test has time for.
  const expected = losses.filter(([, share]) => share > 1e-3);
  test('the oracle has its table', () => expect(expected.length).toBe(27));

  for (const [label, share] of expected) {
    test(`${label}: ${share.toPrecision(4)}`, () => {
      const [rho, burst] = label.match(/[\d.]+/g)!.map(Number) as [number, number];
      const gap = 1_000_000;
      const load = { seed: `bucket ${label}`, gap: gap / rho, perBatch: share < 0.03 ? 40_000 : 8_000 };
      const seen = loss(tokenBucket({ rate: hours(1) / gap, burst }), load);
      meets(seen, share);
      expect(loss(leakyBucket({ rate: hours(1) / gap, capacity: burst }), load)).toEqual(seen);
      const tolerance = milliseconds((burst - 1) * gap);
      expect(loss(gcra({ interval: milliseconds(gap), tolerance }), load)).toEqual(seen);
    });
  }
});

test('takers who wait in line for a bucket of one wait as in M/D/1', () => {
  const theory = expectedOf<number>('mg1-pk')['M/D/1 lam=.8 s=1']!;
  const interval = 1_000_000;
  const limiters = [
    tokenBucket({ rate: hours(1) / interval, burst: 1 }),
    leakyBucket({ rate: hours(1) / interval, capacity: 1 }),
    gcra({ interval: milliseconds(interval), tolerance: zero }),
  ] as readonly Limiter<unknown>[];
  const seen = limiters.map((limiter) => meanWait(limiter, interval / 0.8, interval));
  meets(seen[0]!, theory);
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});

/** Mean wait, in services, of takers who come back when they are told to, each behind the one before. */
const meanWait = (limiter: Limiter<unknown>, gap: number, service: number): Estimate => {
  const streams = new Streams('waits');
  const gaps = streams.open('gaps');
  const state = limiter.fresh(zero);
  const means: number[] = [];
  let time = 0;
  let served = 0;
  for (let batch = 0; batch <= batches; batch += 1) {
    let waited = 0;
    for (let arrival = 0; arrival < 8_000; arrival += 1) {
      time += gap * streams.exponential(gaps);
      const came = Math.round(time);
      let now = Math.max(came, served) as Milliseconds;
      const first = limiter.take(state, 1, now);
      if (!first.allowed) {
        now = first.retryAt;
        if (!limiter.take(state, 1, now).allowed) throw new Error('told to come back too soon');
      }
      served = now;
      waited += (served - came) / service;
    }
    means.push(waited / 8_000);
  }
  return estimate(means.slice(1));
};

test('a fixed window loses exactly the arrivals above its limit', () => {
  for (const [label, { loss: theory }] of Object.entries(expectedOf<{ readonly loss: number }>('fixed-window-loss'))) {
    const [mean, limit] = label.match(/[\d.]+/g)!.map(Number) as [number, number];
    const limiter = fixedWindow({ limit, window: hours(1) });
    const state = limiter.fresh(zero);
    let allowed = 0;
    for (const [hour, { x: arrivals, p }] of poisson(mean).entries()) {
      for (let arrival = 0; arrival < arrivals; arrival += 1) {
        const now = milliseconds(hours(hour) + Math.floor((arrival * hours(1)) / arrivals));
        if (limiter.take(state, 1, now).allowed) allowed += p;
      }
    }
    expect(Math.abs(1 - allowed / mean - theory), label).toBeLessThan(1e-9);
  }
});

describe('a sliding window, exact to the millisecond, loses what Erlang B loses', () => {
  // A unit taken occupies one of `limit` places for the window's length: M/D/c/c, whose loss is that of
  // exponential services, by insensitivity.
  const losses = expectedOf<number>('erlang-b');
  for (const [load, limit] of [[1, 1], [2, 3], [5, 10], [10, 10], [10, 15]] as const) {
    test(`${load} arrivals a window and a limit of ${limit}`, () => {
      const limiter = slidingWindow({ limit, window: milliseconds(2_000), slices: 2_000 });
      const share = losses[`a=${load},c=${limit}`]!;
      meets(loss(limiter, { seed: `window ${load} ${limit}`, gap: 2_000 / load, perBatch: 8_000 }), share);
    });
  }
});
