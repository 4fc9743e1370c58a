// Has a level shifted? Page's cumulative sum (Biometrika 1954): deviations add up, what is within the
// reference drains away, and a sum that reaches the threshold alarms. It sees small lasting shifts soonest.

import {
  finite, from, inside, roundingShare, type SequentialTest, type Sides, sidesOf,
} from './sequential-test.ts';

export interface CusumParameters {
  /**
   * Slack: how far each observation may deviate for nothing, in the observations' unit; 0 or more. Half the
   * shift that is to be found soonest.
   */
  readonly reference: number;
  /** A sum that reaches this alarms; above 0, in the observations' unit. */
  readonly threshold: number;
  /** Whether rises alarm, falls, or both. */
  readonly sides: Sides;
  /**
   * Where the sums begin, also after an alarm: 0 (if left out) up to, not including, the threshold. Half
   * the threshold is Lucas and Crosier's fast initial response (Technometrics 1982): a process that starts
   * out wrong alarms sooner.
   */
  readonly headStart?: number;
  /**
   * The level that is in order; 0 if left out, as for observations in standard deviations from their mean.
   */
  readonly target?: number;
}

/** The two sums; the one of a side that is not watched stays 0. */
export interface CusumState {
  upper: number;
  lower: number;
}

/**
 * Observes finite numbers; says `continue` or `alarm`, never `clear`. After an alarm both sums begin anew.
 * Throws a RangeError for a parameter out of range.
 */
export const cusum = (parameters: CusumParameters): SequentialTest<CusumState> => {
  const name = 'cusum';
  const reference = from(name, 'reference', parameters.reference, 0, Infinity);
  const threshold = inside(name, 'threshold', parameters.threshold, 0, Infinity);
  const headStart = from(name, 'headStart', parameters.headStart ?? 0, 0, threshold);
  const target = levelInOrder(parameters.target ?? 0);
  const sides = sidesOf(name, parameters.sides);
  const watchesRises = sides !== 'lower';
  const watchesFalls = sides !== 'upper';
  const upperStart = watchesRises ? headStart : 0;
  const lowerStart = watchesFalls ? headStart : 0;
  const reached = threshold * (1 - roundingShare);
  return {
    fresh: () => ({ upper: upperStart, lower: lowerStart }),
    observe(state, x) {
      const deviation = finite(name, x) - target;
      const upper = watchesRises ? Math.max(0, state.upper + (deviation - reference)) : 0;
      const lower = watchesFalls ? Math.max(0, state.lower - (deviation + reference)) : 0;
      const isAlarm = upper >= reached || lower >= reached;
      state.upper = isAlarm ? upperStart : upper;
      state.lower = isAlarm ? lowerStart : lower;
      return isAlarm ? 'alarm' : 'continue';
    },
  };
};

const levelInOrder = (target: number): number => {
  if (Number.isFinite(target)) return target;
  throw new RangeError(`cusum: target is ${target}; it is a finite number.`);
};
