// McNemar's test (1947) of paired yes-or-no outcomes, such as "listed" under the baseline and the
// candidate on the same seeds. Only seeds where the two differ tell anything. Exact, by the binomial
// distribution.

import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The two-sided p value, given the seeds with a yes under one side alone and under the other alone. No such
 * seeds at all: 1. Throws a RangeError unless both are whole, 0 or more.
 */
export const mcnemar = (onlyOne: number, onlyTwo: number): number => {
  if (!(Number.isSafeInteger(onlyOne) && onlyOne >= 0 && Number.isSafeInteger(onlyTwo) && onlyTwo >= 0))
    throw new RangeError(`mcnemar: ${onlyOne} and ${onlyTwo}; both are whole, 0 or more.`);
  if (onlyOne === onlyTwo) return 1;
  const [less, more] = [Math.min(onlyOne, onlyTwo), Math.max(onlyOne, onlyTwo)];
  // So few or fewer of all by the toss of a coin; Abramowitz and Stegun (1964), 26.5.24.
  return Math.min(1, 2 * incompleteBeta(0.5, more, less + 1));
};
