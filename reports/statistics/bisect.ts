// The point where a rising function reaches a value, by halving: as many steps as a double has bits to
// settle, and nothing that could run away. Quantiles of distributions are found with it.

/**
 * The x between `low` and `high` where `rising(x)` first reaches `target`; `low` or `high` itself where that
 * happens outside. `rising` never falls.
 */
export const bisect = (
  rising: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number => {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
};
