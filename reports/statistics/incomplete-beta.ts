// The regularised incomplete beta function I_x(a, b). The binomial and Student's t distribution are cases of
// it. simple-statistics has none.

import { gammaln } from 'simple-statistics';

/** A bound no shapes up to 10^8 come near: steps are taken until one no longer counts. */
const mostSteps = 100_000;
const negligible = 4e-16;
/** Stands for a denominator of 0 in Lentz's method, as he proposed. */
const tiny = 1e-300;

/**
 * The share of a beta distribution of shapes `a` and `b` (both above 0) up to `x` (0 to 1). Throws a
 * RangeError otherwise.
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && x >= 0 && x <= 1))
    throw new RangeError(`incompleteBeta: x is ${x}, a is ${a}, b is ${b}; x is 0 to 1, a and b above 0.`);
  if (x === 0 || x === 1) return x;
  const front = Math.exp(
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  // The fraction converges fast up to about the mean; beyond it, from the other side.
  if (x <= (a + 1) / (a + b + 2)) return Math.min(1, (front * fraction(x, a, b)) / a);
  return Math.max(0, 1 - (front * fraction(1 - x, b, a)) / b);
};

/**
 * The continued fraction of NIST's Digital Library of Mathematical Functions, 8.17.22, by Lentz's method as
 * Thompson and Barnett (1986) changed it; two of its steps a turn.
 */
const fraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let product = d;
  for (let m = 1; m < mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    product *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    product *= c * d;
    if (Math.abs(c * d - 1) < negligible) break;
  }
  return product;
};
