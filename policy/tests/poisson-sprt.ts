// Is a rate high or low? Wald's sequential probability ratio test over counts, one for each span of equal
// length.

import { inside, type SequentialTest } from './sequential-test.ts';
import { type Risks, waldBounds } from './wald.ts';

export interface PoissonSprtParameters extends Risks {
  /** Mean count of a span where nothing is wrong; above 0. */
  readonly rate0: number;
  /** Mean count of a span where something is; above rate0. */
  readonly rate1: number;
}

/** What was counted so far, over how many spans. */
export interface PoissonSprtState {
  count: number;
  spans: number;
}

/**
 * Observes the count of one span after another, whole numbers of 0 or more. Alarms when they speak for
 * `rate1`, clears when they speak for `rate0`, and then begins anew. A span with nothing in it is an
 * observation as well. Throws a RangeError for a parameter out of range.
 */
export const poissonSprt = (parameters: PoissonSprtParameters): SequentialTest<PoissonSprtState> => {
  const name = 'poissonSprt';
  const rate0 = inside(name, 'rate0', parameters.rate0, 0, Infinity);
  const rate1 = inside(name, 'rate1', parameters.rate1, rate0, Infinity);
  const { lower, upper } = waldBounds(name, parameters);
  const perCount = Math.log(rate1 / rate0);
  const perSpan = rate1 - rate0;
  return {
    fresh: () => ({ count: 0, spans: 0 }),
    observe(state, count) {
      if (!(Number.isSafeInteger(count) && count >= 0)) {
        throw new RangeError(`${name}: ${String(count)} was observed; a count is a whole number, 0 or more.`);
      }
      state.count += count;
      state.spans += 1;
      const ratio = state.count * perCount - state.spans * perSpan;
      if (ratio > lower && ratio < upper) return 'continue';
      state.count = 0;
      state.spans = 0;
      return ratio >= upper ? 'alarm' : 'clear';
    },
  };
};
