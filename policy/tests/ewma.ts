// Is a level off? An exponentially weighted moving average (Roberts, Technometrics 1959): each observation
// counts, the older the less, and an average outside its limits alarms.

import { finite, inside, type SequentialTest, type Sides, sidesOf } from './sequential-test.ts';

export interface EwmaParameters {
  /** Weight of the newest observation; above 0, at most 1. With 1 there is no memory (a Shewhart chart). */
  readonly lambda: number;
  /** How many standard deviations of the average its limits lie from 0; above 0. */
  readonly width: number;
  /** Whether rises alarm, falls, or both. */
  readonly sides: Sides;
}

/** The average so far, in standard deviations of an observation. */
export interface EwmaState {
  level: number;
}

/**
 * Observes finite numbers: deviations from what is in order, in standard deviations. Says `continue` or
 * `alarm`, never `clear`; after an alarm it begins anew. The limits are those of a long run, width *
 * sqrt(lambda / (2 - lambda)), from the first observation on (Lucas and Saccucci, Technometrics 1990).
 * Throws a RangeError for a parameter out of range.
 */
export const ewma = (parameters: EwmaParameters): SequentialTest<EwmaState> => {
  const name = 'ewma';
  const lambda = weight(parameters.lambda);
  const width = inside(name, 'width', parameters.width, 0, Infinity);
  const sides = sidesOf(name, parameters.sides);
  const limit = width * Math.sqrt(lambda / (2 - lambda));
  const highest = sides === 'lower' ? Infinity : limit;
  const lowest = sides === 'upper' ? -Infinity : -limit;
  return {
    fresh: () => ({ level: 0 }),
    observe(state, x) {
      const level = state.level + lambda * (finite(name, x) - state.level);
      const isAlarm = level >= highest || level <= lowest;
      // The sum with 0 turns -0, which JSON does not keep, into 0.
      state.level = isAlarm ? 0 : level + 0;
      return isAlarm ? 'alarm' : 'continue';
    },
  };
};

const weight = (lambda: number): number => {
  if (typeof lambda === 'number' && lambda > 0 && lambda <= 1) return lambda;
  throw new RangeError(`ewma: lambda is ${lambda}; it is a number above 0, at most 1.`);
};
