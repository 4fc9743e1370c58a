// The tidy table of a sweep: one row a run, one column a variable, in an order that depends on nothing but
// the sweep, so that it is the same to the byte whoever ran what and when.

import { type MetricName, metricUnits } from '../sim/index.ts';
import type { Outcome } from './run-spec.ts';

export type Cell = string | number | boolean | null;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'number' | 'whole' | 'truth';
}

/** A run of the table, where it stands in the sweep. */
export interface TableRun {
  readonly key: string;
  readonly scenario: string;
  readonly policy: string;
  /** Its number in the sweep, from 1. */
  readonly point: number;
  /** What holds of each parameter that varies anywhere; null where the policy has none of that name. */
  readonly settings: readonly (number | null)[];
  readonly seed: string;
}

const metrics = Object.keys(metricUnits) as readonly MetricName[];
/** A time may not have been seen to its end; nothing else is censored. */
const times = metrics.filter((name) => metricUnits[name] === 'ms');

/** `runs` in the order of the sweep; those without an outcome have no row. */
export const tableOf = (
  parameters: readonly string[], runs: readonly TableRun[], outcomes: ReadonlyMap<string, Outcome>,
): Table => ({
  columns: [
    ...['run', 'scenario', 'policy'].map(text),
    { name: 'point', type: 'whole' },
    ...parameters.map((name): Column => ({ name: `set.${name}`, type: 'number' })),
    ...['seed', 'outcome', 'reason', 'fingerprint'].map(text),
    { name: 'events', type: 'whole' },
    ...metrics.flatMap((name): Column[] => [
      { name, type: 'number' },
      ...(times.includes(name) ? [{ name: `${name}.censored`, type: 'truth' } as const] : []),
    ]),
  ],
  rows: runs.flatMap((run) => {
    const outcome = outcomes.get(run.key);
    return outcome === undefined ? [] : [rowOf(run, outcome)];
  }),
});

const text = (name: string): Column => ({ name, type: 'text' });

const rowOf = (run: TableRun, outcome: Outcome): readonly Cell[] => {
  const { key, scenario, policy, point, settings, seed } = run;
  const isDone = outcome.kind === 'done';
  return [
    key, scenario, policy, point, ...settings, seed, outcome.kind,
    isDone ? '' : outcome.reason,
    isDone ? outcome.fingerprint : '',
    isDone ? outcome.events : null,
    ...metrics.flatMap((name): Cell[] => {
      const measure = isDone ? outcome.metrics[name] : undefined;
      const value = measure?.value ?? null;
      if (!times.includes(name)) return [value];
      return [value, value === null ? null : !measure!.observed];
    }),
  ];
};
