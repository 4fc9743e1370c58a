// Counting draws, for the tests of chance: seeds are fixed, so a bound of four standard deviations can fail
// only when the code changes.

/** Pearson's statistic of counts that should be equal, as standard deviations from its mean. */
export const unevenness = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return Math.abs(statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
};

/** How often each bin came out of so many draws. */
export const tally = (bins: number, draws: number, bin: (draw: number) => number): number[] => {
  const counts = Array.from({ length: bins }, () => 0);
  for (let draw = 0; draw < draws; draw += 1) counts[bin(draw)]! += 1;
  return counts;
};

export const momentsOf = (draws: number, draw: () => number): { mean: number; variance: number } => {
  let sum = 0;
  let squares = 0;
  for (let count = 0; count < draws; count += 1) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / draws;
  return { mean, variance: squares / draws - mean * mean };
};
