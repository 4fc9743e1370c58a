// Two sides of a comparison made from the fixture's result, the candidate's figures changed as a test asks.

import { compare, type ComparisonRequest } from '../../../reports/comparison/compare.ts';
import type { Comparison, ComparisonRow, Side } from '../../../reports/comparison/comparison.ts';
import { type Measured, measuredOf } from '../../../reports/comparison/measured.ts';
import type { Measure, MetricName, RunResult } from '../../../sim/index.ts';
import { type FixtureOptions, makeResult } from '../fixture.ts';

export type DeclaredGate = NonNullable<RunResult['plan']['gates']>[number];

export interface Change {
  readonly metric: MetricName;
  /** The candidate's measure, from the baseline's and the number of the seed. */
  readonly to: (measure: Measure, seed: number) => Measure;
}

export interface SidesOptions extends Omit<FixtureOptions, 'gates'> {
  readonly changes?: readonly Change[];
  readonly gates?: readonly DeclaredGate[];
  readonly today?: string;
  /** Fingerprints stay those of the baseline where nothing changed at all. */
  readonly alike?: boolean;
  readonly candidate?: (side: Measured) => Measured;
}

const side = (name: string, { policy, tool }: Measured): Side =>
  ({ kind: 'policy', name, asked: name, policy: { ...policy, name }, tool, revision: null });

export const requestFor = (options: SidesOptions = {}): ComparisonRequest => {
  const { changes = [], gates = [], today = '2026-11-21T20:00:00.000Z' } = options;
  const { gates: _gates, ...fixture } = options;
  const before = measuredOf(makeResult(fixture));
  const changed: Measured = {
    ...before,
    seeds: before.seeds.map((seed) => ({
      ...seed,
      fingerprint: options.alike === true ? seed.fingerprint : `${seed.fingerprint.slice(0, 15)}x`,
      metrics: {
        ...seed.metrics,
        ...Object.fromEntries(changes.map(({ metric, to }) =>
          [metric, to(seed.metrics[metric]!, Number(seed.seed))])),
      },
    })),
  };
  const after = (options.candidate ?? ((one: Measured) => one))(changed);
  return {
    tool: 'sharedfate 0.1.0',
    made: today,
    pairing: 'seeds',
    baseline: side('before', before),
    candidate: side('after', after),
    scenarios: [
      {
        scenario: 'scenarios/weak-password.ts', title: 'One weak password', question: 'How long?',
        worldHash: '9f8e', baselineFolder: '', candidateFolder: '', assumptions: [],
        baseline: before, candidate: after, gates,
      },
    ],
    repeat: 'npx sharedfate compare before after',
    accept: 'npx sharedfate accept runs/after',
    again: (scenario, seed) => `npx sharedfate run ${scenario} --seed ${seed}`,
  };
};

export const comparisonOf = (options: SidesOptions = {}): Comparison => compare(requestFor(options));

export const rowOf = (
  comparison: Comparison, metric: MetricName, statistic: ComparisonRow['statistic'] = 'mean',
): ComparisonRow =>
  comparison.scenarios[0]!.rows.find((row) => row.metric === metric && row.statistic === statistic)!;

export const gate = (
  metric: string,
  statistic: DeclaredGate['statistic'],
  limit: string,
  more: Partial<DeclaredGate> = {},
): DeclaredGate => ({ metric, statistic, rule: 'notWorseBy', limit, ...more });

/** Adds so much to each observed value. */
export const plus = (amount: number | ((seed: number) => number)) =>
  ({ value, observed }: Measure, seed: number): Measure =>
    ({ value: value === null ? null : value + (typeof amount === 'number' ? amount : amount(seed)),
      observed });
