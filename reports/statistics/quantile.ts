// The sample quantile, type 7 of Hyndman and Fan (1996): linear between order statistics, what R and NumPy do
// unless told otherwise. Infinity is a value here: "never" is later than any time, and a quantile that leans
// on it is itself never.

/**
 * The `p`-quantile of a sample, `p` from 0 to 1. Values need not be sorted and may be Infinity; between a
 * finite value and Infinity the answer is Infinity. Throws a RangeError for an empty sample, for `p` out of
 * range or a NaN inside.
 */
export const quantile = (sample: readonly number[], p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: p is ${p}; it is a share from 0 to 1.`);
  if (sample.some(Number.isNaN))
    throw new RangeError('quantile: a value is not a number. Leave it out and count it.');
  if (sample.length === 0) throw new RangeError('quantile: an empty sample has none. Say "no data".');
  return quantileOfSorted(
    sample.toSorted((one, two) => (one < two ? -1 : one > two ? 1 : 0)),
    p,
  );
};

/** The same of values known to rise, of which there is at least one; for callers that ask for several. */
export const quantileOfSorted = (sorted: ArrayLike<number>, p: number): number => {
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  // Infinity minus Infinity, and 0 times Infinity, are not numbers: where the two are alike there is nothing
  // between.
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
};
