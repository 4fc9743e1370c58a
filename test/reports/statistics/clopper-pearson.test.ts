// Judged by the binomial distribution; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clopperPearson } from '../../../reports/statistics/clopper-pearson.ts';

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
const levels = fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.999);

test('so many or more come up at the lower end with the chance of a tail', () => {
  const [low, high] = clopperPearson(3, 12, 0.9);
  const ways = [1, 12, 66];
  const atMostTwo = (share: number) =>
    ways.reduce((sum, count, k) => sum + count * share ** k * (1 - share) ** (12 - k), 0);
  expect(1 - atMostTwo(low)).toBeCloseTo(0.05, 12);
  expect(atMostTwo(high) + 220 * high ** 3 * (1 - high) ** 9).toBeCloseTo(0.05, 12);
});

test('the interval stays within 0 and 1 and holds the share seen', () => {
  fc.assert(
    fc.property(counts, levels, ([hits, trials], level) => {
      const [low, high] = clopperPearson(hits, trials, level);
      expect(low >= 0 && low <= hits / trials && high >= hits / trials && high <= 1).toBe(true);
    }),
  );
});

test('none of n starts at 0, all of n end at 1, and what no seeds give is refused', () => {
  expect([clopperPearson(0, 20)[0], clopperPearson(20, 20)[1]]).toEqual([0, 1]);
  expect(() => clopperPearson(0, 0)).toThrow(/at least one trial/);
  expect(() => clopperPearson(3, 2)).toThrow(RangeError);
  expect(() => clopperPearson(1.5, 2)).toThrow(/whole/);
  expect(() => clopperPearson(1, 2, 0)).toThrow(/level is 0/);
});
