// The tables of a sweep as files: CSV, JSON lines and Parquet, the same to the byte for the same outcomes.

import { csvCell } from '../../reports/outputs/inert.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import { parquetOf } from '../../sweep/parquet.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import { type Table, tableOf, type TableRun } from '../../sweep/table.ts';
import type { SweepRecord } from './folder.ts';

/** By the name of the file. */
export const tableFiles = (
  record: SweepRecord, outcomes: ReadonlyMap<string, Outcome>,
): Readonly<Record<string, string | Uint8Array>> => {
  const table = tableOf(record.parameters, rowsOf(record), outcomes);
  return { 'table.csv': csvOf(table), 'table.jsonl': jsonLinesOf(table), 'table.parquet': parquetOf(table) };
};

/** Every run of the whole, in the order of the table: by scenario, point, seed. */
export const rowsOf = ({ scenarios, points, seeds, keys }: SweepRecord): readonly TableRun[] => {
  let at = 0;
  return scenarios.flatMap(({ scenario }) => points.flatMap(({ name, values }, place) =>
    seeds.map((seed): TableRun => {
      const key = keys[at]!;
      at += 1;
      return { key, scenario, policy: name, point: place + 1, settings: values, seed };
    })));
};

const csvOf = ({ columns, rows }: Table): string => [
  columns.map(({ name }) => csvCell(name)).join(','),
  ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? csvCell(cell) : String(cell ?? '')))
    .join(',')),
  '',
].join('\n');

const jsonLinesOf = ({ columns, rows }: Table): string => rows
  .map((row) => `${plainJson(Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))}\n`)
  .join('');
