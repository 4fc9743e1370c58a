// Two sides' figures, scenario by scenario, become a comparison: seeds are paired, every metric is judged,
// then the gates. Pure: the same figures give the same comparison, and the time is handed in.

import type { MetricName, SeedResult } from '../../sim/index.ts';
import { type DeclaredGate } from '../gates/verdict.ts';
import { isMetric, metricNames } from '../metrics.ts';
import { checkGates, judgeCompared, type PlacedGate, worstPlace } from './compared-gates.ts';
import {
  type Comparison,
  comparisonSchemaVersion,
  type ComparisonGates,
  type ComparisonRow,
  type ScenarioComparison,
  type Side,
  type Statistic,
  type WorstSeed,
} from './comparison.ts';
import type { Measured, MeasuredSeed } from './measured.ts';
import { judgeRows, type MeasuredPair, type PlainRow, plainRow } from './rows.ts';
import { settingChanges } from './settings.ts';

export interface ComparedScenario
  extends Pick<
    ScenarioComparison,
    'scenario' | 'title' | 'question' | 'worldHash' | 'baselineFolder' | 'candidateFolder' | 'assumptions'
  > {
  readonly baseline: Measured;
  readonly candidate: Measured;
  readonly gates: readonly DeclaredGate[];
}

export interface ComparisonRequest {
  readonly tool: string;
  /** Now, as an ISO date in UTC; waivers are judged as of this day. */
  readonly made: string;
  readonly pairing: Comparison['pairing'];
  readonly baseline: Side;
  readonly candidate: Side;
  readonly scenarios: readonly ComparedScenario[];
  readonly repeat: string;
  readonly accept: string;
  /** The command that runs one seed of the candidate again. */
  readonly again: (scenario: string, seed: string) => string;
}

/** Two sides of a scenario that share no seed cannot be paired. */
export class NoCommonSeeds extends Error {
  override readonly name = 'NoCommonSeeds';
}

/**
 * Compares. Throws a RangeError without a scenario, a GateMistake for gates nobody can judge, and
 * NoCommonSeeds.
 */
export const compare = (request: ComparisonRequest): Comparison => {
  const { scenarios, pairing } = request;
  if (scenarios.length === 0) throw new RangeError('compare: no scenario. Name at least one.');
  checkGates(scenarios.flatMap(({ scenario, gates }) => gates.map((gate) => ({ scenario, gate }))));
  const paired = scenarios.map((scenario) => ({ scenario, pairs: pairsOf(scenario, pairing) }));
  const plain = paired.map((each) => ({ ...each, rows: rowsOf(each.scenario, each.pairs) }));
  const judged = judgeRows(plain.flatMap(({ rows }) => rows));
  const gates = judgeCompared(plain.flatMap(placedGates), request.made);
  let taken = 0;
  return {
    schema: comparisonSchemaVersion,
    tool: request.tool,
    made: request.made,
    baseline: request.baseline,
    candidate: request.candidate,
    settings: settingChanges(request.baseline, request.candidate, scenarios[0]!),
    pairing,
    scenarios: plain.map(({ scenario, pairs, rows }) => {
      const own = judged.slice(taken, (taken += rows.length));
      return scenarioOf(scenario, pairs, own, gates, request.again);
    }),
    gates,
    repeat: request.repeat,
    accept: request.accept,
  };
};

interface Pairs {
  readonly seeds: readonly string[];
  readonly pairs: readonly (readonly [baseline: MeasuredSeed, candidate: MeasuredSeed])[];
  readonly baselineOnly: readonly string[];
  readonly candidateOnly: readonly string[];
  readonly alike: number;
}

const pairsOf = (
  { scenario, baseline, candidate }: ComparedScenario, pairing: Comparison['pairing'],
): Pairs => {
  const bySeed = new Map(baseline.seeds.map((seed) => [seed.seed, seed]));
  const partner = (seed: MeasuredSeed, index: number): MeasuredSeed | undefined =>
    pairing === 'seeds' ? bySeed.get(seed.seed) : baseline.seeds[index];
  const pairs = candidate.seeds.flatMap((seed, index) => {
    const other = partner(seed, index);
    return other === undefined ? [] : [[other, seed] as const];
  });
  if (pairs.length === 0) {
    const has = (seeds: readonly MeasuredSeed[]): string => listOf(seeds.map(({ seed }) => seed));
    throw new NoCommonSeeds(
      `${scenario}: the sides have no seed in common: the baseline has ${has(baseline.seeds)}, the ` +
        `candidate ${has(candidate.seeds)}. Run both with the same --seeds.`,
    );
  }
  const [ones, twos] = [new Set(pairs.map(([one]) => one)), new Set(pairs.map(([, two]) => two))];
  return {
    seeds: pairs.map(([, two]) => two.seed),
    pairs,
    baselineOnly: baseline.seeds.filter((seed) => !ones.has(seed)).map(({ seed }) => seed),
    candidateOnly: candidate.seeds.filter((seed) => !twos.has(seed)).map(({ seed }) => seed),
    alike: pairs.filter(([one, two]) => one.fingerprint === two.fingerprint).length,
  };
};

const listOf = (seeds: readonly string[]): string =>
  seeds.length === 0 ? 'none'
  : seeds.length <= 4 ? seeds.join(', ')
  : `${seeds.slice(0, 3).join(', ')} and ${seeds.length - 3} more`;

const rowsOf = ({ scenario, gates }: ComparedScenario, { pairs, alike }: Pairs): readonly PlainRow[] => {
  const known = metricNames.filter((metric) =>
    pairs.some(([one, two]) => one.metrics[metric] !== undefined || two.metrics[metric] !== undefined));
  const asked = gates.flatMap(({ metric, statistic }): [MetricName, Statistic][] =>
    isMetric(metric) ? [[metric, comparable(statistic)]] : []);
  const wanted = [...known.map((metric): [MetricName, Statistic] => [metric, 'mean']), ...asked];
  const once = new Map(wanted.map((each) => [each.join('.'), each]));
  return [...once.values()].map(([metric, statistic]) => {
    const measured = pairs.map(([one, two]): MeasuredPair =>
      ({ baseline: one.metrics[metric], candidate: two.metrics[metric] }));
    return plainRow(metric, statistic, measured, { scenario, alike: alike === pairs.length });
  });
};

/**
 * The worst of some seeds says nothing of the worst of others; where it is asked for, the mean is compared.
 */
const comparable = (statistic: DeclaredGate['statistic']): Statistic =>
  statistic === 'worst' ? 'mean' : statistic;

const placedGates = (
  { scenario, pairs, rows }: {
    readonly scenario: ComparedScenario; readonly pairs: Pairs; readonly rows: readonly PlainRow[];
  },
): readonly PlacedGate[] =>
  scenario.gates.map((gate) => ({
    scenario: scenario.scenario,
    gate,
    seeds: pairs.seeds,
    candidate: scenario.candidate.seeds.map(withEveryMetric),
    row: rows.find(({ row }) => row.metric === gate.metric && row.statistic === comparable(gate.statistic))!,
  }));

const nothing = { value: null, observed: false };

const withEveryMetric = ({ seed, metrics }: MeasuredSeed): Pick<SeedResult, 'seed' | 'metrics'> => ({
  seed,
  metrics: Object.fromEntries(
    metricNames.map((metric) => [metric, metrics[metric] ?? nothing]),
  ) as SeedResult['metrics'],
});

const scenarioOf = (
  { baseline: _baseline, candidate: _candidate, gates: _gates, ...scenario }: ComparedScenario,
  { seeds, baselineOnly, candidateOnly, alike }: Pairs,
  rows: readonly ComparisonRow[],
  gates: ComparisonGates,
  again: ComparisonRequest['again'],
): ScenarioComparison => ({
  ...scenario,
  seeds,
  baselineOnly,
  candidateOnly,
  alikeSeeds: alike,
  rows,
  worst: worstOf(scenario.scenario, seeds, rows, gates, again),
});

const worstOf = (
  scenario: string,
  seeds: readonly string[],
  rows: readonly ComparisonRow[],
  gates: ComparisonGates,
  again: ComparisonRequest['again'],
): WorstSeed | null => {
  const missed = gates.verdicts.find((gate) =>
    gate.scenario === scenario && gate.counts && gate.outcome === 'failed');
  const worsened = rows
    .filter(({ outcome, statistic }) => outcome === 'worse' && statistic === 'mean')
    .toSorted((one, two) => one.adjusted! - two.adjusted!);
  const row = (missed && rows.find(({ metric }) => metric === missed.metric)) ?? worsened[0];
  const place = row === undefined ? -1 : worstPlace(row).place;
  if (row === undefined || place < 0) return null;
  const seed = seeds[place]!;
  return { seed, metric: row.metric, change: worstPlace(row).change, command: again(scenario, seed) };
};
