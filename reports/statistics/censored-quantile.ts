// A quantile of durations of which some were not seen to their end. With none censored it is the type 7
// quantile; with some it is read off the Kaplan-Meier curve, and is Infinity ("never") where the curve does
// not come down that far.

import { type Duration, kaplanMeier } from './kaplan-meier.ts';
import { quantile } from './quantile.ts';

/** Shares are products of fractions; two that differ by less than this are the same share. */
const sameShare = 1e-12;

/**
 * The time by which a share `p` of runs has ended, `p` from 0 to 1; NaN of an empty sample. On the
 * Kaplan-Meier curve: the first time at which at most 1 - p go on; where the curve rests at exactly 1 - p,
 * the middle of that rest (as R's survfit does), or Infinity if it rests there to the end.
 */
export const censoredQuantile = (durations: readonly Duration[], p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`censoredQuantile: p is ${p}; it is a share from 0 to 1.`);
  if (durations.every((duration) => duration.observed))
    return quantile(
      durations.map(({ value }) => value),
      p,
    );
  const steps = kaplanMeier(durations);
  const reached = steps.findIndex((step) => step.surviving <= 1 - p + sameShare);
  if (reached < 0) return Number.POSITIVE_INFINITY;
  const step = steps[reached]!;
  // The whole curve down at 0 is the last end of all; there is no rest to be in the middle of.
  if (step.surviving <= sameShare || step.surviving < 1 - p - sameShare) return step.time;
  const next = steps[reached + 1];
  return next === undefined ? Number.POSITIVE_INFINITY : (step.time + next.time) / 2;
};
