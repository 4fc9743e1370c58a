// A quantile of durations of which some were not seen to their end. With none censored it is the type 7
// quantile; with some it is read off the Kaplan-Meier curve, and is Infinity ("never") where the curve does
// not come down that far.

import { curveQuantile } from './curve-quantile.ts';
import { kaplanMeier } from './kaplan-meier.ts';
import { quantile } from './quantile.ts';

/** One run's duration; `observed: false` means it lasted at least this long and was then seen no more. */
export interface Duration {
  readonly value: number;
  readonly observed: boolean;
}

/**
 * The time by which a share `p` of runs has ended, `p` from 0 to 1; how ties with the share are settled says
 * `curveQuantile`. Throws a RangeError for an empty sample.
 */
export const censoredQuantile = (durations: readonly Duration[], p: number): number => {
  const values = durations.map(({ value }) => value);
  const observed = durations.map((duration) => duration.observed);
  if (!observed.includes(false)) return quantile(values, p);
  return curveQuantile(kaplanMeier(values, observed), p);
};

/**
 * The same runs, where one not seen to its end never has one: as if it had been watched for as long as any,
 * it stays among those that go on. An attack that was over before anybody stopped it was never stopped,
 * however short it was.
 */
export const orNever = (durations: readonly Duration[]): readonly Duration[] => {
  const longest = durations.reduce((most, { value }) => Math.max(most, value), 0);
  return durations.map((one) => (one.observed ? one : { value: longest, observed: false }));
};
