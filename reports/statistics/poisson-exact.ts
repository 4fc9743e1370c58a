// Garwood's (1936) exact interval for the mean of a Poisson count, such as listings in one period. Only for
// things that befall the platform independently of one another; relapses after a delisting are not.

import { bisect } from './bisect.ts';
import { incompleteGamma } from './incomplete-gamma.ts';
import { type Interval, tailOf, usualLevel } from './interval.ts';

/** The interval of the mean, given the count seen. Throws a RangeError unless `count` is whole, 0 or more. */
export const poissonExact = (count: number, level = usualLevel): Interval => {
  if (!(Number.isSafeInteger(count) && count >= 0))
    throw new RangeError(`poissonExact: count is ${count}; it is whole, 0 or more.`);
  const tail = tailOf('poissonExact', level);
  const least = count === 0 ? 0 : bisect((mean) => incompleteGamma(count, mean).below, tail, 0, count);
  let beyond = count + 1;
  while (incompleteGamma(count + 1, beyond).above > tail) beyond *= 2;
  return [least, bisect((mean) => -incompleteGamma(count + 1, mean).above, -tail, 0, beyond)];
};
