// Quantiles read off a Kaplan-Meier curve, such as the median time to block, and their intervals.

import type { Interval } from './interval.ts';
import type { Curve } from './kaplan-meier.ts';

/** Shares are products of fractions; two that differ by less than this are the same share. */
const sameShare = 1e-12;

/**
 * The first time at which at most 1 - p go on, `p` from 0 to 1; where the curve rests at exactly 1 - p,
 * the middle of that rest (as R's survfit does), or Infinity if it rests there to the end. Infinity also
 * where the curve does not come down that far. Throws a RangeError for a curve of no runs.
 */
export const curveQuantile = (curve: Curve, p: number): number => {
  check('curveQuantile', curve, p);
  return passing(curve, ({ surviving }) => surviving, p);
};

/**
 * The interval of that time, of the curve's own level: where its lower and its upper limit come down to 1 - p
 * (Brookmeyer and Crowley, 1982). Either end may be Infinity. Throws a RangeError for a curve of no runs.
 */
export const curveQuantileInterval = (curve: Curve, p: number): Interval => {
  check('curveQuantileInterval', curve, p);
  return [passing(curve, ({ low }) => low, p), passing(curve, ({ high }) => high, p)];
};

const check = (what: string, { runs }: Curve, p: number): void => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${what}: p is ${p}; it is a share from 0 to 1.`);
  if (runs === 0) throw new RangeError(`${what}: no runs, so no quantile. Say "no data".`);
};

const passing = ({ steps }: Curve, line: (step: Curve['steps'][number]) => number, p: number): number => {
  const reached = steps.findIndex((step) => line(step) <= 1 - p + sameShare);
  if (reached < 0) return Number.POSITIVE_INFINITY;
  const { time } = steps[reached]!;
  const share = line(steps[reached]!);
  // A line down at 0 is the last end of all; there is no rest to be in the middle of.
  if (share <= sameShare || share < 1 - p - sameShare) return time;
  const next = steps[reached + 1];
  return next === undefined ? Number.POSITIVE_INFINITY : (time + next.time) / 2;
};
