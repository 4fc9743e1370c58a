// Arithmetic that gives the same bits on every Node version we run on. JavaScript leaves the last bit of most
// of Math to the engine, and one bit is enough to move an event by a millisecond and part two runs for good.
//
// Math.pow and ** are not safe: over a million inputs Node 20.20 and 24.21 differ. Math.log, exp, log1p,
// expm1, log2, log10, cbrt, hypot, sin, cos, tan and atan2 agreed in every bit over a million inputs each, in
// V8's interpreter as in its compiled code; sqrt is exact by IEEE 754. test/sim/samplers.test.ts holds those
// that runs rest on to recorded bits. Beware of packages that draw from distributions: they may use Math.pow.

/**
 * `base` to the `exponent`, for a base of 0 or more: the same on every Node, off by less than 1e-13 of itself
 * for results from 1e-100 to 1e100. Throws a RangeError for a negative base.
 */
export const power = (base: number, exponent: number): number => {
  if (base > 0) return Math.exp(exponent * Math.log(base));
  if (base === 0) return exponent > 0 ? 0 : exponent === 0 ? 1 : Infinity;
  throw new RangeError(`sim: power of ${base}; a base is 0 or more.`);
};

/**
 * An exponential draw of mean 1 from one uniform number in [0, 1), by inversion: one number in, so streams
 * stay in step.
 */
export const exponentialFrom = (uniform: number): number => -Math.log(1 - uniform);

/** A Pareto draw: 1 or more, larger than x with chance x to the minus `shape`; `shape` is above 0. */
export const paretoFrom = (uniform: number, shape: number): number =>
  Math.exp(exponentialFrom(uniform) / shape);
