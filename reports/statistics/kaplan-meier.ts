// The Kaplan-Meier (1958) product-limit curve: the share of runs in which a thing has not happened yet, as
// time goes on, when some runs ended before it did. Needed since a mean over the runs where it happened would
// hide the others.

import { tailOf, usualLevel } from './interval.ts';
import { normalQuantile } from './normal.ts';
import { type Risk, riskTable } from './survival.ts';
import { type Scale, survivalInterval } from './survival-interval.ts';

/** A fall of the curve. Before the first step the curve stands at 1. */
export interface Step extends Risk {
  /** Share not ended after this time, 0 to 1. */
  readonly surviving: number;
  /** By Greenwood's (1926) formula; 0 where nobody survives, for which the formula says nothing. */
  readonly standardError: number;
  /** Interval of `surviving`. Where nobody survives: from 0 to the upper end of the step before, or to 1. */
  readonly low: number;
  readonly high: number;
}

export interface Curve {
  /**
   * In order of time; none where no end was seen: the curve then stays at 1, and Greenwood has no
   * interval.
   */
  readonly steps: readonly Step[];
  /** How many runs, and until when the last of them was watched (0 if there are none). */
  readonly runs: number;
  readonly until: number;
  /** When each censored run was last seen, in order: the ticks on a chart. */
  readonly censored: readonly number[];
}

export interface CurveOptions {
  /** Level of the interval at each single time, not of a band around the whole curve; 0.95 unless given. */
  readonly level?: number;
  readonly scale?: Scale;
}

/**
 * The curve of runs that lasted `durations`, of which those `observed` were seen to end; where `entries` is
 * given, each was watched only after that time. Late entry has a known weakness: if the first few at risk all
 * end before others enter, the curve stays at 0. Throws a RangeError as `riskTable` does.
 */
export const kaplanMeier = (
  durations: readonly number[],
  observed: readonly boolean[],
  entries?: readonly number[],
  { level = usualLevel, scale = 'log-log' }: CurveOptions = {},
): Curve => {
  const z = -normalQuantile(tailOf('kaplanMeier', level));
  const table = riskTable({ durations, observed, ...(entries !== undefined && { entries }) });
  let surviving = 1;
  let greenwood = 0;
  let upper = 1;
  const steps = table.map((risk): Step => {
    const { atRisk, ended } = risk;
    surviving *= (atRisk - ended) / atRisk;
    if (surviving === 0) return { ...risk, surviving, standardError: 0, low: 0, high: upper };
    greenwood += ended / (atRisk * (atRisk - ended));
    const standardError = surviving * Math.sqrt(greenwood);
    const [low, high] = survivalInterval(surviving, standardError, z, scale);
    upper = high;
    return { ...risk, surviving, standardError, low, high };
  });
  return {
    steps,
    runs: durations.length,
    until: durations.reduce((last, duration) => Math.max(last, duration), 0),
    censored: durations.filter((_, index) => !observed[index]).toSorted((one, two) => one - two),
  };
};

/** The share not ended after `time`; 1 before the first end. Throws a RangeError where no run tells. */
export const survivingAt = ({ steps, until }: Curve, time: number): number => {
  const last = steps.findLast((step) => step.time <= time);
  const surviving = last === undefined ? 1 : last.surviving;
  if (!(time >= 0) || (time > until && surviving > 0))
    throw new RangeError(`survivingAt: asked for ${time}, but the runs were watched from 0 to ${until}.`);
  return surviving;
};
