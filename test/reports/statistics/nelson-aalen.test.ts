// The cumulative hazard beside the survival curve it belongs to.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { nelsonAalen } from '../../../reports/statistics/nelson-aalen.ts';
import { anySurvival } from './samples.ts';

test('the share that exp(-hazard) leaves is never below the curve of Kaplan and Meier', () => {
  fc.assert(
    fc.property(anySurvival, (runs) => {
      const { steps } = kaplanMeier(runs.durations, runs.observed, runs.entries);
      nelsonAalen(runs).forEach(({ hazard }, index) => {
        expect(Math.exp(-hazard)).toBeGreaterThanOrEqual(steps[index]!.surviving);
      });
    }),
  );
});

test('one run that ends has a hazard of 1, runs that never end have none', () => {
  expect(nelsonAalen({ durations: [3], observed: [true] })).toEqual([
    { time: 3, atRisk: 1, ended: 1, hazard: 1, standardError: 1 },
  ]);
  expect(nelsonAalen({ durations: [3, 4], observed: [false, false] })).toEqual([]);
  expect(nelsonAalen({ durations: [], observed: [] })).toEqual([]);
});
