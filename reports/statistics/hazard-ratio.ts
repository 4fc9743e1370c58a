// How many times as fast the runs of one group end as those of another: Cox's (1972) partial likelihood
// with the group as its only variable, ties by Efron (1977) or Breslow (1974). As with the log-rank test,
// for groups of different seeds.

import { type Interval, tailOf, usualLevel } from './interval.ts';
import { jointRisks, type JointRisk } from './log-rank.ts';
import { normalQuantile } from './normal.ts';
import type { Survival } from './survival.ts';

export interface HazardRatio {
  /** Above 1: the first group ends sooner. */
  readonly ratio: number;
  readonly interval: Interval;
  /** The natural logarithm of the ratio, which the interval is symmetric about, and its standard error. */
  readonly log: number;
  readonly standardError: number;
}

/**
 * The ratio of the first group's rate to the second's. Throws a RangeError where no finite ratio is the
 * likeliest, since only runs of one group ended while both were at risk; and as `logRank` does.
 */
export const hazardRatio = (
  one: Survival,
  two: Survival,
  { ties = 'efron', level = usualLevel }: { ties?: 'efron' | 'breslow'; level?: number } = {},
): HazardRatio => {
  const z = -normalQuantile(tailOf('hazardRatio', level));
  const risks = jointRisks('hazardRatio', one, two)
    .filter(({ first, second }) => first.atRisk > 0 && second.atRisk > 0);
  const endsAmong = (group: 'first' | 'second'): boolean => risks.some((risk) => risk[group].ended > 0);
  if (!endsAmong('first') || !endsAmong('second'))
    throw new RangeError('hazardRatio: while both were at risk one group had no end, so no ratio is finite.');
  // Where the score, which falls in the logarithm, passes 0: Newton's step, kept inside what is known of it.
  let [low, high, log] = [-50, 50, 0];
  let information = 0;
  for (let round = 0; round < 200; round += 1) {
    const slope = scoreAt(risks, log, ties);
    information = slope.information;
    if (slope.score > 0) low = log;
    else high = log;
    const next = log + slope.score / information;
    const kept = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(kept - log) <= 1e-14 * Math.max(1, Math.abs(log))) break;
    log = kept;
  }
  const standardError = 1 / Math.sqrt(information);
  const interval = [Math.exp(log - z * standardError), Math.exp(log + z * standardError)] as const;
  return { ratio: Math.exp(log), interval, log, standardError };
};

/** The first and minus the second derivative of the logarithm of the partial likelihood. */
const scoreAt = (
  risks: readonly JointRisk[],
  log: number,
  ties: 'efron' | 'breslow',
): { score: number; information: number } => {
  const times = Math.exp(log);
  let score = 0;
  let information = 0;
  for (const { first, second } of risks) {
    score += first.ended;
    const ended = first.ended + second.ended;
    for (let gone = 0; gone < ended; gone += 1) {
      // Efron: of those who end together, on average gone / ended have left when the next one does.
      const left = ties === 'efron' ? gone / ended : 0;
      const mine = times * (first.atRisk - left * first.ended);
      const share = mine / (mine + second.atRisk - left * second.ended);
      score -= share;
      information += share * (1 - share);
    }
  }
  return { score, information };
};
