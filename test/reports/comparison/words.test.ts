// Why something is not settled, and what the gates say in one line.

import { describe, expect, test } from 'vitest';
import { gatesLine } from '../../../reports/comparison/verdict.ts';
import { hasTooFew, whyOpen } from '../../../reports/comparison/words.ts';
import { makeComparison, makeRow } from '../comparison-fixture.ts';

const row = {
  ...makeRow('wanted.lost', 'inconclusive', [1, 2, 0, 1], 183, 1),
  interval: [71, 343] as const, pairs: 20, differing: 5, adjusted: 1,
};

describe('an interval beyond 0 that settles nothing', () => {
  test('says how few seeds differ, of which no chance can come out small', () => {
    expect(whyOpen(row)).toBe('only 5 of 20 seeds differ');
    expect(whyOpen({ ...row, differing: 1 })).toBe('only 1 of 20 seeds differs');
    expect(whyOpen({ ...row, pairs: 5 })).toBe('only 5 seeds');
    expect(whyOpen({ ...row, pairs: 6, differing: 0, interval: [0, 0] })).toBe('alike in only 6 seeds');
    expect(hasTooFew(row)).toBe(true);
  });

  test('says that luck is not ruled out where enough of them differ', () => {
    expect(whyOpen({ ...row, differing: 6, adjusted: 0.07 })).toBe('luck is not ruled out');
    expect(hasTooFew({ differing: 6, adjusted: 0.07 })).toBe(false);
  });

  test('needs no word where the interval holds 0, or where it is settled', () => {
    expect(whyOpen({ ...row, interval: [-1, 343] })).toBe('');
    expect(whyOpen({ ...row, outcome: 'worse' })).toBe('');
  });
});

test('misses that do not count are told apart: those that only warn, those that somebody waived', () => {
  const comparison = makeComparison();
  expect(gatesLine(comparison)).toBe(
    'FAILED: 1 of 3 gates that count, 1 without data; missed besides: 1 that only warns, 1 waived');
  const counting = comparison.gates.verdicts.filter(({ counts }) => counts);
  expect(gatesLine({ ...comparison, gates: { ...comparison.gates, verdicts: counting } }))
    .toBe('FAILED: 1 of 3 gates, 1 without data');
});
