// The distributions the tests rest on: figures of tables, computed to 30 digits elsewhere, and what ties each
// to its own inverse.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incompleteBeta } from '../../../reports/statistics/incomplete-beta.ts';
import { incompleteGamma } from '../../../reports/statistics/incomplete-gamma.ts';
import { normalBeyond, normalQuantile, normalShare } from '../../../reports/statistics/normal.ts';
import { studentBeyond, studentOutside } from '../../../reports/statistics/student.ts';

const alike = (seen: number, wanted: number): void => expect(seen / wanted).toBeCloseTo(1, 11);

test('the normal distribution is right in the middle and far out in its tails', () => {
  alike(normalShare(1.2), 0.8849303297782918);
  alike(normalShare(-8), 6.22096057427174e-16);
  alike(normalShare(-30), 4.906713927147908e-198);
  alike(normalBeyond(5), 5.733031437583866e-7);
  expect([normalShare(0), normalBeyond(0), normalShare(-Infinity), normalShare(Infinity)]).toEqual([
    0.5, 1, 0, 1,
  ]);
  alike(normalQuantile(0.975), 1.959963984540054);
  alike(normalQuantile(1e-10), -6.361340902404056);
  expect([0, 0.5, 1].map(normalQuantile)).toEqual([-Infinity, 0, Infinity]);
});

test("Student's distribution is right, from one degree of freedom to a million", () => {
  alike(studentBeyond(2.5, 9), 0.033861827682985735);
  alike(studentBeyond(-50, 3), 1.761715204127197e-5);
  alike(studentOutside(0.05, 1), 12.706204736174694);
  alike(studentOutside(0.05, 9), 2.262157162798205);
  expect(studentOutside(0.05, 1_000_000)).toBeCloseTo(1.959966356814107, 8);
  expect(studentBeyond(0, 5)).toBe(1);
  expect(studentBeyond(Infinity, 5)).toBe(0);
});

test('a quantile is the point up to which its share lies', () => {
  const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
  fc.assert(
    fc.property(share, fc.integer({ min: 1, max: 300 }), (p, freedom) => {
      expect(normalShare(normalQuantile(p)) / p).toBeCloseTo(1, 9);
      expect(studentBeyond(studentOutside(p, freedom), freedom) / p).toBeCloseTo(1, 9);
    }),
  );
});

test('the incomplete beta of whole shapes is a sum of binomial chances, and mirrors itself', () => {
  // At least 3 of 5 with chance 0.3: 10 x 0.3^3 x 0.7^2 + 5 x 0.3^4 x 0.7 + 0.3^5.
  expect(incompleteBeta(0.3, 3, 3)).toBeCloseTo(0.16308, 14);
  const shape = fc.double({ min: 0.1, max: 60, noNaN: true });
  fc.assert(
    fc.property(fc.nat({ max: 1024 }), shape, shape, (part, a, b) => {
      // A share whose rest is exact too.
      const x = part / 1024;
      expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 9);
    }),
  );
});

test('the incomplete gamma of shape 1 is the exponential distribution, and its two shares make 1', () => {
  for (const x of [0.001, 1, 1.9, 2.1, 30]) alike(incompleteGamma(1, x).above, Math.exp(-x));
  for (const a of [0.5, 3, 80]) {
    for (const x of [0, 0.1, a, a + 1, 3 * a, Infinity]) {
      const { below, above } = incompleteGamma(a, x);
      expect(below + above).toBeCloseTo(1, 14);
    }
  }
});

test('arguments outside a distribution are refused, none answered with NaN', () => {
  expect(() => normalShare(Number.NaN)).toThrow(RangeError);
  expect(() => normalBeyond(Number.NaN)).toThrow(RangeError);
  expect(() => normalQuantile(1.1)).toThrow(/p is 1.1/);
  expect(() => studentBeyond(1, 0)).toThrow(/degrees of freedom/);
  expect(() => studentOutside(1, 3)).toThrow(/tails is 1/);
  expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
  expect(() => incompleteBeta(-0.1, 1, 1)).toThrow(RangeError);
  expect(() => incompleteGamma(0, 1)).toThrow(RangeError);
});
