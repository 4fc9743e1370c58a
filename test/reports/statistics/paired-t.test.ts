// The tests of pairs, by brute force and by textbook cases; the published figures are in test/oracles.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mcnemar } from '../../../reports/statistics/mcnemar.ts';
import { pairedT } from '../../../reports/statistics/paired-t.ts';
import { wilcoxonSignedRank } from '../../../reports/statistics/wilcoxon-signed-rank.ts';

describe("Student's test of pairs", () => {
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
});

describe("Wilcoxon's signed ranks", () => {
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
});

describe("McNemar's test", () => {
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
});
