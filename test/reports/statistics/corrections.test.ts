// Corrections for many p values, by the laws that order them; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from '../../../reports/statistics/benjamini-hochberg.ts';
import { bonferroni } from '../../../reports/statistics/bonferroni.ts';
import { hochberg } from '../../../reports/statistics/hochberg.ts';
import { holm } from '../../../reports/statistics/holm.ts';
import { pValues } from './samples.ts';

const all = { benjaminiHochberg, bonferroni, hochberg, holm };

for (const [name, correct] of Object.entries(all)) {
  test(`${name}: no adjusted value is below the raw one or above 1, and their order stays`, () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const adjusted = correct(ps);
        expect(adjusted).toHaveLength(ps.length);
        ps.forEach((p, index) => {
          expect(adjusted[index]).toBeGreaterThanOrEqual(p);
          expect(adjusted[index]).toBeLessThanOrEqual(1);
          ps.forEach((other, place) => {
            if (p < other) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[place]!);
            if (p === other) expect(adjusted[index]).toBe(adjusted[place]);
          });
        });
      }),
    );
  });

  test(`${name}: one value stands as it is, none gives none, and what is no p value is refused`, () => {
    expect(correct([0.03])).toEqual([0.03]);
    expect(correct([])).toEqual([]);
    expect(() => correct([0.1, Number.NaN])).toThrow(/p value 1 is NaN/);
    expect(() => correct([-0.1])).toThrow(/0 to 1/);
  });
}

test('the corrections are ordered: Benjamini and Hochberg, Hochberg, Holm, Bonferroni', () => {
  fc.assert(
    fc.property(pValues, (ps) => {
      const [mild, up, down, harsh] = [benjaminiHochberg, hochberg, holm, bonferroni].map((each) => each(ps));
      ps.forEach((_, index) => {
        // The same product made in another order may differ in its last bit.
        expect(mild![index]! - up![index]!).toBeLessThan(1e-15);
        expect(up![index]).toBeLessThanOrEqual(down![index]!);
        expect(down![index]).toBeLessThanOrEqual(harsh![index]!);
      });
    }),
  );
});

test('Holm by hand: 1 % of three, then 2 % of two, and none below the one before', () => {
  const seen = holm([0.02, 0.01, 0.021]);
  expect(seen.map((p) => Math.round(p * 1e6) / 1e6)).toEqual([0.04, 0.03, 0.04]);
});
