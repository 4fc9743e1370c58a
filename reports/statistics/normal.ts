// The standard normal distribution, to about 13 digits and into its tails.

import { bisect } from './bisect.ts';
import { incompleteGamma } from './incomplete-gamma.ts';

/** The share of the distribution up to `z`; Abramowitz and Stegun (1964), 26.2.1 and 6.5.17. */
export const normalShare = (z: number): number => {
  if (Number.isNaN(z)) throw new RangeError('normalShare: z is not a number.');
  const { below, above } = incompleteGamma(0.5, (z * z) / 2);
  return z < 0 ? above / 2 : 0.5 + below / 2;
};

/**
 * The share further than `z` from the middle, on both sides: a two-sided p value. `z` may have either
 * sign.
 */
export const normalBeyond = (z: number): number => incompleteGamma(0.5, (z * z) / 2).above;

/** No double lies further out: beyond this the share of a tail is 0. */
const furthest = 40;

/** The z up to which a share `p` of the distribution lies, `p` from 0 to 1; infinite at its ends. */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile: p is ${p}; it is a share from 0 to 1.`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  // In the lower half, where a share keeps its digits.
  if (p > 0.5) return -normalQuantile(1 - p);
  return bisect(normalShare, p, -furthest, 0);
};
