// Times that may be never, made comparable: restricted to a horizon that both sides were watched up to.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanOf, meanScores, quantileScores } from '../../../reports/comparison/scores.ts';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { restrictedMean } from '../../../reports/statistics/restricted-mean.ts';

const seen = (value: number) => ({ value, observed: true });
const cut = (value: number) => ({ value, observed: false });

test('where all were seen to their end, values stay as they are and there is no horizon', () => {
  expect(meanScores([seen(3), seen(9)], [seen(4), seen(1)])).toEqual({
    horizon: null, baseline: [3, 9], candidate: [4, 1],
  });
});

test('the horizon is the shorter of the sides’ longest watches, among sides with a run still going on',
  () => {
  const scores = meanScores([seen(3), cut(10)], [seen(20), cut(12)]);
  expect(scores.horizon).toBe(10);
  expect(scores.baseline).toEqual([3, 10]);
});

test('never counts as the horizon, and so does what came later', () => {
  const scores = meanScores([seen(3), cut(10)], [seen(50), seen(4)]);
  expect(scores).toEqual({ horizon: 10, baseline: [3, 10], candidate: [10, 4] });
});

test('for a quantile whatever was not seen to its end counts as the horizon, as if it had gone on', () => {
  expect(quantileScores([cut(2), cut(10)], [seen(4), seen(5)])).toEqual({
    horizon: 10, baseline: [10, 10], candidate: [4, 5],
  });
});

const duration = fc.record({ value: fc.integer({ min: 0, max: 20 }), observed: fc.boolean() });

test('the pseudo-values of runs lost early mean what the restricted mean says (oracle: Kaplan-Meier)', () => {
  fc.assert(fc.property(fc.array(duration, { minLength: 3, maxLength: 12 }), (early) => {
    // Two that went on to the end keep the horizon beyond every early loss, also without either.
    const side = [...early.map((one) => ({ ...one, value: one.value + 1 })), cut(30), cut(30)];
    const { horizon, baseline } = meanScores(side, side);
    expect(horizon).toBe(30);
    const curve = kaplanMeier(side.map(({ value }) => value), side.map(({ observed }) => observed));
    const { mean } = restrictedMean(curve, 30);
    const { length } = side;
    const without = side.map((_, index) => side.filter((_, other) => other !== index)).map((rest) =>
      restrictedMean(kaplanMeier(rest.map(({ value }) => value), rest.map(({ observed }) => observed)),
        30).mean);
    baseline.forEach((score, index) => expect(score).toBeCloseTo(
      side.every(({ value, observed }) => observed || value >= 30) ? Math.min(side[index]!.value, 30)
      : length * mean - (length - 1) * without[index]!, 8));
  }));
});

test('without early losses the mean of the scores is the restricted mean (oracle: Kaplan-Meier)', () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 }), fc.nat({ max: 3 }),
    (values, nevers) => {
      const side = [...values.map(seen), ...Array.from({ length: nevers + 1 }, () => cut(40))];
      const curve = kaplanMeier(side.map(({ value }) => value), side.map(({ observed }) => observed));
      expect(meanOf(meanScores(side, side).baseline)).toBeCloseTo(restrictedMean(curve, 40).mean, 9);
    },
  ));
});
