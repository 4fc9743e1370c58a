// Samples the tests of this folder invent: small numbers, so that ties, zeros and all-censored samples are
// common.

import fc from 'fast-check';
import type { Survival } from '../../../reports/statistics/survival.ts';

const run = fc.record({
  entry: fc.integer({ min: -1, max: 3 }),
  watched: fc.integer({ min: 1, max: 8 }),
  observed: fc.boolean(),
});

/** At least one run; half of the samples have late entries. */
export const anySurvival: fc.Arbitrary<Survival> = fc
  .tuple(fc.array(run, { minLength: 1, maxLength: 14 }), fc.boolean())
  .map(([runs, late]) => ({
    durations: runs.map(({ entry, watched }) => entry + watched),
    observed: runs.map(({ observed }) => observed),
    ...(late && { entries: runs.map(({ entry }) => entry) }),
  }));

/** p values with ties, 0 and 1 among them. */
export const pValues = fc.array(
  fc.oneof(fc.constantFrom(0, 0.01, 0.05, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  { maxLength: 12 },
);
