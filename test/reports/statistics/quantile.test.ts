// Judged by what infinity must do to a quantile; the published figures are in test/oracles.

import { expect, test } from 'vitest';
import { quantile } from '../../../reports/statistics/quantile.ts';

test('a quantile that leans on "never" is never, and one that does not is a number', () => {
  const sample = [5, Infinity, 1, Infinity, 3];
  expect(quantile(sample, 0.5)).toBe(5);
  expect(quantile(sample, 0.25)).toBe(3);
  expect(quantile(sample, 0.6)).toBe(Infinity);
  expect(quantile([Infinity, Infinity], 0.5)).toBe(Infinity);
});

test('the least and the greatest value are the quantiles 0 and 1, and the sample stays in its order', () => {
  const sample = [9, 2, 4];
  expect([quantile(sample, 0), quantile(sample, 1)]).toEqual([2, 9]);
  expect(sample).toEqual([9, 2, 4]);
});

test('an empty sample has no quantile, and a p out of range or a NaN is refused', () => {
  expect(() => quantile([], 0.5)).toThrow(/empty sample/);
  expect(() => quantile([1], 1.5)).toThrow(/p is 1.5/);
  expect(() => quantile([Number.NaN], 0.5)).toThrow(/not a number/);
});

test('one value, or values all alike, are their own quantile at every share', () => {
  for (const p of [0, 0.3, 0.95, 1]) expect([quantile([7], p), quantile([7, 7, 7], p)]).toEqual([7, 7]);
});
