// The regularised incomplete gamma function. The normal, chi-squared and Poisson distributions are cases
// of it: exact to about 13 digits, far tails included, which simple-statistics' error function (7 digits)
// is not.

import { gammaln } from 'simple-statistics';

/** A bound no argument up to 10^8 comes near: terms are added until one no longer counts. */
const mostTerms = 100_000;
const negligible = 1e-16;
/** Stands for a denominator of 0 in Lentz's method, as he proposed. */
const tiny = 1e-300;

export interface GammaShares {
  /** P(a, x): the share of a gamma distribution of shape `a` up to `x`. */
  readonly below: number;
  /** Q(a, x), the rest, computed so that it keeps its digits where it is small. */
  readonly above: number;
}

/** Both shares for `a` > 0 and `x` >= 0. Throws a RangeError otherwise. */
export const incompleteGamma = (a: number, x: number): GammaShares => {
  if (!(a > 0 && a < Infinity && x >= 0))
    throw new RangeError(`incompleteGamma: a is ${a}, x is ${x}; a is above 0, x is 0 or more.`);
  if (x === 0) return { below: 0, above: 1 };
  if (x === Infinity) return { below: 1, above: 0 };
  const front = Math.exp(a * Math.log(x) - x - gammaln(a));
  if (x < a + 1) {
    const below = Math.min(1, front * series(a, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, front * fraction(a, x));
  return { below: 1 - above, above };
};

/** NIST Digital Library of Mathematical Functions, 8.11.4: sum of x^k / (a (a+1) ... (a+k)). */
const series = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < mostTerms; k += 1) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * negligible) break;
  }
  return sum;
};

/**
 * The same, 8.9.2 contracted to its even part, by Lentz's method as Thompson and Barnett (1986) changed
 * it.
 */
const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / (b === 0 ? tiny : b);
  let product = d;
  for (let k = 1; k < mostTerms; k += 1) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (b + numerator * d || tiny);
    c = b + numerator / c || tiny;
    product *= c * d;
    if (Math.abs(c * d - 1) < 4 * negligible) break;
  }
  return product;
};
