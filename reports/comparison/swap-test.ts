// The chance of a change if it did not matter which side is which: seed by seed the sides are swapped or not,
// by the toss of a coin, and the statistic taken again. Fisher's (1935) randomisation of pairs; Pitman
// (1937). It needs no bell curve, is exact where swapping changes nothing but the names, and cannot call six
// seeds' luck a finding: with fewer than six that differ no chance is below 0.05.

import { drawsOf } from '../statistics/draws.ts';

export interface SwapOptions {
  /** Names the chance, so that a report made twice shows the same figure. */
  readonly seed: string;
  /** `both`: as far or further either way. `above`: as high or higher. */
  readonly tail: 'both' | 'above';
}

/** With so many seeds that differ, or fewer, every way of swapping is counted; with more, drawn. */
const mostCounted = 13;
const rounds = 9_999;
/** Sums of the same numbers in another order may differ by this part of their size. */
const rounding = 1e-9;

/**
 * The chance of such a mean of differences. 1 where all are 0. Where no round reaches it, a bound that holds
 * for any differences (Hoeffding 1963, theorem 2) says how small the chance is at most.
 */
export const swapMean = (differences: readonly number[], { seed, tail }: SwapOptions): number => {
  const sizes = differences.filter((difference) => difference !== 0);
  if (sizes.length === 0) return 1;
  const sum = sizes.reduce((total, size) => total + size, 0);
  const whole = sizes.reduce((total, size) => total + Math.abs(size), 0);
  const least = (tail === 'both' ? Math.abs(sum) : sum) - rounding * whole;
  const reaches = (other: number): boolean => (tail === 'both' ? Math.abs(other) : other) >= least;
  if (sizes.length <= mostCounted) {
    const ways = 1 << sizes.length;
    let reached = 0;
    for (let way = 0; way < ways; way += 1) {
      let other = 0;
      for (let bit = 0; bit < sizes.length; bit += 1) other += way & (1 << bit) ? sizes[bit]! : -sizes[bit]!;
      if (reaches(other)) reached += 1;
    }
    return reached / ways;
  }
  const draw = drawsOf(`swap ${seed}`);
  // Thirty-two coins a number.
  const coins = new Uint32Array(Math.ceil(sizes.length / 32));
  let reached = 0;
  for (let round = 0; round < rounds; round += 1) {
    draw(coins, 4_294_967_296);
    let other = 0;
    for (let index = 0; index < sizes.length; index += 1)
      other += (coins[index >>> 5]! >>> (index & 31)) & 1 ? sizes[index]! : -sizes[index]!;
    if (reaches(other)) reached += 1;
  }
  const drawn = (1 + reached) / (1 + rounds);
  if (tail === 'above' && sum <= 0) return drawn;
  const squares = sizes.reduce((total, size) => total + size * size, 0);
  return Math.min(drawn, (tail === 'both' ? 2 : 1) * Math.exp((-sum * sum) / (2 * squares)));
};
