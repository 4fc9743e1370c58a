// The jackknife of a mean, whose error one knows; the published figures are in test/oracles.

import { expect, test } from 'vitest';
import { jackknife } from '../../../reports/statistics/jackknife.ts';

const mean = (sample: readonly number[]): number =>
  sample.reduce((sum, value) => sum + value, 0) / sample.length;
const some = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];

test('of a mean has the error of a mean, and leaves each out once', () => {
  const { estimates, standardError } = jackknife(some, mean);
  const spread = some.reduce((sum, value) => sum + (value - mean(some)) ** 2, 0);
  expect(standardError).toBeCloseTo(Math.sqrt(spread / (some.length - 1) / some.length), 12);
  some.forEach((value, index) =>
    expect(estimates[index]).toBeCloseTo((mean(some) * some.length - value) / (some.length - 1), 12),
  );
});

test('hands each rest over in the order of the sample, and needs two', () => {
  const rests: number[][] = [];
  jackknife([1, 2, 3], (rest) => rests.push([...rest]));
  expect(rests).toEqual([[2, 3], [1, 3], [1, 2]]);
  expect(() => jackknife([1], mean)).toThrow(/a sample of 1/);
});
