// Judged by cases one can work out on paper, and by what must hold of every such curve. The published figures
// are held to in test/oracles/statistics-survival.test.ts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kaplanMeier, survivingAt } from '../../../reports/statistics/kaplan-meier.ts';
import { anySurvival } from './samples.ts';

test('a run censored at the instant another ended was still at risk then', () => {
  const { steps } = kaplanMeier([6, 6], [true, false]);
  expect(steps).toHaveLength(1);
  expect(steps[0]).toMatchObject({ time: 6, atRisk: 2, ended: 1, surviving: 0.5 });
});

test('runs that end together fall in one step, and the curve remembers who was last seen when', () => {
  const curve = kaplanMeier([4, 2, 4, 9, 3], [true, true, true, false, false]);
  expect(curve.steps.map(({ time, atRisk, ended }) => [time, atRisk, ended])).toEqual([[2, 5, 1], [4, 3, 2]]);
  expect(curve.steps.map(({ surviving }) => surviving)).toEqual([0.8, 0.8 / 3]);
  expect(curve).toMatchObject({ runs: 5, until: 9, censored: [3, 9] });
});

test('without a censored run the curve is the share of runs that last longer', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 20 }), (durations) => {
      for (const { time, surviving } of kaplanMeier(durations, durations.map(() => true)).steps) {
        const longer = durations.filter((duration) => duration > time).length;
        expect(surviving).toBeCloseTo(longer / durations.length, 12);
      }
    }),
  );
});

test('without a censored run Greenwood says what the binomial distribution says', () => {
  const [step] = kaplanMeier([1, 1, 1, 2, 2, 3, 4, 5, 6, 7], Array<boolean>(10).fill(true)).steps;
  expect(step!.standardError).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 10), 14);
});

test('the curve only falls, within its interval, and the interval within 0 and 1', () => {
  fc.assert(
    fc.property(anySurvival, fc.constantFrom('log-log', 'log', 'plain'), (runs, scale) => {
      let [last, upper] = [1, 1];
      const { steps } = kaplanMeier(runs.durations, runs.observed, runs.entries, { scale });
      for (const { surviving, standardError, low, high } of steps) {
        expect(surviving).toBeLessThanOrEqual(last);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(surviving);
        expect(high).toBeGreaterThanOrEqual(surviving);
        expect(high).toBeLessThanOrEqual(1);
        expect(standardError).toBeGreaterThanOrEqual(0);
        if (surviving === 0) expect(high).toBe(upper);
        [last, upper] = [surviving, high];
      }
    }),
  );
});

describe('late entry', () => {
  test('a run counts at risk only after it is watched, and not at the very instant', () => {
    const { steps } = kaplanMeier([5, 6, 7], [true, true, true], [0, 5, 4]);
    expect(steps.map(({ time, atRisk }) => [time, atRisk])).toEqual([[5, 2], [6, 2], [7, 1]]);
    expect(steps[0]!.surviving).toBe(0.5);
  });

  test('runs watched from before the start give the curve of runs without entries', () => {
    fc.assert(
      fc.property(anySurvival, ({ durations, observed }) => {
        const early = durations.map(() => -1);
        expect(kaplanMeier(durations, observed, early)).toEqual(kaplanMeier(durations, observed));
      }),
    );
  });

  test('a curve at 0 stays there, though others are watched later', () => {
    const { steps } = kaplanMeier([1, 6, 7], [true, true, true], [0, 3, 3]);
    expect(steps.map(({ surviving, atRisk }) => [surviving, atRisk])).toEqual([[0, 1], [0, 2], [0, 1]]);
  });
});

test('no run, or none that ended, has no step; one that ended falls to 0 and knows nothing above', () => {
  expect(kaplanMeier([], [])).toEqual({ steps: [], runs: 0, until: 0, censored: [] });
  expect(kaplanMeier([3, 8], [false, false])).toEqual({ steps: [], runs: 2, until: 8, censored: [3, 8] });
  expect(kaplanMeier([3], [true]).steps).toEqual([
    { time: 3, atRisk: 1, ended: 1, surviving: 0, standardError: 0, low: 0, high: 1 },
  ]);
});

test('a higher level has wider intervals', () => {
  const at = (level: number) => kaplanMeier([1, 2, 3], [true, true, true], undefined, { level }).steps[0]!;
  expect(at(0.99).low).toBeLessThan(at(0.9).low);
  expect(at(0.99).high).toBeGreaterThan(at(0.9).high);
  expect(() => at(95)).toThrow(/level is 95/);
});

test('durations and entries that no run can have are refused', () => {
  expect(() => kaplanMeier([1, 2], [true])).toThrow(/lists of 2, 1/);
  expect(() => kaplanMeier([Number.NaN], [true])).toThrow(/durations\[0\] is NaN/);
  expect(() => kaplanMeier([1, -2], [true, true])).toThrow(/durations\[1\] is -2/);
  expect(() => kaplanMeier([Infinity], [false])).toThrow(/finite/);
  expect(() => kaplanMeier([4, 4], [true, true], [1, 4])).toThrow(/entries\[1\] is 4/);
  expect(() => kaplanMeier([4], [true], [Number.NaN])).toThrow(/entries\[0\]/);
});

test('the share going on at a time is that of the last step, and beyond all knowledge is refused', () => {
  const curve = kaplanMeier([2, 4, 6], [true, true, false]);
  expect([0, 1.9, 2, 3, 4, 6].map((time) => survivingAt(curve, time))).toEqual([
    1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3,
  ]);
  expect(() => survivingAt(curve, 6.1)).toThrow(/watched from 0 to 6/);
  expect(survivingAt(kaplanMeier([2], [true]), 50)).toBe(0);
});
