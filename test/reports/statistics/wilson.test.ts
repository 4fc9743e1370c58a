// Judged by what must hold of any interval of a share; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from '../../../reports/statistics/wilson.ts';

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
const levels = fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.999);

test('the interval holds the share seen and stays within 0 and 1, corrected or not', () => {
  fc.assert(
    fc.property(counts, levels, fc.boolean(), ([hits, trials], level, continuity) => {
      const [low, high] = wilson(hits, trials, { level, continuity });
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(hits / trials);
      expect(high).toBeGreaterThanOrEqual(hits / trials);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

test('the ends are the shares that lie just so many standard errors from what was seen', () => {
  for (const end of wilson(9, 20))
    expect(Math.abs(9 / 20 - end) / Math.sqrt((end * (1 - end)) / 20)).toBeCloseTo(1.959963984540054, 9);
});

test('what happened in none of n mirrors what happened in all', () => {
  expect(wilson(0, 20)[1]).toBeCloseTo(1 - wilson(20, 20)[0], 14);
  expect([wilson(0, 20)[0], wilson(20, 20)[1]]).toEqual([0, 1]);
  expect(wilson(0, 1)).toEqual([0, expect.closeTo(0.7934506856, 9)]);
});

test('the correction for whole counts, and a higher level, only widen it', () => {
  fc.assert(
    fc.property(counts, ([hits, trials]) => {
      const [low, high] = wilson(hits, trials);
      for (const options of [{ continuity: true }, { level: 0.99 }]) {
        const wider = wilson(hits, trials, options);
        expect(wider[0]).toBeLessThanOrEqual(low);
        expect(wider[1]).toBeGreaterThanOrEqual(high);
      }
    }),
  );
});

test('counts that no seeds give, and no trial at all, are refused', () => {
  expect(() => wilson(0, 0)).toThrow(/at least one trial/);
  expect(() => wilson(3, 2)).toThrow(RangeError);
  expect(() => wilson(-1, 2)).toThrow(RangeError);
  expect(() => wilson(1.5, 2)).toThrow(/whole/);
  expect(() => wilson(Number.NaN, 2)).toThrow(RangeError);
  expect(() => wilson(1, 2, { level: 1 })).toThrow(/level is 1/);
});
