// What each seed counts for on its side of a comparison, as finite numbers that can be taken from one
// another: values as they are where all were seen to their end, else restricted to a horizon that both sides
// were watched up to.

import type { Better } from '../metrics.ts';
import { censoredQuantile, type Duration } from '../statistics/censored-quantile.ts';
import { quantile } from '../statistics/quantile.ts';
import type { Statistic } from './comparison.ts';

export interface Scores {
  /** Null where every run was seen to its end. */
  readonly horizon: number | null;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

/**
 * Scores for a mean: up to the horizon a seed counts with its part of the restricted mean. Where nothing was
 * censored before the horizon that is the time itself, or the horizon if it is later or never; elsewhere it
 * is the pseudo-value of Andersen, Klein and Rosthoj (2003), n times the restricted mean less n - 1 times
 * that without the seed. Lists of one length, 1 or more.
 */
export const meanScores = (baseline: readonly Duration[], candidate: readonly Duration[]): Scores => {
  const horizon = horizonOf(baseline, candidate);
  return {
    horizon,
    baseline: horizon === null ? baseline.map(({ value }) => value) : restricted(baseline, horizon),
    candidate: horizon === null ? candidate.map(({ value }) => value) : restricted(candidate, horizon),
  };
};

/** Scores for a quantile: what was not seen to its end, or ended after the horizon, counts as the horizon. */
export const quantileScores = (baseline: readonly Duration[], candidate: readonly Duration[]): Scores => {
  const horizon = horizonOf(baseline, candidate);
  const score = ({ value, observed }: Duration): number =>
    horizon === null ? value : observed ? Math.min(value, horizon) : horizon;
  return { horizon, baseline: baseline.map(score), candidate: candidate.map(score) };
};

/**
 * The latest time that both sides were watched up to: of each side that has runs going on when last seen, the
 * longest that one was watched, and of these the shorter. Null where no run of either side was censored.
 */
const horizonOf = (...sides: readonly (readonly Duration[])[]): number | null => {
  const all = sides.flat();
  if (all.every(({ observed }) => observed)) return null;
  const ends = sides.flatMap((side) => {
    const last = longest(side);
    return side.some(({ value, observed }) => !observed && value === last) ? [last] : [];
  });
  return ends.length === 0 ? longest(all) : Math.min(...ends);
};

const longest = (durations: readonly Duration[]): number =>
  durations.reduce((most, { value }) => Math.max(most, value), 0);

const restricted = (durations: readonly Duration[], horizon: number): readonly number[] => {
  const isKnown = durations.every(({ value, observed }) => observed || value >= horizon);
  if (isKnown) return durations.map(({ value }) => Math.min(value, horizon));
  const order = durations
    .map((_, index) => index)
    .toSorted((one, two) => durations[one]!.value - durations[two]!.value);
  const sorted = order.map((index) => durations[index]!);
  const whole = areaBelow(sorted, -1, horizon);
  const scores = new Array<number>(durations.length);
  order.forEach((index, place) => {
    const { length } = durations;
    scores[index] = length * whole - (length - 1) * areaBelow(sorted, place, horizon);
  });
  return scores;
};

/**
 * The area under the Kaplan-Meier curve up to the horizon, without the run at one place; where the last of
 * the others was watched for less, the curve goes on level.
 */
const areaBelow = (sorted: readonly Duration[], without: number, horizon: number): number => {
  let atRisk = sorted.length - (without < 0 ? 0 : 1);
  let surviving = 1;
  let from = 0;
  let area = 0;
  for (let place = 0; place < sorted.length && sorted[place]!.value < horizon; ) {
    const { value } = sorted[place]!;
    area += surviving * (value - from);
    from = value;
    let ended = 0;
    let gone = 0;
    for (; place < sorted.length && sorted[place]!.value === value; place += 1) {
      if (place === without) continue;
      gone += 1;
      if (sorted[place]!.observed) ended += 1;
    }
    if (ended > 0) surviving *= (atRisk - ended) / atRisk;
    atRisk -= gone;
  }
  return area + surviving * (horizon - from);
};

/** The statistic of scores, which are finite. */
export const statisticOn = (statistic: Statistic, scores: readonly number[], better: Better): number => {
  switch (statistic) {
    case 'mean':
      return meanOf(scores);
    case 'p50':
      return quantile(scores, 0.5);
    case 'p95':
      return quantile(scores, 0.95);
    case 'worst':
      return better === 'high' ? Math.min(...scores) : Math.max(...scores);
    default:
      return statistic satisfies never;
  }
};

/** The same of durations without a horizon: Infinity is never. The mean of censored ones is never, too. */
export const openStatistic = (
  statistic: Statistic, durations: readonly Duration[], better: Better,
): number => {
  if (statistic === 'p50' || statistic === 'p95')
    return censoredQuantile(durations, statistic === 'p50' ? 0.5 : 0.95);
  const isOpen = durations.some(({ observed }) => !observed);
  if (statistic === 'mean' && isOpen) return Infinity;
  const values = durations.map(({ value, observed }) => (observed ? value : Infinity));
  return statisticOn(statistic, values, better);
};

export const meanOf = (values: readonly number[]): number => {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index]!;
  return sum / values.length;
};
