// The ratio of two groups' rates, by symmetry and by hand; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hazardRatio } from '../../../reports/statistics/hazard-ratio.ts';
import type { Survival } from '../../../reports/statistics/survival.ts';
import { anySurvival } from './samples.ts';

const ended = (...durations: number[]): Survival => ({ durations, observed: durations.map(() => true) });

test('turned around it is its own inverse', () => {
  const [one, two] = [ended(1, 3, 5, 5, 9), ended(2, 5, 8, 11)];
  for (const ties of ['efron', 'breslow'] as const) {
    const there = hazardRatio(one, two, { ties });
    const back = hazardRatio(two, one, { ties });
    expect(there.ratio * back.ratio).toBeCloseTo(1, 12);
    expect(back.standardError).toBeCloseTo(there.standardError, 12);
    expect(there.interval[0]).toBeLessThan(there.ratio);
    expect(there.interval[1] * back.interval[0]).toBeCloseTo(1, 10);
  }
});

test('without ties both ways agree, and three runs give what one finds by hand', () => {
  // 1 (first of 2 and 1), 2 (second, of 1 and 1): r/(2r+1) x 1/(r+1) is largest where 2r^2 = 1.
  const seen = hazardRatio(ended(1, 3), ended(2));
  expect(seen.ratio).toBeCloseTo(Math.SQRT1_2, 9);
  expect(hazardRatio(ended(1, 3), ended(2), { ties: 'breslow' }).ratio).toBe(seen.ratio);
});

test('groups alike have a ratio of 1', () => {
  expect(hazardRatio(ended(1, 2, 2, 7), ended(1, 2, 2, 7)).log).toBeCloseTo(0, 12);
});

test('is refused where only one group ended while both were at risk, since it would be endless', () => {
  expect(() => hazardRatio(ended(1, 2), ended(3, 4))).toThrow(/no ratio is finite/);
  expect(() => hazardRatio(ended(1, 2), { durations: [5], observed: [false] })).toThrow(RangeError);
  expect(() => hazardRatio(ended(), ended(1))).toThrow(/no data/);
  expect(() => hazardRatio(ended(1), ended(1), { level: 2 })).toThrow(/level is 2/);
});

test('where it is not refused it is finite, and so is its error', () => {
  fc.assert(
    fc.property(anySurvival, anySurvival, fc.constantFrom('efron', 'breslow'), (one, two, ties) => {
      let seen;
      try {
        seen = hazardRatio(one, two, { ties });
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(seen.ratio > 0 && seen.ratio < Infinity).toBe(true);
      expect(seen.standardError > 0 && seen.standardError < Infinity).toBe(true);
    }),
  );
});
