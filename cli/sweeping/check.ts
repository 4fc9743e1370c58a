// What a search's winner is worth: the policy as it is and the winner on the same fresh seeds, and their
// difference seed by seed, each with an interval.

import { quantity, type Unit } from '../../reports/format.ts';
import { bootstrapBca } from '../../reports/statistics/bootstrap-bca.ts';

export interface CheckedFigure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Checked {
  readonly defaults: CheckedFigure;
  readonly found: CheckedFigure;
  /** Found less defaults, on the same luck: below 0 is better. */
  readonly difference: CheckedFigure;
  readonly verdict: 'better' | 'worse' | 'inconclusive';
}

/**
 * Two lists by the same seeds; null where a run failed. Seeds to which the objective does not apply, in
 * either list, are left out of both; null as well where fewer than two are left.
 */
export const checkOf = (
  allDefaults: readonly (number | null)[], allFound: readonly (number | null)[],
): Checked | null => {
  const both = allDefaults.flatMap((one, index) => {
    const other = allFound[index] ?? null;
    return one === null || other === null ? [] : [[one, other] as const];
  });
  if (both.length < 2 || both.flat().some((value) => !Number.isFinite(value))) return null;
  const defaults = both.map(([one]) => one);
  const found = both.map(([, other]) => other);
  const difference = figureOf(found.map((value, index) => value - defaults[index]!), 'difference');
  const verdict = difference.high < 0 ? 'better' : difference.low > 0 ? 'worse' : 'inconclusive';
  return { defaults: figureOf(defaults, 'defaults'), found: figureOf(found, 'found'), difference, verdict };
};

const figureOf = (values: readonly number[], name: string): CheckedFigure => {
  const { estimate, interval: [low, high] } = bootstrapBca(values, meanOf, { seed: `tune ${name}` });
  return { mean: estimate, low, high };
};

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const verdicts = {
  better: 'better',
  worse: 'worse: what the search found was luck',
  inconclusive: 'no difference that so many seeds can tell from luck',
} as const;

export const checkText = (check: Checked | null, unit: Unit): readonly string[] => {
  const say = (value: number): string => quantity(value, unit);
  if (check === null)
    return ['  a run of the check failed, or has no such figure, so nothing is known; sweep.log says which'];
  const row = (name: string, { mean, low, high }: CheckedFigure): string =>
    `  ${name.padEnd(12)}${say(mean).padStart(10)}   (${say(low)} to ${say(high)})`;
  return [
    row('as it comes', check.defaults),
    row('found', check.found),
    `${row('difference', check.difference)}: ${verdicts[check.verdict]}`,
  ];
};
