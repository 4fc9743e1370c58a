// Judged by binomial chances one can write down.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemar } from '../../../reports/statistics/mcnemar.ts';

test('is the toss of a coin for each seed on which the two sides differ', () => {
  expect(mcnemar(1, 7)).toBeCloseTo((2 * (1 + 8)) / 2 ** 8, 12);
  expect(mcnemar(0, 6)).toBeCloseTo(2 / 2 ** 6, 12);
  expect(mcnemar(3, 4)).toBeCloseTo(1, 12);
  // Binomial, 59 or fewer of 160, doubled, by SciPy 1.17.
  expect(mcnemar(101, 59)).toBeCloseTo(0.0011229051962340462, 12);
});

test('does not ask which side is which, and is never above 1', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (one, two) => {
      expect(mcnemar(one, two)).toBe(mcnemar(two, one));
      expect(mcnemar(one, two)).toBeLessThanOrEqual(1);
      expect(mcnemar(one, two)).toBeGreaterThan(0);
    }),
  );
});

test('no seed on which they differ shows no difference, and what is no count is refused', () => {
  expect(mcnemar(0, 0)).toBe(1);
  expect(() => mcnemar(-1, 2)).toThrow(/whole, 0 or more/);
  expect(() => mcnemar(1, 2.5)).toThrow(RangeError);
});
