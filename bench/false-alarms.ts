// How often a comparison cries wolf: a policy is held 200 times against itself on other seeds, where every
// difference is luck, and asked by gates without any margin. Then how often it lets pass what it should not:
// the same with a true worsening of just the margin. Takes some five minutes on one core, half of them to
// simulate seeds to draw from.

import { drawsOf } from '../reports/statistics/draws.ts';
import { compare } from '../reports/comparison/compare.ts';
import type { Comparison, Side } from '../reports/comparison/comparison.ts';
import type { Measured, MeasuredSeed } from '../reports/comparison/measured.ts';
import { defaultPolicy } from '../policy/index.ts';
import { metric, type MetricName, readPlan, runSeed } from '../sim/index.ts';
import type { Row, Section } from './row.ts';

const comparisons = 200;
const seedsASide = 20;
const quick = process.env['BENCH_QUICK'] === '1';
const poolSize = quick ? 200 : 800;
/**
 * What a comparison promises, in per cent: so many false alarms at most, over all its gates or all its rows.
 */
const promised = 5;

const plan = readPlan({
  title: 'Offices, one of them stolen', question: 'Does a comparison cry wolf?', length: '3d', warmup: '1d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: [{ name: 'css', preset: 'spamhaus-css' }, { name: 'psbl', preset: 'psbl' }],
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '60%' },
    { name: 'postfix', preset: 'small-postfix', share: '40%', consults: ['css', 'psbl'] },
  ],
  tenants: [{ name: 'offices', count: 12, pool: 'shared', stream: { kind: 'office', perDay: 40 } }],
  incidents: [
    { kind: 'compromised', at: '1d20h', who: { group: 'offices' }, how: 'weak-password', rate: '1000/h',
      ramp: '15m', length: '8h' },
  ],
}, 'bench');

/** The true change is 0, so a gate without margin stands on the very edge of what it may call worse. */
const gates = [
  metric('time_to_block').mean.notWorseBy('0m'), metric('time_to_block').p50.notWorseBy('0m'),
  metric('time_to_block').p95.notWorseBy('0m'), metric('escaped').mean.notWorseBy(0),
  metric('collateral.deferred').mean.notWorseBy(0), metric('desk.hours').mean.notWorseBy('0m'),
];
const minute = 60_000;
const edge: readonly [MetricName, number][] =
  [['time_to_block', 2 * minute], ['escaped', 10], ['collateral.deferred', 5], ['desk.hours', 0.5]];
/** Asked of a candidate that is worse by exactly as much as these allow. */
const edgeGates = [
  metric('time_to_block').mean.notWorseBy('2m'), metric('time_to_block').p50.notWorseBy('2m'),
  metric('time_to_block').p95.notWorseBy('2m'), metric('escaped').mean.notWorseBy(10),
  metric('collateral.deferred').mean.notWorseBy(5), metric('desk.hours').mean.notWorseBy('30m'),
];

const policy = { name: 'default', source: '', digest: '', modules: [], parameters: {} };
const side: Side =
  { kind: 'policy', name: 'default', asked: 'default', policy, tool: 'bench', revision: null };
const measuredFrom = (seeds: readonly MeasuredSeed[]): Measured =>
  ({ tool: 'bench', policy, transport: 'memory', seeds });

const held = (
  baseline: readonly MeasuredSeed[], candidate: readonly MeasuredSeed[], asked: typeof gates,
): Comparison =>
  compare({
    tool: 'bench', made: '2027-01-04', pairing: 'none', baseline: side, candidate: side,
    repeat: '', accept: '', again: () => '',
    scenarios: [{
      scenario: 'bench', title: '', question: '', worldHash: '', baselineFolder: '', candidateFolder: '',
      assumptions: [], baseline: measuredFrom(baseline), candidate: measuredFrom(candidate), gates: asked,
    }],
  });

/** The metrics of the gates alone, worse by the margin or as they are. */
const edgeOf = ({ metrics, ...seed }: MeasuredSeed, times: number): MeasuredSeed => ({
  ...seed,
  metrics: Object.fromEntries(edge.map(([name, by]) => {
    const { value, observed } = metrics[name]!;
    return [name, { value: value === null ? null : value + times * by, observed }];
  })),
});
const worsened = (seed: MeasuredSeed): MeasuredSeed => edgeOf(seed, 1);
const asked = (seed: MeasuredSeed): MeasuredSeed => edgeOf(seed, 0);

export const run: Section = async (print) => {
  print(`false-alarms: simulating ${poolSize} seeds`);
  const pool: MeasuredSeed[] = [];
  for (let seed = 1; seed <= poolSize; seed += 1) {
    const { fingerprint, metrics } =
      runSeed({ plan, seed: String(seed), policy: defaultPolicy, traces: new Map() });
    pool.push({ seed: String(seed), fingerprint, metrics });
  }
  print(`false-alarms: ${comparisons} comparisons of ${seedsASide} seeds a side`);
  const draw = drawsOf('false alarms');
  const counts = { gates: 0, rows: 0, same: 0, judged: 0 };
  const passes = edgeGates.map(() => 0);
  for (let round = 0; round < comparisons; round += 1) {
    const drawn = shuffled(pool, draw);
    const [one, two] = [drawn.slice(0, seedsASide), drawn.slice(seedsASide, 2 * seedsASide)];
    const itself = held(one, two, gates);
    const rows = itself.scenarios[0]!.rows.filter(({ p }) => p !== null);
    if (itself.gates.verdicts.some(({ outcome }) => outcome === 'failed')) counts.gates += 1;
    if (rows.some(({ outcome }) => ['better', 'worse', 'differs'].includes(outcome))) counts.rows += 1;
    counts.same += rows.filter(({ outcome }) => outcome === 'same').length;
    counts.judged += rows.length;
    held(one.map(asked), two.map(worsened), edgeGates).gates.verdicts.forEach(({ outcome }, index) => {
      if (outcome === 'passed') passes[index]! += 1;
    });
  }
  return [
    { name: 'a gate called luck worse', value: percent(counts.gates), unit: '%', bound: promised },
    { name: 'a row called luck better, worse or different', value: percent(counts.rows), unit: '%',
      bound: promised },
    { name: 'rows called the same, of all with data', value: (100 * counts.same) / counts.judged, unit: '%' },
    ...edgeGates.map(({ metric: name, statistic }, index): Row => ({
      name: `passed though worse by the margin: ${name}.${statistic}`, value: percent(passes[index]!),
      unit: '%',
    })),
  ];
};

const percent = (count: number): number => (100 * count) / comparisons;

/** The first seeds of a shuffle (Fisher and Yates), enough for both sides. */
const shuffled = (
  pool: readonly MeasuredSeed[], draw: ReturnType<typeof drawsOf>,
): readonly MeasuredSeed[] => {
  const all = [...pool];
  const place = new Uint32Array(1);
  for (let index = 0; index < 2 * seedsASide; index += 1) {
    draw(place, all.length - index);
    const other = index + place[0]!;
    [all[index], all[other]] = [all[other]!, all[index]!];
  }
  return all;
};
