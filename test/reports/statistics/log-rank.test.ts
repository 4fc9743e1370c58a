// The tests of two groups, by what must hold whatever the runs; the published figures are in test/oracles.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hazardRatio } from '../../../reports/statistics/hazard-ratio.ts';
import { logRank } from '../../../reports/statistics/log-rank.ts';
import type { Survival } from '../../../reports/statistics/survival.ts';
import { anySurvival } from './samples.ts';

const ended = (...durations: number[]): Survival => ({ durations, observed: durations.map(() => true) });
const weights = fc.constantFrom(
  'log-rank' as const, 'gehan' as const, 'tarone-ware' as const, 'peto-prentice' as const,
  'fleming-harrington' as const,
);

test('which group comes first changes nothing but the order of the figures', () => {
  fc.assert(
    fc.property(anySurvival, anySurvival, weights, (one, two, weighted) => {
      const there = logRank(one, two, weighted);
      const back = logRank(two, one, weighted);
      expect(back.chiSquared).toBeCloseTo(there.chiSquared, 9);
      expect(back.observed).toEqual(there.observed.toReversed());
    }),
  );
});

test('as many ends are expected in all as were seen, and the p value is 0 to 1', () => {
  fc.assert(
    fc.property(anySurvival, anySurvival, weights, (one, two, weighted) => {
      const { observed, expected, chiSquared, p } = logRank(one, two, weighted);
      expect(expected[0] + expected[1]).toBeCloseTo(observed[0] + observed[1], 9);
      expect(chiSquared).toBeGreaterThanOrEqual(0);
      expect(p >= 0 && p <= 1).toBe(true);
    }),
  );
});

test('a group against itself shows no difference', () => {
  fc.assert(
    fc.property(anySurvival, weights, (runs, weighted) => {
      expect(logRank(runs, runs, weighted).p).toBeCloseTo(1, 6);
    }),
  );
});

test('where nobody was seen to end, or only one was at risk, nothing could differ: p is 1', () => {
  const endless: Survival = { durations: [4, 5], observed: [false, false] };
  expect(logRank(endless, endless)).toEqual({
    observed: [0, 0], expected: [0, 0], variance: 0, chiSquared: 0, p: 1,
  });
  expect(logRank(ended(9), { durations: [2], observed: [false] }).p).toBe(1);
});

test('a run that enters late is not expected to end before', () => {
  const { expected } = logRank(ended(1, 5), { durations: [6], observed: [true], entries: [3] });
  // Alone at 1; one of two at 5; the other alone at 6.
  expect(expected).toEqual([1 + 1 / 2, 1 / 2 + 1]);
});

test('an empty group is refused: there is nothing to compare', () => {
  expect(() => logRank(ended(), ended(1))).toThrow(/no data/);
  expect(() => logRank(ended(1), ended())).toThrow(/no data/);
});

describe('the hazard ratio', () => {
  test('turned around it is its own inverse', () => {
    const [one, two] = [ended(1, 3, 5, 5, 9), ended(2, 5, 8, 11)];
    for (const ties of ['efron', 'breslow'] as const) {
      const there = hazardRatio(one, two, { ties });
      const back = hazardRatio(two, one, { ties });
      expect(there.ratio * back.ratio).toBeCloseTo(1, 12);
      expect(back.standardError).toBeCloseTo(there.standardError, 12);
      expect(there.interval[0]).toBeLessThan(there.ratio);
      expect(there.interval[1] * back.interval[0]).toBeCloseTo(1, 10);
    }
  });

  test('without ties both ways agree, and three runs give what one finds by hand', () => {
    // 1 (first of 2 and 1), 2 (second, of 1 and 1): r/(2r+1) x 1/(r+1) is largest where 2r^2 = 1.
    const seen = hazardRatio(ended(1, 3), ended(2));
    expect(seen.ratio).toBeCloseTo(Math.SQRT1_2, 9);
    expect(hazardRatio(ended(1, 3), ended(2), { ties: 'breslow' }).ratio).toBe(seen.ratio);
  });

  test('groups alike have a ratio of 1', () => {
    expect(hazardRatio(ended(1, 2, 2, 7), ended(1, 2, 2, 7)).log).toBeCloseTo(0, 12);
  });

  test('is refused where only one group ended while both were at risk, since it would be endless', () => {
    expect(() => hazardRatio(ended(1, 2), ended(3, 4))).toThrow(/no ratio is finite/);
    expect(() => hazardRatio(ended(1, 2), { durations: [5], observed: [false] })).toThrow(RangeError);
    expect(() => hazardRatio(ended(), ended(1))).toThrow(/no data/);
    expect(() => hazardRatio(ended(1), ended(1), { level: 2 })).toThrow(/level is 2/);
  });

  test('where it is not refused it is finite, and so is its error', () => {
    fc.assert(
      fc.property(anySurvival, anySurvival, fc.constantFrom('efron', 'breslow'), (one, two, ties) => {
        let seen;
        try {
          seen = hazardRatio(one, two, { ties });
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(seen.ratio > 0 && seen.ratio < Infinity).toBe(true);
        expect(seen.standardError > 0 && seen.standardError < Infinity).toBe(true);
      }),
    );
  });
});
