// What it costs to look early: adding seeds until a difference "shows" finds one far more often than the
// level says. Armitage, McPherson and Rowe, Repeated Significance Tests on Accumulating Data (1969), by
// integrating the same recursion.

import { tailOf, usualLevel } from './interval.ts';
import { normalQuantile } from './normal.ts';

/** Grid points from one bound to the other; even. At 400 the error is below 1e-8 up to 10 looks. */
const intervals = 400;

/**
 * The chance that a difference of nothing is called one at some of `looks` equally spaced looks, each at the
 * full `level`. Throws a RangeError unless `looks` is whole, 1 to 100.
 */
export const peekingError = (looks: number, level = usualLevel): number => {
  if (!(Number.isInteger(looks) && looks >= 1 && looks <= 100))
    throw new RangeError(`peekingError: looks is ${looks}; it is whole, 1 to 100.`);
  const z = -normalQuantile(tailOf('peekingError', level));
  // Density of the sum of so many normal differences, on the paths that no look has stopped.
  let bound = z;
  let density = grid(bound).map(normalDensity);
  for (let look = 2; look <= looks; look += 1) {
    const from = grid(bound);
    const weighted = density.map((value, index) => value * simpson(index, bound));
    bound = z * Math.sqrt(look);
    density = grid(bound).map((sum) =>
      weighted.reduce((total, value, index) => total + value * normalDensity(sum - from[index]!), 0),
    );
  }
  return 1 - density.reduce((total, value, index) => total + value * simpson(index, bound), 0);
};

const grid = (bound: number): number[] =>
  Array.from({ length: intervals + 1 }, (_, index) => bound * ((2 * index) / intervals - 1));

/** Simpson's weights: 1, 4, 2, ... 4, 1 thirds of a step. */
const simpson = (index: number, bound: number): number =>
  (((index === 0 || index === intervals ? 1 : index % 2 === 1 ? 4 : 2) / 3) * 2 * bound) / intervals;

const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
