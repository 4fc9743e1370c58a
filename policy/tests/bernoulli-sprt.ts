// Is a share high or low? Wald's sequential probability ratio test over yes and no, as SPOT (Duan and
// others, INFOCOM 2010) runs it over the content verdicts of one sender's messages.

import { inside, type SequentialTest } from './sequential-test.ts';
import { type Risks, waldBounds } from './wald.ts';

export interface BernoulliSprtParameters extends Risks {
  /** Share of hits among a harmless key's observations; above 0, below 1. */
  readonly theta0: number;
  /** Share of hits among a harmful key's observations; above theta0, below 1. */
  readonly theta1: number;
}

/** Counts rather than a running sum of logarithms: the same observations then decide alike in any order. */
export interface BernoulliSprtState {
  hits: number;
  misses: number;
}

/**
 * Observes hits (`true`) and misses. Alarms when the hits speak for `theta1`, clears when they speak for
 * `theta0`, and then begins anew. With theta 0.2 and 0.9 and both risks 0.01, four hits in a row alarm and
 * three misses clear. Throws a RangeError for a parameter out of range.
 */
export const bernoulliSprt = (
  parameters: BernoulliSprtParameters,
): SequentialTest<BernoulliSprtState, boolean> => {
  const name = 'bernoulliSprt';
  const theta0 = inside(name, 'theta0', parameters.theta0, 0, 1);
  const theta1 = inside(name, 'theta1', parameters.theta1, theta0, 1);
  const { lower, upper } = waldBounds(name, parameters);
  const perHit = Math.log(theta1 / theta0);
  const perMiss = Math.log((1 - theta1) / (1 - theta0));
  return {
    fresh: () => ({ hits: 0, misses: 0 }),
    observe(state, isHit) {
      if (isHit) state.hits += 1;
      else state.misses += 1;
      const ratio = state.hits * perHit + state.misses * perMiss;
      if (ratio > lower && ratio < upper) return 'continue';
      state.hits = 0;
      state.misses = 0;
      return ratio >= upper ? 'alarm' : 'clear';
    },
  };
};
