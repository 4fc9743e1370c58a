// The jackknife (Quenouille 1949, Tukey 1958): a statistic recomputed with each seed left out in turn. Shows
// which one seed carries a finding, and how lopsided the statistic is.

export interface Jackknife {
  /** The statistic without the first, the second, ... of the sample. */
  readonly estimates: readonly number[];
  readonly standardError: number;
  /** Efron's (1987) acceleration: how its error changes with its value; 0 where no seed matters. */
  readonly acceleration: number;
}

/**
 * Throws a RangeError for a sample of fewer than two, and for a statistic that is not finite without one of
 * them, such as a median that is "never".
 */
export const jackknife = <Item>(
  sample: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
): Jackknife => {
  const { length } = sample;
  if (length < 2) throw new RangeError(`jackknife: a sample of ${length}; it takes two or more.`);
  const rest = sample.slice(1);
  const estimates = sample.map((_, left) => {
    // The place of the one before, now wanted again, is taken from the one left out.
    if (left > 0) rest[left - 1] = sample[left - 1]!;
    return finite('jackknife', statistic(rest));
  });
  // Sums of numbers that are all alike need not come out exactly alike.
  if (estimates.every((estimate) => estimate === estimates[0]))
    return { estimates, standardError: 0, acceleration: 0 };
  const middle = estimates.reduce((sum, estimate) => sum + estimate, 0) / length;
  let squares = 0;
  let cubes = 0;
  for (const estimate of estimates) {
    const short = middle - estimate;
    squares += short * short;
    cubes += short * short * short;
  }
  return {
    estimates,
    standardError: Math.sqrt((squares * (length - 1)) / length),
    acceleration: squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares)),
  };
};

/** The value a statistic gave, if it is a number one can reckon with. */
export const finite = (what: string, value: number): number => {
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `${what}: the statistic is ${value} on part of the sample. Choose one that is finite on every part, ` +
      'such as a restricted mean where a median may be "never".',
  );
};
