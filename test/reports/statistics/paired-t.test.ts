// Student's test of pairs, by what ties its interval to its p value; the published figures are in
// test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedT } from '../../../reports/statistics/paired-t.ts';

test('its interval leaves out 0 exactly where p is below what the level leaves', () => {
  const differences = fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(differences, fc.constantFrom(0.5, 0.9, 0.95), (sample, level) => {
      const { p, interval } = pairedT(sample, level);
      if (Math.abs(p - (1 - level)) < 1e-9) return;
      expect(interval[0] > 0 || interval[1] < 0).toBe(p < 1 - level);
    }),
  );
});

test('pairs that all differ by the same leave no doubt, and by nothing no difference', () => {
  expect(pairedT([0, 0, 0])).toEqual({ mean: 0, t: 0, freedom: 2, p: 1, interval: [0, 0] });
  expect(pairedT([0.1, 0.1, 0.1])).toEqual({
    mean: 0.1, t: Infinity, freedom: 2, p: 0, interval: [0.1, 0.1],
  });
  expect(pairedT([-4, -4]).t).toBe(-Infinity);
});

test('one pair, none, and a difference that is no number are refused', () => {
  expect(() => pairedT([])).toThrow(/0 differences/);
  expect(() => pairedT([3])).toThrow(/2 or more/);
  expect(() => pairedT([3, Infinity])).toThrow(/difference 1 is Infinity/);
  expect(() => pairedT([3, 4], 0)).toThrow(/level is 0/);
});
