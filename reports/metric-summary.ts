// One metric over all seeds: quantiles that respect censoring, the worst seed, and how many seeds had nothing
// to say.

import { mean } from 'simple-statistics';
import type { MetricName, SeedResult } from '../sim/index.ts';
import { type Finding, none } from './finding.ts';
import { isOverUnseen, metricFacts, type MetricFacts } from './metrics.ts';
import { censoredQuantile, type Duration, orNever } from './statistics/censored-quantile.ts';

/** A seed's own value. */
export interface SeedValue {
  readonly seed: string;
  readonly value: number;
  /** False: it lasted at least this long (right-censored). */
  readonly observed: boolean;
}

export interface MetricSummary extends MetricFacts {
  /** Seeds to which the metric applies, censored ones among them. */
  readonly seeds: number;
  /** Of those, seeds in which the thing was not seen to its end. */
  readonly censored: number;
  /** Seeds to which it does not apply, such as a time to delist where nothing was listed. */
  readonly withoutData: number;
  readonly p50: Finding;
  readonly p95: Finding;
  /** `never` where any seed is censored, `atLeast` then being the mean if all had ended when last seen. */
  readonly mean: Finding;
  /** The seed that came off worst, by the metric's better direction; undefined without data. */
  readonly worst: SeedValue | undefined;
  readonly values: readonly SeedValue[];
}

export const summariseMetric = (
  name: MetricName, seeds: readonly Pick<SeedResult, 'seed' | 'metrics'>[],
): MetricSummary => {
  const facts = metricFacts(name);
  const values: SeedValue[] = [];
  for (const { seed, metrics } of seeds) {
    const { value, observed } = metrics[name];
    if (value !== null) values.push({ seed, value, observed });
  }
  const censored = values.filter((value) => !value.observed).length;
  return {
    ...facts,
    seeds: values.length,
    censored,
    withoutData: seeds.length - values.length,
    p50: quantileOf(name, values, 0.5),
    p95: quantileOf(name, values, 0.95),
    mean: meanOf(values, censored),
    worst: worstOf(values, facts),
    values,
  };
};

/** The seed to look at first; empty where all seeds came off alike. */
export const worstSeed = ({ worst, values }: MetricSummary): string =>
  worst === undefined ||
  (values.length > 1 &&
    values.every((each) => each.value === worst.value && each.observed === worst.observed))
    ? ''
    : worst.seed;

/** The seeds' values as quantiles over seeds take them. */
export const durationsOf = (name: MetricName, values: readonly Duration[]): readonly Duration[] =>
  isOverUnseen(name) ? orNever(values) : values;

const quantileOf = (name: MetricName, values: readonly SeedValue[], p: number): Finding => {
  if (values.length === 0) return none;
  const value = censoredQuantile(durationsOf(name, values), p);
  return Number.isFinite(value)
    ? { kind: 'value', value }
    : { kind: 'never', atLeast: Math.max(...values.map((each) => each.value)) };
};

const meanOf = (values: readonly SeedValue[], censored: number): Finding => {
  if (values.length === 0) return none;
  const value = mean(values.map((each) => each.value));
  return censored > 0 ? { kind: 'never', atLeast: value } : { kind: 'value', value };
};

/**
 * Where less is better, a censored seed is worse than any that ended; where more is better, it is better than
 * any.
 */
const worstOf = (values: readonly SeedValue[], { better }: MetricFacts): SeedValue | undefined => {
  const weight = ({ value, observed }: SeedValue): readonly [number, number] => [observed ? 0 : 1, value];
  const sorted = values.toSorted((one, two) => {
    const [a, b] = [weight(one), weight(two)];
    return b[0] - a[0] || b[1] - a[1];
  });
  return better === 'high' ? sorted.at(-1) : sorted[0];
};
