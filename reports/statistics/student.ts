// Student's t distribution (1908), from the incomplete beta function.

import { bisect } from './bisect.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The share further than `t` from the middle, on both sides: a two-sided p value; Abramowitz and Stegun
 * (1964), 26.7.1 and 26.5.27. `freedom` is the degrees of freedom, 1 or more.
 */
export const studentBeyond = (t: number, freedom: number): number => {
  if (!(freedom >= 1) || Number.isNaN(t))
    throw new RangeError(`studentBeyond: t is ${t} with ${freedom} degrees of freedom; they are 1 or more.`);
  return t === 0 ? 1 : incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
};

/** The t further out than which, on both sides, lies a share `tails`, above 0 and below 1. */
export const studentOutside = (tails: number, freedom: number): number => {
  if (!(tails > 0 && tails < 1))
    throw new RangeError(`studentOutside: tails is ${tails}; it lies between 0 and 1.`);
  let high = 1;
  while (studentBeyond(high, freedom) > tails) high *= 2;
  return bisect((t) => -studentBeyond(t, freedom), -tails, 0, high);
};
