// Wilson's score interval (1927) for a share of seeds, such as "listed in 9 of 20". It stays inside 0 to 1
// and keeps its width at 0 of n, where the textbook interval collapses to a point.

/** The 97.5 % point of the normal distribution, for a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/**
 * The 95 % interval of `hits` in `trials`, both as shares. Trials are seeds, which are independent; never use
 * it on messages behind one address, which are not. Throws a RangeError unless 0 <= hits <= trials and trials
 * >= 1.
 */
export const wilson = (hits: number, trials: number): readonly [low: number, high: number] => {
  if (!(trials >= 1 && hits >= 0 && hits <= trials)) {
    throw new RangeError(
      `wilson: ${hits} of ${trials}; hits lie between 0 and trials, and there is at least one trial.`,
    );
  }
  const share = hits / trials;
  const z2 = z95 * z95;
  const middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (z95 / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === trials ? 1 : Math.min(1, middle + half)];
};
