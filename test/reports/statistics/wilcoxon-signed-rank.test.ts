// Judged by counting all ways the signs could fall, and by SciPy where there are too many.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilcoxonSignedRank } from '../../../reports/statistics/wilcoxon-signed-rank.ts';

/** All ways the signs could have fallen, ranks shared among equal sizes. */
const slowly = (differences: readonly number[]): number => {
  const sizes = differences.filter((each) => each !== 0).map(Math.abs);
  const rank = (size: number): number =>
    sizes.filter((each) => each < size).length + (sizes.filter((each) => each === size).length + 1) / 2;
  const ranks = sizes.map(rank);
  const total = ranks.reduce((sum, each) => sum + each, 0);
  const plus = differences.filter((each) => each > 0).reduce((sum, each) => sum + rank(each), 0);
  const seen = Math.abs(plus - total / 2);
  let asFar = 0;
  for (let signs = 0; signs < 2 ** ranks.length; signs += 1) {
    const sum = ranks.reduce((each, value, index) => each + ((signs >> index) & 1) * value, 0);
    if (Math.abs(sum - total / 2) >= seen - 1e-9) asFar += 1;
  }
  return asFar / 2 ** ranks.length;
};

test('the p value counts the ways signs could fall, with ties and zeros (oracle: all of them)', () => {
  const differences = fc.array(fc.integer({ min: -4, max: 6 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(differences, (sample) => {
      const { p, exact } = wilcoxonSignedRank(sample);
      expect(exact).toBe(true);
      expect(p).toBeCloseTo(slowly(sample), 12);
    }),
  );
});

test('the ranks of both sides are all the ranks, and a turn of the signs swaps them', () => {
  const differences = fc.array(fc.integer({ min: -4, max: 6 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(differences, (sample) => {
      const { plus, minus, ranked, p } = wilcoxonSignedRank(sample);
      expect(plus + minus).toBe((ranked * (ranked + 1)) / 2);
      const turned = wilcoxonSignedRank(sample.map((each) => -each));
      expect(turned).toMatchObject({ plus: minus, minus: plus, p });
    }),
  );
});

test('many pairs are judged by the normal distribution, which agrees with counting', () => {
  const wave = (count: number) => Array.from({ length: count }, (_, index) => Math.sin(index) * index + 3);
  expect(wilcoxonSignedRank(wave(200))).toMatchObject({ plus: 10_486, minus: 9614, exact: true });
  expect(wilcoxonSignedRank(wave(200)).p).toBeCloseTo(0.5959028055837874, 12);
  const { p, exact } = wilcoxonSignedRank(wave(201));
  expect(exact).toBe(false);
  // By SciPy 1.17: 0.6829 counted, 0.6822819350970919 by the normal distribution.
  expect(p).toBeCloseTo(0.6822819350970919, 12);
});

test('differences of shares that are alike on paper share a rank', () => {
  expect(wilcoxonSignedRank([0.3 - 0.2, 0.1, -0.1])).toMatchObject({ plus: 4, minus: 2, p: 1 });
});

test('pairs that are all alike show no difference, one pair shows nothing, and none is refused', () => {
  expect(wilcoxonSignedRank([0, 0])).toEqual({ plus: 0, minus: 0, ranked: 0, p: 1, exact: true });
  expect(wilcoxonSignedRank([7])).toEqual({ plus: 1, minus: 0, ranked: 1, p: 1, exact: true });
  expect(() => wilcoxonSignedRank([])).toThrow(/0 differences/);
  expect(() => wilcoxonSignedRank([1, Number.NaN])).toThrow(/difference 1 is NaN/);
});
