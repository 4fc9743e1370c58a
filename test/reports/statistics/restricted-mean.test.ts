// The restricted mean, by areas one can draw; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { restrictedMean } from '../../../reports/statistics/restricted-mean.ts';

test('without a censored run it is the mean of the durations, each cut at the end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 12 }),
      (durations, until) => {
        const curve = kaplanMeier(durations, durations.map(() => true));
        const cut = durations.map((duration) => Math.min(duration, until));
        const mean = cut.reduce((sum, each) => sum + each, 0) / cut.length;
        const spread = cut.reduce((sum, each) => sum + (each - mean) ** 2, 0) / cut.length;
        const seen = restrictedMean(curve, until);
        expect(seen.mean).toBeCloseTo(mean, 10);
        // And its error that of a mean, the variance taken with n: Greenwood knows no n - 1.
        expect(seen.standardError).toBeCloseTo(Math.sqrt(spread / cut.length), 10);
      },
    ),
  );
});

test('where none was seen to end, all went on to the end', () => {
  expect(restrictedMean(kaplanMeier([5, 8], [false, false]), 8)).toEqual({ mean: 8, standardError: 0 });
});

test('censored runs count for as long as they were watched', () => {
  // 1 up to 2, then 2/3 up to 4, then 1/3 up to 6.
  const { mean } = restrictedMean(kaplanMeier([2, 4, 6], [true, true, false]), 6);
  expect(mean).toBeCloseTo(2 + 4 / 3 + 2 / 3, 14);
});

test('an area that no run tells is refused; one below a curve at 0 is known for ever', () => {
  expect(() => restrictedMean(kaplanMeier([2, 6], [true, false]), 7)).toThrow(/at most 6/);
  expect(restrictedMean(kaplanMeier([2, 6], [false, true]), 700).mean).toBe(6);
  expect(() => restrictedMean(kaplanMeier([], []), 7)).toThrow(/no runs/);
  expect(() => restrictedMean(kaplanMeier([2], [true]), 0)).toThrow(/above 0/);
  expect(() => restrictedMean(kaplanMeier([2], [true]), Number.NaN)).toThrow(/above 0 and finite/);
});
