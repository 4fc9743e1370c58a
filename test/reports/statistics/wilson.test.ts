// Judged by the intervals of Newcombe (1998), as R gives them.

import { expect, test } from 'vitest';
import { wilson } from '../../../reports/statistics/wilson.ts';
import { oracle } from './oracles.ts';

test('the interval is the published one, at none of twenty as well as in the middle', () => {
  const { inputs, expected } = oracle<{ cases: [number, number][] }, { wilson: [number, number][] }>(
    'binom-ci',
  );
  inputs.cases.forEach(([hits, trials], index) => {
    const [low, high] = wilson(hits, trials);
    expect(low).toBeCloseTo(expected.wilson[index]![0], 9);
    expect(high).toBeCloseTo(expected.wilson[index]![1], 9);
  });
});

test('all of twenty reaches up to one, and no trial at all is refused', () => {
  expect(wilson(20, 20)[1]).toBe(1);
  expect(() => wilson(0, 0)).toThrow(/at least one trial/);
  expect(() => wilson(3, 2)).toThrow(RangeError);
});
