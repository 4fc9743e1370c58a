// Judged by R, and by what infinity must do to a quantile.

import { expect, test } from 'vitest';
import { quantile } from '../../../reports/statistics/quantile.ts';
import { oracle } from './oracles.ts';

test('a quantile of type 7 is what R says it is', () => {
  const { inputs, expected } = oracle<{ x: number[]; p: number[] }, { q: number[] }>('quantile-type7');
  inputs.p.forEach((p, index) => expect(quantile(inputs.x, p)).toBeCloseTo(expected.q[index]!, 12));
});

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
