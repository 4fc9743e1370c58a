// Has a share risen? A cumulative sum over yes and no (Reynolds and Stoumbos, Journal of Quality Technology
// 1999): every hit adds, every miss drains a little. It speaks after each message and needs no groups of
// them.

import { from, inside, roundingShare, type SequentialTest } from './sequential-test.ts';

export interface BernoulliCusumParameters {
  /**
   * Share of hits that drains away as fast as it comes; above 0, below 1. Between the share that is in
   * order and the one to be found. One over a whole number (0.05, 0.01) keeps all sums whole.
   */
  readonly reference: number;
  /** Hits in excess of the reference that alarm; above 0. */
  readonly threshold: number;
  /**
   * Where the sum begins, in hits, also after an alarm: 0 (if left out) up to, not including, the
   * threshold.
   */
  readonly headStart?: number;
}

/** The sum, in units of the reference: a miss drains 1. */
export interface BernoulliCusumState {
  level: number;
}

/**
 * Observes hits (`true`) and misses; says `continue` or `alarm`, never `clear`. After an alarm it begins
 * anew. Throws a RangeError for a parameter out of range.
 */
export const bernoulliCusum = (
  parameters: BernoulliCusumParameters,
): SequentialTest<BernoulliCusumState, boolean> => {
  const name = 'bernoulliCusum';
  const perHit = nearlyWhole(1 / inside(name, 'reference', parameters.reference, 0, 1));
  const threshold = inside(name, 'threshold', parameters.threshold, 0, Infinity);
  const headStart = from(name, 'headStart', parameters.headStart ?? 0, 0, threshold);
  const start = perHit * headStart;
  const rise = perHit - 1;
  const reached = perHit * threshold * (1 - roundingShare);
  return {
    fresh: () => ({ level: start }),
    observe(state, isHit) {
      const level = isHit ? state.level + rise : Math.max(0, state.level - 1);
      const isAlarm = level >= reached;
      state.level = isAlarm ? start : level;
      return isAlarm ? 'alarm' : 'continue';
    },
  };
};

/** 1 / 0.07 and the like stay as they are; what only rounding keeps from a whole number becomes one. */
const nearlyWhole = (ratio: number): number =>
  Math.abs(ratio - Math.round(ratio)) < ratio * roundingShare ? Math.round(ratio) : ratio;
