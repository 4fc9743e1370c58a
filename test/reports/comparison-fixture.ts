// A believable comparison made by hand, with one row of every outcome and one gate of every verdict, for
// tests of what renders one. Its figures are invented; none of them is reckoned.

import {
  type ComparedGate,
  type Comparison,
  comparisonSchemaVersion,
  type ComparisonRow,
  type RowOutcome,
  type Side,
} from '../../reports/comparison/comparison.ts';
import { metricFacts } from '../../reports/metrics.ts';
import type { MetricName } from '../../sim/index.ts';

const minute = 60_000;

export interface ComparisonOptions {
  /** A name given to the candidate, for tests of escaping. */
  readonly candidateName?: string;
  readonly scenario?: string;
  readonly gates?: readonly ComparedGate[];
  readonly rows?: readonly ComparisonRow[];
}

export const makeComparison = (options: ComparisonOptions = {}): Comparison => {
  const { candidateName = 'throttle-v2', scenario = 'scenarios/weak-password.ts' } = options;
  const gates = options.gates ?? makeGates(scenario);
  const failed = gates.some((gate) => gate.counts && gate.outcome === 'failed');
  const unjudged = gates.some((gate) => gate.counts && /no data|inconclusive/.test(gate.outcome));
  return {
    schema: comparisonSchemaVersion,
    tool: 'sharedfate 0.1.0',
    made: '2026-11-21T20:00:00.000Z',
    baseline: makeSide('default', '500'),
    candidate: makeSide(candidateName, '800'),
    settings: [
      { name: 'policy', baseline: 'default', candidate: candidateName },
      { name: 'recipients-day.limit', baseline: '500', candidate: '800' },
      { name: 'complaint-ratio', baseline: 'on', candidate: null },
    ],
    pairing: 'seeds',
    scenarios: [
      {
        scenario,
        title: 'One weak password among 150 offices',
        question: 'How long does one stolen password hurt everyone behind the address?',
        worldHash: '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
        baselineFolder: 'runs/compare/weak-password/baseline',
        candidateFolder: 'runs/compare/weak-password/candidate',
        seeds: seeds(4),
        baselineOnly: ['5'],
        candidateOnly: [],
        alikeSeeds: 1,
        rows: options.rows ?? makeRows(),
        worst: {
          seed: '3',
          metric: 'time_to_block',
          change: 136 * minute,
          command: `npx sharedfate run ${scenario} --policy policies/throttle-v2.ts --seed 3`,
        },
        assumptions: ['register west: expiry.seconds'],
      },
    ],
    gates: {
      verdicts: gates,
      outcome: gates.length === 0 ? 'none' : failed ? 'failed' : unjudged ? 'no data' : 'passed',
      exitCode: failed ? 20 : unjudged ? 21 : 0,
    },
    repeat: `npx sharedfate compare default policies/throttle-v2.ts ${scenario} --seeds 4`,
    accept: `npx sharedfate accept ${scenario} --policy policies/throttle-v2.ts --because "..."`,
  };
};

const makeSide = (name: string, limit: string): Side => ({
  kind: 'policy',
  name,
  asked: name === 'default' ? name : 'policies/throttle-v2.ts',
  policy: {
    name,
    source: name === 'default' ? '' : 'policies/throttle-v2.ts',
    digest: name === 'default' ? '' : 'a0b1c2d3e4f5061728394a5b6c7d8e9f',
    modules: ['token-bucket', 'recipients-day', 'hard-bounce-ratio'],
    parameters: { 'recipients-day.limit': limit },
  },
  tool: 'sharedfate 0.1.0',
  revision: null,
});

const seeds = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

/** A row of each outcome. */
export const makeRows = (): ComparisonRow[] => [
  makeRow('time_to_block', 'worse', [11, 12, 14, 15].map((m) => m * minute), 136 * minute, 15 * minute),
  makeRow('time_to_block', 'worse', [11, 12, 14, 15].map((m) => m * minute), 136 * minute, 15 * minute,
    'p95'),
  makeRow('fp.tenants', 'better', [0.03, 0.04, 0.04, 0.03], -0.02, 0.001),
  makeRow('fp.messages.deferred', 'same', [0.12, 0.121, 0.12, 0.119], -0.0003, 0.001),
  makeRow('delist.requests', 'inconclusive', [2, 1, 3, 2], 0.3, 0.1),
  makeRow('abusive.submitted', 'differs', [44_000, 45_000, 46_000, 44_500], 3_000, 500),
  { ...makeRow('time_to_delist', 'no data', [], 0, minute), candidate: nothing, baseline: nothing },
  { ...makeRow('time_to_recover', 'only candidate', [], 0, minute), baseline: nothing },
];

const nothing: ComparisonRow['baseline'] =
  { value: null, finding: { kind: 'none' }, withData: 0, censored: 0 };

/** One row; where there is no data, give no values. */
export const makeRow = (
  metric: MetricName, outcome: RowOutcome, values: readonly number[], change: number, margin: number,
  statistic: ComparisonRow['statistic'] = 'mean',
): ComparisonRow => {
  const has = values.length > 0;
  const middle = has ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  const figure = (value: number): ComparisonRow['baseline'] =>
    ({ value, finding: { kind: 'value', value }, withData: 4, censored: 0 });
  return {
    ...metricFacts(metric),
    metric,
    statistic,
    horizon: metric === 'time_to_block' ? 12 * 60 * minute : null,
    baseline: figure(middle),
    candidate: figure(middle + change),
    pairs: values.length,
    differing: outcome === 'same' ? 1 : values.length,
    change: has ? change : null,
    interval: has ? [change - Math.abs(change) * 0.4, change + Math.abs(change) * 0.5] : null,
    p: has ? (outcome === 'inconclusive' ? 0.24 : 0.0004) : null,
    adjusted: has ? (outcome === 'inconclusive' ? 0.41 : 0.002) : null,
    margin,
    outcome,
    settledBy: outcome === 'inconclusive' ? 140 : null,
    values: {
      baseline: has ? values : [null, null, null, null],
      candidate: has ? values.map((value) => value + change) : [null, null, null, null],
      baselineCensored: [],
      candidateCensored: metric === 'time_to_block' ? [3] : [],
    },
  };
};

/** A gate of each verdict, waived and warning ones among them. */
export const makeGates = (scenario: string): ComparedGate[] => {
  const gate = (metric: MetricName, more: Partial<ComparedGate>): ComparedGate => ({
    scenario,
    name: `${metric}.${more.statistic ?? 'mean'}`,
    metric,
    statistic: 'mean',
    label: metricFacts(metric).label,
    kind: 'limit',
    outcome: 'passed',
    severity: 'fail',
    counts: true,
    found: '2 %',
    rule: 'at most 4 %',
    note: '',
    waiver: null,
    p: null,
    adjusted: null,
    settledBy: null,
    worstSeed: '',
    ...more,
  });
  const waiver = { because: 'the register moves in January', state: 'in force',
    until: '2027-01-31' } as const;
  return [
    gate('time_to_block', {
      statistic: 'p95', outcome: 'failed', found: '5 h 24 m', rule: 'at most 4 h', worstSeed: '3',
    }),
    gate('fp.tenants', {}),
    gate('delist.requests', {
      kind: 'change', outcome: 'inconclusive', severity: 'warn', counts: false, found: '+0.3',
      rule: 'at most 0.5 more', note: 'about 140 seeds would settle it', p: 0.2, adjusted: 0.4,
      settledBy: 140,
    }),
    gate('time_to_delist', { outcome: 'no data', found: 'no data', note: 'nothing to measure in 4 seeds' }),
    gate('wanted.lost', { outcome: 'failed', counts: false, found: '212', rule: 'at most 100', waiver }),
  ];
};
