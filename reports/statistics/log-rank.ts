// The log-rank test (Mantel 1966) of whether two groups of runs end at the same rate, and its weighted kin.
// For groups of different seeds. On paired seeds it ignores the pairing, so it finds less than is there:
// compare those seed by seed.

import { normalBeyond } from './normal.ts';
import { type Risk, riskTable, type Survival } from './survival.ts';

/**
 * What an instant counts: `log-rank` all alike; `gehan` by the runs at risk (1965), `tarone-ware` by their
 * root (1977), `peto-prentice` by a survival estimate just after it (Prentice 1978) and
 * `fleming-harrington` by Kaplan and Meier's just before it (1982, rho = 1): these four heed early ends
 * more.
 */
export type Weights = 'log-rank' | 'gehan' | 'tarone-ware' | 'peto-prentice' | 'fleming-harrington';

export interface LogRank {
  /** Ends seen in each group, and expected if both ended alike; weighted as asked. */
  readonly observed: readonly [number, number];
  readonly expected: readonly [number, number];
  /** Of the difference observed - expected, by the hypergeometric distribution. */
  readonly variance: number;
  /** On one degree of freedom; 0 where nothing could differ (variance 0), `p` then being 1. */
  readonly chiSquared: number;
  readonly p: number;
}

/** Throws a RangeError where a group is empty, and as `riskTable` does. */
export const logRank = (one: Survival, two: Survival, weights: Weights = 'log-rank'): LogRank => {
  const observed: [number, number] = [0, 0];
  const expected: [number, number] = [0, 0];
  let variance = 0;
  let before = 1;
  let after = 1;
  for (const { first, second } of jointRisks('logRank', one, two)) {
    const atRisk = first.atRisk + second.atRisk;
    const ended = first.ended + second.ended;
    after *= 1 - ended / (atRisk + 1);
    const weight = weightOf(weights, atRisk, before, after);
    before *= 1 - ended / atRisk;
    observed[0] += weight * first.ended;
    observed[1] += weight * second.ended;
    expected[0] += (weight * ended * first.atRisk) / atRisk;
    expected[1] += (weight * ended * second.atRisk) / atRisk;
    if (atRisk > 1)
      variance +=
        (weight * weight * ended * (atRisk - ended) * first.atRisk * second.atRisk) /
        (atRisk * atRisk * (atRisk - 1));
  }
  const difference = observed[0] - expected[0];
  const chiSquared = variance > 0 ? (difference * difference) / variance : 0;
  return { observed, expected, variance, chiSquared, p: normalBeyond(Math.sqrt(chiSquared)) };
};

const weightOf = (weights: Weights, atRisk: number, before: number, after: number): number => {
  switch (weights) {
    case 'log-rank':
      return 1;
    case 'gehan':
      return atRisk;
    case 'tarone-ware':
      return Math.sqrt(atRisk);
    case 'peto-prentice':
      return after;
    case 'fleming-harrington':
      return before;
    default:
      return weights satisfies never;
  }
};

export interface JointRisk {
  readonly first: Risk;
  readonly second: Risk;
}

/** Two groups at each instant at which either had an end. Throws a RangeError where a group is empty. */
export const jointRisks = (what: string, one: Survival, two: Survival): readonly JointRisk[] => {
  if (one.durations.length === 0 || two.durations.length === 0)
    throw new RangeError(`${what}: a group is empty, so there is nothing to compare. Say "no data".`);
  const times = [...riskTable(one), ...riskTable(two)].map(({ time }) => time);
  const instants = [...new Set(times)].toSorted((a, b) => a - b);
  return instants.map((time) => ({ first: riskAt(one, time), second: riskAt(two, time) }));
};

const riskAt = ({ durations, observed, entries }: Survival, time: number): Risk => {
  let atRisk = 0;
  let ended = 0;
  durations.forEach((duration, index) => {
    if (duration >= time && (entries === undefined || entries[index]! < time)) atRisk += 1;
    if (duration === time && observed[index]) ended += 1;
  });
  return { time, atRisk, ended };
};
