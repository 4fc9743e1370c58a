// The tests of two groups, by what must hold whatever the runs; the published figures are in test/oracles.

import fc from 'fast-check';
import { expect, test } from 'vitest';
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
