// The rows of one scenario's comparison: each metric's values pair by pair, the change, and what can be said
// of it. What is said of several rows is kept honest by Benjamini and Hochberg's correction over all rows.

import type { Measure, MetricName } from '../../sim/index.ts';
import type { Finding } from '../finding.ts';
import { metricFacts } from '../metrics.ts';
import { durationsOf } from '../metric-summary.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import type { Duration } from '../statistics/censored-quantile.ts';
import { type Change, changeOf } from './change.ts';
import type { ComparisonRow, PairValues, RowOutcome, SideFigure, Statistic } from './comparison.ts';
import { marginAt } from './margins.ts';
import { openStatistic } from './scores.ts';
import { leastDiffering, leastSame, settlingRow } from './settled.ts';

/** A pair's measures under both sides; undefined where a side does not know the metric. */
export interface MeasuredPair {
  readonly baseline: Measure | undefined;
  readonly candidate: Measure | undefined;
}

/** A row whose chance is not yet adjusted; `alike` is whether the sides' runs were the same throughout. */
export interface PlainRow {
  readonly row: ComparisonRow;
  readonly change: Change | null;
  readonly alike: boolean;
}

/** The level at which chance is ruled out, over all rows together and over all gates together. */
export const alarmLevel = 0.05;

export const plainRow = (
  metric: MetricName,
  statistic: Statistic,
  measured: readonly MeasuredPair[],
  { scenario, alike }: { readonly scenario: string; readonly alike: boolean },
): PlainRow => {
  const facts = metricFacts(metric);
  const values = valuesOf(measured);
  const both = measured.flatMap(({ baseline, candidate }) =>
    hasValue(baseline) && hasValue(candidate) ? [{ baseline, candidate }] : [],
  );
  const sides = [
    durationsOf(metric, both.map((pair) => pair.baseline)),
    durationsOf(metric, both.map((pair) => pair.candidate)),
  ] as const;
  const name = `${scenario} ${metric} ${statistic}`;
  const change = both.length === 0 ? null : changeOf(...sides, { statistic, better: facts.better, name });
  const figure = (side: 'baseline' | 'candidate'): SideFigure => {
    const own = measured.flatMap((pair) => (hasValue(pair[side]) ? [pair[side]] : []));
    const paired = both.map((pair) => pair[side]);
    return {
      value: change === null ? null : change[side],
      finding: findingOf(metric, statistic, paired.length > 0 ? paired : own),
      withData: own.length,
      censored: own.filter(({ observed }) => !observed).length,
    };
  };
  const row: ComparisonRow = {
    metric,
    label: facts.label,
    unit: facts.unit,
    better: facts.better,
    statistic,
    horizon: change?.horizon ?? null,
    baseline: figure('baseline'),
    candidate: figure('candidate'),
    pairs: both.length,
    differing: both.filter(({ baseline: one, candidate: two }) =>
      one.value !== two.value || one.observed !== two.observed).length,
    change: change?.change ?? null,
    interval: change?.interval ?? null,
    p: change?.p ?? null,
    adjusted: null,
    margin: marginAt(metric, change?.baseline ?? 0),
    outcome: 'no data',
    settledBy: null,
    values,
  };
  return { row, change, alike };
};

/** All rows of a comparison, of all its scenarios, judged together; in the order given. */
export const judgeRows = (rows: readonly PlainRow[]): readonly ComparisonRow[] => {
  // Where fewer than six pairs differ no chance can be small, whatever their signs: such a row cannot raise a
  // false alarm, and need not cost the others (Tarone 1990).
  const tested = rows.filter(({ row }) => row.p !== null && row.differing >= leastDiffering);
  const adjusted = benjaminiHochberg(tested.map(({ row }) => row.p!));
  const chances = new Map(rows.map((plain) => [plain, plain.row.p === null ? null : 1]));
  tested.forEach((plain, index) => chances.set(plain, adjusted[index]!));
  return rows.map((plain) => {
    const chance = chances.get(plain) ?? null;
    const outcome = outcomeOf(plain, chance);
    const { row, change } = plain;
    const settledBy =
      outcome === 'inconclusive' && change !== null
        ? settlingRow(change, { ...row, factor: row.p === null || row.p === 0 ? 1 : chance! / row.p })
        : null;
    return { ...row, adjusted: chance, outcome, settledBy };
  });
};

const outcomeOf = ({ row, alike }: PlainRow, chance: number | null): RowOutcome => {
  const { baseline, candidate, pairs, interval, change, margin, better } = row;
  if (pairs === 0) {
    if (baseline.withData === 0 && candidate.withData === 0) return 'no data';
    if (candidate.withData === 0) return 'only baseline';
    return baseline.withData === 0 ? 'only candidate' : 'no data';
  }
  if (alike && change === 0) return 'same';
  if (interval === null || change === null) return 'inconclusive';
  const [low, high] = interval;
  if (low >= -margin && high <= margin) return pairs >= leastSame ? 'same' : 'inconclusive';
  if ((low <= 0 && high >= 0) || chance === null || chance > alarmLevel) return 'inconclusive';
  if (better === 'neither') return 'differs';
  return (change > 0) === (better === 'high') ? 'better' : 'worse';
};

const findingOf = (metric: MetricName, statistic: Statistic, durations: readonly Duration[]): Finding => {
  if (durations.length === 0) return { kind: 'none' };
  const value = openStatistic(statistic, durationsOf(metric, durations), metricFacts(metric).better);
  if (Number.isFinite(value)) return { kind: 'value', value };
  return { kind: 'never', atLeast: Math.max(...durations.map((each) => each.value)) };
};

const valuesOf = (measured: readonly MeasuredPair[]): PairValues => {
  const of = (side: 'baseline' | 'candidate'): (number | null)[] =>
    measured.map((pair) => pair[side]?.value ?? null);
  const censored = (side: 'baseline' | 'candidate'): number[] =>
    measured.flatMap((pair, index) => {
      const measure = pair[side];
      return hasValue(measure) && !measure.observed ? [index] : [];
    });
  return {
    baseline: of('baseline'),
    candidate: of('candidate'),
    baselineCensored: censored('baseline'),
    candidateCensored: censored('candidate'),
  };
};

const hasValue = (measure: Measure | undefined): measure is Duration =>
  measure !== undefined && measure.value !== null;
