// Quantiles read off a curve, by cases one can see through.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curveQuantile, curveQuantileInterval } from '../../../reports/statistics/curve-quantile.ts';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { anySurvival } from './samples.ts';

const ended = (...durations: number[]) => kaplanMeier(durations, durations.map(() => true));

test('the median is where the curve comes down to a half, and midway where it rests there', () => {
  expect(curveQuantile(ended(1, 2, 9), 0.5)).toBe(2);
  expect(curveQuantile(ended(1, 2, 8, 9), 0.5)).toBe(5);
  expect(curveQuantile(kaplanMeier([1, 2], [true, false]), 0.5)).toBe(Infinity);
});

test('where nothing was seen to end, every quantile above 0 is never, and so is its interval', () => {
  const curve = kaplanMeier([4, 7], [false, false]);
  expect(curveQuantile(curve, 0.05)).toBe(Infinity);
  expect(curveQuantileInterval(curve, 0.05)).toEqual([Infinity, Infinity]);
});

test('the interval holds the quantile, and one run alone says nothing about how late it may be', () => {
  expect(curveQuantileInterval(ended(3), 0.5)).toEqual([3, Infinity]);
  fc.assert(
    fc.property(anySurvival, fc.constantFrom(0.25, 0.5, 0.95), ({ durations, observed, entries }, p) => {
      const curve = kaplanMeier(durations, observed, entries);
      const [low, high] = curveQuantileInterval(curve, p);
      expect(low).toBeLessThanOrEqual(curveQuantile(curve, p));
      expect(high).toBeGreaterThanOrEqual(curveQuantile(curve, p));
    }),
  );
});

test('a curve of no runs and a share out of range are refused', () => {
  for (const read of [curveQuantile, curveQuantileInterval]) {
    expect(() => read(kaplanMeier([], []), 0.5)).toThrow(/no runs/);
    expect(() => read(ended(1), -0.1)).toThrow(/p is -0.1/);
  }
});
