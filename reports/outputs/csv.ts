// metrics.csv: one value a row (tidy), for spreadsheets, pandas, R, DuckDB. A value that was not seen to
// its end says so in the column `observation`: an average that leaves it out would flatter whoever never
// blocks.

import { type MetricName, metricUnits, type RunResult } from '../../sim/index.ts';
import type { Comparison, ComparisonRow, PairValues, ScenarioComparison } from '../comparison/comparison.ts';
import { metricNames } from '../metrics.ts';
import { policyLabel } from '../settings.ts';
import { csvCell } from './inert.ts';

export const csvColumns = [
  'scenario',
  'policy',
  'seed',
  'side',
  'metric',
  'value',
  'observation',
  'unit',
] as const;

/** `observed`; `censored`: it lasted at least so long; `none`: it does not apply, and the value is empty. */
type Observation = 'observed' | 'censored' | 'none';

/** All metrics of all seeds of a run. Its side is `run`. */
export const renderRunCsv = (result: RunResult): string => {
  const lines = [csvColumns.join(',')];
  const { scenario, policy } = result;
  for (const { seed, metrics } of result.seeds) {
    const head = `${csvCell(scenario)},${csvCell(policyLabel(policy))},${csvCell(seed)},run`;
    for (const name of metricNames) {
      const { value, observed } = metrics[name];
      const observation = value === null ? 'none' : observed ? 'observed' : 'censored';
      lines.push(row(head, name, value, observation, metricUnits[name]));
    }
  }
  return `${lines.join('\n')}\n`;
};

/**
 * All pairs of a comparison, baseline before candidate. Seeds that only one side has are no part of it;
 * the run folders hold them.
 */
export const renderComparisonCsv = (comparison: Comparison): string => {
  const lines = [csvColumns.join(',')];
  for (const scenario of comparison.scenarios) {
    const rows = oncePerMetric(scenario.rows);
    for (const [place, seed] of scenario.seeds.entries()) {
      for (const side of ['baseline', 'candidate'] as const) {
        const policy = comparison[side].policy.name;
        const head = `${csvCell(scenario.scenario)},${csvCell(policy)},${csvCell(seed)},${side}`;
        for (const { metric, unit, values } of rows) {
          const value = values[side][place] ?? null;
          lines.push(row(head, metric, value, observationOf(values, side, place), unit));
        }
      }
    }
  }
  return `${lines.join('\n')}\n`;
};

/** A metric has a row for each statistic; their values are the same. */
const oncePerMetric = (rows: ScenarioComparison['rows']): readonly ComparisonRow[] =>
  rows.filter(({ metric }, index) => rows.findIndex((other) => other.metric === metric) === index);

const observationOf = (values: PairValues, side: 'baseline' | 'candidate', place: number): Observation => {
  if ((values[side][place] ?? null) === null) return 'none';
  const censored = side === 'baseline' ? values.baselineCensored : values.candidateCensored;
  return censored.includes(place) ? 'censored' : 'observed';
};

const row = (
  head: string,
  metric: MetricName | string,
  value: number | null,
  observation: Observation,
  unit: string,
): string => `${head},${csvCell(metric)},${value === null ? '' : String(value)},${observation},${unit}`;
