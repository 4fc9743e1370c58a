// The bootstrap, by what must hold of them; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapBca } from '../../../reports/statistics/bootstrap-bca.ts';
import { drawsOf } from '../../../reports/statistics/draws.ts';
import { quantile } from '../../../reports/statistics/quantile.ts';

const mean = (sample: readonly number[]): number =>
  sample.reduce((sum, value) => sum + value, 0) / sample.length;
const some = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
const brief = (seed: string, level = 0.95) => ({ seed, resamples: 1000, level });

test('the same name gives the same interval to the last bit, another name another', () => {
  expect(bootstrapBca(some, mean, brief('a'))).toEqual(bootstrapBca(some, mean, brief('a')));
  expect(bootstrapBca(some, mean, brief('a'))).not.toEqual(bootstrapBca(some, mean, brief('b')));
});

test('the interval moves with the unit and the zero of the sample', () => {
  const one = bootstrapBca(some, mean, brief('a'));
  const two = bootstrapBca(some.map((value) => 60 * value + 7), mean, brief('a'));
  one.interval.forEach((end, index) => expect(two.interval[index]).toBeCloseTo(60 * end + 7, 8));
  expect(two.bias).toBeCloseTo(one.bias, 9);
});

test('turned upside down, the interval turns with it', () => {
  const one = bootstrapBca(some, mean, brief('a'));
  const two = bootstrapBca(some.map((value) => -value), mean, brief('a'));
  expect(two.interval[0]).toBeCloseTo(-one.interval[1], 6);
  expect(two.interval[1]).toBeCloseTo(-one.interval[0], 6);
  expect(two.acceleration).toBeCloseTo(-one.acceleration, 12);
});

test('no interval reaches beyond what was seen, and a higher level is never shorter', () => {
  const sample = fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 12 });
  const median = (values: readonly number[]): number => quantile(values, 0.5);
  fc.assert(
    fc.property(sample, fc.constantFrom(mean, median), (values, statistic) => {
      const [low, high] = bootstrapBca(values, statistic, brief('a')).interval;
      const wide = bootstrapBca(values, statistic, brief('a', 0.99)).interval;
      expect(low).toBeLessThanOrEqual(high);
      // Means of numbers that are alike may differ from them in the last bit.
      expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
      expect(wide[0]).toBeLessThanOrEqual(low);
      expect(wide[1]).toBeGreaterThanOrEqual(high);
    }),
  );
});

test('a sample all alike has an interval of that one value: a policy differs from itself by 0', () => {
  const seen = bootstrapBca([0, 0, 0, 0], mean, brief('a'));
  expect(seen).toEqual({
    estimate: 0, interval: [0, 0], percentile: [0, 0], basic: [0, 0], bias: 0, acceleration: 0,
  });
});

test('pairs stay together when they are drawn again', () => {
  const pairs = some.map((value) => ({ baseline: value, candidate: value + 2 }));
  const change = (sample: readonly { baseline: number; candidate: number }[]): number =>
    mean(sample.map(({ baseline, candidate }) => candidate - baseline));
  expect(bootstrapBca(pairs, change, brief('a')).interval).toEqual([2, 2]);
});

test('of samples of 20 from a lopsided distribution, 95 % intervals hold the mean in most', () => {
  // Exponential, mean 1. Measured once over 6,000 samples: 0.915, the percentile interval 0.906; so few
  // values do not tell how long the tail is. The bounds are four standard errors about 0.915.
  const places = new Uint32Array(20);
  const draw = drawsOf('coverage');
  let held = 0;
  for (let round = 0; round < 600; round += 1) {
    draw(places, 2 ** 32 - 1);
    const sample = [...places].map((place) => -Math.log((place + 0.5) / 2 ** 32));
    const [low, high] = bootstrapBca(sample, mean, brief(`round ${round}`)).interval;
    if (low <= 1 && high >= 1) held += 1;
  }
  expect(held / 600).toBeGreaterThan(0.869);
  expect(held / 600).toBeLessThan(0.961);
});

test('too few to draw from, too few draws, no seed, and a statistic that is "never" are refused', () => {
  expect(() => bootstrapBca([], mean, brief('a'))).toThrow(/a sample of 0/);
  expect(() => bootstrapBca([4], mean, brief('a'))).toThrow(/two or more/);
  expect(() => bootstrapBca(some, mean, { seed: 'a', resamples: 999 })).toThrow(/resamples is 999/);
  expect(() => bootstrapBca(some, mean, brief(''))).toThrow(/seed is empty/);
  expect(() => bootstrapBca(some, mean, brief('a', 95))).toThrow(/level is 95/);
  expect(() => bootstrapBca([1, 2, Infinity], mean, brief('a'))).toThrow(/statistic is Infinity/);
  const needsTwo = (sample: readonly number[]): number => (new Set(sample).size > 1 ? 1 : Number.NaN);
  expect(() => bootstrapBca([1, 2, 3], needsTwo, brief('a'))).toThrow(/statistic is NaN/);
});
