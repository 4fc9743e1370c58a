// metrics.csv read back by a parser that is not ours: each seed's value of each metric, and whether it
// was seen to its end.

import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { renderComparisonCsv, renderRunCsv } from '../../../reports/outputs/index.ts';
import { type MetricName, metricUnits } from '../../../sim/index.ts';
import { makeComparison } from '../comparison-fixture.ts';
import { makeResult } from '../fixture.ts';

type Row = Readonly<Record<string, string>>;
const read = (csv: string): Row[] => parse(csv, { columns: true });

test('a row for each metric of each seed, with its value, unit and whether it was seen to its end', () => {
  const result = makeResult({ seeds: 4, neverBlocked: 1 });
  const rows = read(renderRunCsv(result));
  const metrics = Object.keys(metricUnits) as MetricName[];
  expect(rows).toHaveLength(4 * metrics.length);
  for (const [index, row] of rows.entries()) {
    const seed = result.seeds[Math.floor(index / metrics.length)]!;
    const metric = metrics[index % metrics.length]!;
    const { value, observed } = seed.metrics[metric];
    expect(row).toEqual({
      scenario: 'scenarios/weak-password.ts', policy: 'default', seed: seed.seed, side: 'run', metric,
      value: value === null ? '' : String(value),
      observation: value === null ? 'none' : observed ? 'observed' : 'censored',
      unit: metricUnits[metric],
    });
    if (value !== null) expect(Number(row['value'])).toBe(value);
  }
  const blocked = rows.filter(({ metric }) => metric === 'time_to_block').map((row) => row['observation']);
  expect(blocked).toEqual(['observed', 'observed', 'observed', 'censored']);
});

test('a comparison has both sides of each pair, once for each metric', () => {
  const comparison = makeComparison();
  const rows = read(renderComparisonCsv(comparison));
  const metrics = new Set(comparison.scenarios[0]!.rows.map(({ metric }) => metric));
  expect(rows).toHaveLength(4 * 2 * metrics.size);
  const third = rows.filter(({ seed, metric }) => seed === '3' && metric === 'time_to_block');
  expect(third.map(({ side, value }) => [side, value])).toEqual([
    ['baseline', String(14 * 60_000)],
    ['candidate', String((14 + 136) * 60_000)],
  ]);
  const late = rows.filter((row) => row['metric'] === 'time_to_block' && row['observation'] === 'censored');
  expect(late.map(({ seed, side }) => [seed, side])).toEqual([['4', 'candidate']]);
});

test('a policy that was set otherwise has another name in the table', () => {
  const result = makeResult({ seeds: 1 });
  const settings = [{ name: 'burst', value: 40, unit: 'count', default: 60 }];
  const rows = read(renderRunCsv({ ...result, policy: { ...result.policy, settings } }));
  expect(rows[0]!['policy']).toBe('default burst=40');
});
