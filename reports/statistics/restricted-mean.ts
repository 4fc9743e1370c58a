// The restricted mean: how long, on average over the seeds, a thing went on within the first so many hours.
// The area under the survival curve; unlike a mean over the runs that ended it counts the others too. Irwin
// (1949); its error as in Klein and Moeschberger, Survival Analysis (2003), 4.5, and in R's survival package.

import type { Curve } from './kaplan-meier.ts';

export interface RestrictedMean {
  /** In the unit of the durations, 0 to `until`. */
  readonly mean: number;
  /**
   * 0 where no run ended before `until`. Of one group; two paired groups are compared seed by seed
   * instead.
   */
  readonly standardError: number;
}

/**
 * The mean time up to `until`, above 0. Throws a RangeError where some runs went on and none was watched that
 * long, since nothing then tells the area: take the shortest `curve.until` of the groups compared.
 */
export const restrictedMean = (curve: Curve, until: number): RestrictedMean => {
  const { steps, runs } = curve;
  if (runs === 0) throw new RangeError('restrictedMean: no runs, so no mean. Say "no data".');
  const endless = (steps.at(-1)?.surviving ?? 1) > 0;
  if (!(until > 0 && until < Infinity) || (endless && until > curve.until))
    throw new RangeError(
      `restrictedMean: until is ${until}; it is above 0` +
        (endless ? `, and at most ${curve.until}, since later no run was watched.` : ' and finite.'),
    );
  const within = steps.filter(({ time }) => time < until);
  // From the last step back: the area to the right of each is what its error weighs.
  let area = 0;
  let variance = 0;
  let right = until;
  for (const { time, surviving, atRisk, ended } of within.toReversed()) {
    area += surviving * (right - time);
    right = time;
    if (atRisk > ended) variance += (area * area * ended) / (atRisk * (atRisk - ended));
  }
  return { mean: area + right, standardError: Math.sqrt(variance) };
};
