// The change of one statistic between the sides, with its interval and the chance that it is none. The unit
// is the seed: a pair is one seed under both sides.

import type { Better } from '../metrics.ts';
import { bootstrapBca } from '../statistics/bootstrap-bca.ts';
import type { Duration } from '../statistics/censored-quantile.ts';
import { wilcoxonSignedRank } from '../statistics/wilcoxon-signed-rank.ts';
import type { Statistic } from './comparison.ts';
import { meanOf, meanScores, quantileScores, statisticOn } from './scores.ts';
import { swapMean } from './swap-test.ts';

export interface Change {
  readonly horizon: number | null;
  /** The statistic of each side, restricted to the horizon, and candidate minus baseline. */
  readonly baseline: number;
  readonly candidate: number;
  readonly change: number;
  /** Of 95 %; null of a single pair. */
  readonly interval: readonly [low: number, high: number] | null;
  /**
   * Chance of a change as far from 0, either way; null of a single pair. And of a worsening as large as this
   * if the true one were just `margin`, in the way that is worse.
   */
  readonly p: number | null;
  readonly beyond: (margin: number) => number;
  /** The same of a change as far on this side of the margin. */
  readonly within: (margin: number) => number;
  /** By how much the pair that fared worst is worse; below 0 where none is. */
  readonly mostWorse: number;
}

/**
 * Both sides of each pair, of which there is at least one. `name` names the chance. Where no pair differs the
 * interval is 0 to 0: nothing else was seen.
 */
export const changeOf = (
  baseline: readonly Duration[],
  candidate: readonly Duration[],
  { statistic, better, name }: {
    readonly statistic: Statistic; readonly better: Better; readonly name: string;
  },
): Change => {
  const isMean = statistic === 'mean';
  const scores = isMean ? meanScores(baseline, candidate) : quantileScores(baseline, candidate);
  const one = scores.baseline;
  const two = scores.candidate;
  const statisticOf = (values: readonly number[]): number => statisticOn(statistic, values, better);
  const differences = two.map((value, index) => value - one[index]!);
  const [before, after] = [statisticOf(one), statisticOf(two)];
  const change = isMean ? meanOf(differences) : after - before;
  const isSingle = one.length < 2;
  const worse = better === 'high' ? -1 : 1;
  return {
    horizon: scores.horizon,
    baseline: before,
    candidate: after,
    change,
    interval: isSingle ? null : intervalOf(),
    p: isSingle ? null : chanceOf(differences, 'both'),
    beyond: (margin) => chanceOf(differences.map((difference) => worse * difference - margin), 'above'),
    within: (margin) => chanceOf(differences.map((difference) => margin - worse * difference), 'above'),
    mostWorse: Math.max(...differences.map((difference) => worse * difference)),
  };

  /**
   * Of a mean by swapping the sides; of a quantile, which hangs on a few seeds, by the ranks of all
   * differences (Wilcoxon): both ask whether it matters which side is which, and the interval, where it lies.
   */
  function chanceOf(of: readonly number[], tail: 'both' | 'above'): number {
    if (isMean) return swapMean(of, { seed: name, tail });
    const { p, plus, minus } = wilcoxonSignedRank(of);
    return tail === 'both' ? p : plus > minus ? p / 2 : 1 - p / 2;
  }

  function intervalOf(): readonly [number, number] {
    if (differences.every((difference) => difference === 0)) return [0, 0];
    if (isMean) return bootstrapBca(differences, meanOf, { seed: name }).interval;
    const pairs = one.map((value, index) => [value, two[index]!] as const);
    const [drawnOne, drawnTwo] = [one.slice(), two.slice()];
    const ofPairs = (drawn: readonly (readonly [number, number])[]): number => {
      drawnOne.length = drawnTwo.length = drawn.length;
      for (let index = 0; index < drawn.length; index += 1)
        [drawnOne[index], drawnTwo[index]] = drawn[index]!;
      return statisticOf(drawnTwo) - statisticOf(drawnOne);
    };
    return bootstrapBca(pairs, ofPairs, { seed: name }).interval;
  }
};
