// Competing risks, by the laws that tie them to simple counting and to Kaplan and Meier's curve.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aalenJohansen } from '../../../reports/statistics/aalen-johansen.ts';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { anySurvival } from './samples.ts';

const causes = ['blocked', 'listed', 'gone'];
const withCauses = fc
  .tuple(anySurvival, fc.array(fc.constantFrom(...causes), { minLength: 14, maxLength: 14 }))
  .map(([runs, drawn]) => ({
    ...runs,
    causes: runs.observed.map((seen, index) => (seen ? drawn[index]! : null)),
  }));

test('at every step the shares of all causes and of those still going make 1', () => {
  fc.assert(
    fc.property(withCauses, (runs) => {
      for (const { surviving, incidences } of aalenJohansen(runs.durations, runs.causes, runs.entries)) {
        const sum = incidences.reduce((total, { share }) => total + share, surviving);
        expect(sum).toBeCloseTo(1, 12);
      }
    }),
  );
});

test('the share still going is the curve of Kaplan and Meier, whatever ended the others', () => {
  fc.assert(
    fc.property(withCauses, ({ durations, observed, entries, causes: ends }) => {
      const { steps } = kaplanMeier(durations, observed, entries);
      const seen = aalenJohansen(durations, ends, entries);
      expect(seen.map(({ time }) => time)).toEqual(steps.map(({ time }) => time));
      seen.forEach(({ surviving }, index) => expect(surviving).toBe(steps[index]!.surviving));
    }),
  );
});

test('without a censored run each share is counted, and its error the binomial one', () => {
  const runs = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.constantFrom(...causes)), {
    minLength: 1, maxLength: 16,
  });
  fc.assert(
    fc.property(runs, (list) => {
      const steps = aalenJohansen(list.map(([time]) => time), list.map(([, cause]) => cause));
      for (const { time, incidences } of steps) {
        for (const { cause, share, standardError } of incidences) {
          const counted = list.filter(([end, why]) => end <= time && why === cause).length / list.length;
          expect(share).toBeCloseTo(counted, 12);
          expect(standardError).toBeCloseTo(Math.sqrt((counted * (1 - counted)) / list.length), 6);
        }
      }
    }),
  );
});

test('with one cause it is one minus the curve, with the error of Greenwood', () => {
  fc.assert(
    fc.property(anySurvival, ({ durations, observed, entries }) => {
      const { steps } = kaplanMeier(durations, observed, entries);
      const seen = aalenJohansen(durations, observed.map((end) => (end ? 'blocked' : null)), entries);
      steps.forEach(({ surviving, standardError }, index) => {
        const [only] = seen[index]!.incidences;
        expect(only!.share).toBeCloseTo(1 - surviving, 12);
        if (surviving > 0) expect(only!.standardError).toBeCloseTo(standardError, 6);
      });
    }),
  );
});

test('a small case by hand: censored runs hand their share on to both causes', () => {
  const steps = aalenJohansen([1, 2, 2, 3, 4, 5], ['a', 'b', null, 'a', 'b', 'a']);
  const shares = (cause: string) =>
    steps.map(({ incidences }) => incidences.find((each) => each.cause === cause)!.share * 18);
  // 1/6; then 5/6 x 1/5; three are left with 2/3 between them, 2/9 each.
  expect(shares('a').map((share) => Math.round(share * 1e9) / 1e9)).toEqual([3, 3, 7, 7, 11]);
  expect(shares('b').map((share) => Math.round(share * 1e9) / 1e9)).toEqual([0, 3, 3, 7, 7]);
});

test('causes come in the order of their names, with their counts, also where several end at once', () => {
  const [step] = aalenJohansen([4, 4, 4], ['listed', 'blocked', 'listed']);
  expect(step).toMatchObject({ time: 4, atRisk: 3, ended: 3, surviving: 0 });
  expect(step!.incidences.map(({ cause, ended }) => [cause, ended])).toEqual([['blocked', 1], ['listed', 2]]);
});

test('no run, or none that ended, has no step, and lists of different lengths are refused', () => {
  expect(aalenJohansen([], [])).toEqual([]);
  expect(aalenJohansen([3, 9], [null, null])).toEqual([]);
  expect(() => aalenJohansen([3, 9], ['a'])).toThrow(/lists of 2, 1/);
});
