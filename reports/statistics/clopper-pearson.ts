// The interval of Clopper and Pearson (1934) for a share of seeds: never holds the truth less often than it
// says, at the price of being wider than Wilson's. For claims such as "not once in 50 seeds".

import { bisect } from './bisect.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { type Interval, tailOf, usualLevel } from './interval.ts';
import { checkCounts } from './wilson.ts';

/**
 * The interval of `hits` in `trials`, both as shares of seeds. Throws a RangeError unless both are whole,
 * 0 <= hits <= trials and trials >= 1.
 */
export const clopperPearson = (hits: number, trials: number, level = usualLevel): Interval => {
  checkCounts('clopperPearson', hits, trials);
  const tail = tailOf('clopperPearson', level);
  return [lowest(hits, trials, tail), 1 - lowest(trials - hits, trials, tail)];
};

/** The share at which so many hits or more come up with chance `tail`. */
const lowest = (hits: number, trials: number, tail: number): number => {
  if (hits === 0) return 0;
  // All of n: the share whose n-th power is the tail.
  if (hits === trials) return Math.exp(Math.log(tail) / trials);
  return bisect((share) => incompleteBeta(share, hits, trials - hits + 1), tail, 0, 1);
};
