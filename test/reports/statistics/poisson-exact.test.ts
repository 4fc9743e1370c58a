// Judged by the Poisson distribution itself; the published figures are in test/oracles.

import { expect, test } from 'vitest';
import { poissonExact } from '../../../reports/statistics/poisson-exact.ts';

test('at the ends of the interval, the count seen or one more extreme has the chance of a tail', () => {
  const atMost = (count: number, mean: number): number => {
    let term = Math.exp(-mean);
    let sum = term;
    for (let k = 1; k <= count; k += 1) sum += term *= mean / k;
    return sum;
  };
  for (const count of [1, 2, 7, 40]) {
    const [low, high] = poissonExact(count, 0.9);
    expect(1 - atMost(count - 1, low)).toBeCloseTo(0.05, 12);
    expect(atMost(count, high)).toBeCloseTo(0.05, 12);
  }
});

test('nothing seen still leaves room above, and a count is whole, 0 or more', () => {
  expect(poissonExact(0)[0]).toBe(0);
  expect(poissonExact(0)[1]).toBeCloseTo(-Math.log(0.025), 12);
  for (const count of [-1, 0.5, Number.NaN, Infinity])
    expect(() => poissonExact(count)).toThrow(/whole, 0 or more/);
});
