// Gates in a comparison: limits are judged on the candidate alone, changes on the paired seeds. A change
// passes when its whole interval keeps the margin, fails when the whole interval is beyond it and chance is
// ruled out over all gates (Holm), and is inconclusive in between: a gate that cannot be judged does not
// pass.

import type { SeedResult } from '../../sim/index.ts';
import { plural } from '../format.ts';
import { judgeLimit, limitOf } from '../gates/limit.ts';
import { type DeclaredGate, endOf, GateMistake } from '../gates/verdict.ts';
import { doesCount, notesOf, waiverNote, waiverOf } from '../gates/waiver.ts';
import { summariseMetric } from '../metric-summary.ts';
import { isMetric, metricFacts } from '../metrics.ts';
import { changeText } from '../outputs/change-text.ts';
import { holm } from '../statistics/holm.ts';
import type { Change } from './change.ts';
import type { ComparedGate, ComparisonGates, ComparisonRow } from './comparison.ts';
import { alarmLevel, type PlainRow } from './rows.ts';
import { leastSame, settlingGate } from './settled.ts';
import { allowanceText } from './words.ts';

/** A gate with the scenario it is judged on. */
export interface PlacedGate {
  readonly scenario: string;
  readonly gate: DeclaredGate;
  /** The seeds of the pairs, in the order of the row's values. */
  readonly seeds: readonly string[];
  /** The candidate's seeds, all of them, for a limit. */
  readonly candidate: readonly Pick<SeedResult, 'seed' | 'metrics'>[];
  /** The row of the gate's metric and statistic. */
  readonly row: PlainRow;
}

/** Throws a GateMistake that lists every mistake in them, each with its scenario. */
export const checkGates = (
  gates: readonly { readonly scenario: string; readonly gate: DeclaredGate }[],
): void => {
  const mistakes = gates.flatMap(({ scenario, gate }) => {
    const limit = limitOf(gate);
    return typeof limit === 'string' ? [`${scenario}: gate ${gate.metric}.${gate.statistic}: ${limit}`] : [];
  });
  if (mistakes.length > 0) throw new GateMistake(mistakes);
};

/** Judges them all together, waivers as of `today`. Those that `checkGates` lets pass. */
export const judgeCompared = (gates: readonly PlacedGate[], today: string): ComparisonGates => {
  const judged = gates.map((placed) => ({ placed, ...judge(placed) }));
  const tested = judged.filter(({ p }) => p !== null);
  const adjusted = holm(tested.map(({ p }) => p!));
  const verdicts = judged.map((one): ComparedGate => {
    const chance = one.p === null ? null : adjusted[tested.indexOf(one)]!;
    return verdictOf(one, chance, today);
  });
  return { verdicts, ...endOf(verdicts) };
};

interface Judged {
  /** Of a change: `beyond` where the whole interval is beyond the margin, before chance is heard. */
  readonly outcome: ComparedGate['outcome'] | 'beyond';
  readonly found: string;
  readonly rule: string;
  readonly note: string;
  readonly worstSeed: string;
  readonly p: number | null;
}

const judge = ({ gate, candidate, row }: PlacedGate): Judged => {
  const limit = limitOf(gate) as number;
  if (gate.rule === 'notWorseBy') return judgeChange(row, limit);
  if (!isMetric(gate.metric)) throw new TypeError(`${gate.metric} was taken for a metric`);
  const metric = summariseMetric(gate.metric, candidate);
  return { ...judgeLimit(gate, metric, limit, candidate.length), p: null };
};

const judgeChange = ({ row, change, alike }: PlainRow, limit: number): Judged => {
  const rule = allowanceText(limit, row.unit, row.better);
  if (change === null) {
    const missing =
      row.baseline.withData === 0 && row.candidate.withData === 0
        ? 'nothing to measure on either side'
        : `no seed has a value on both sides (${row.baseline.withData} and ${row.candidate.withData} have)`;
    return { outcome: 'no data', found: 'no data', rule, note: missing, worstSeed: '', p: null };
  }
  const found = changeText(change.change, row.unit);
  const p = change.interval === null ? null : change.beyond(limit);
  const [low, high] = worsening(change, row);
  const outcome =
    alike && change.change === 0 ? 'passed'
    : change.interval === null ? 'inconclusive'
    : high <= limit ? (row.pairs >= leastSame && keeps(change, limit) ? 'passed' : 'inconclusive')
    : low > limit ? 'beyond'
    : 'inconclusive';
  return { outcome, found, rule, note: unpaired(row), worstSeed: '', p };
};

/** Intervals of few, lopsided seeds are too short: that luck kept the margin is ruled out as well. */
const keeps = (change: Change, limit: number): boolean =>
  change.mostWorse <= limit || change.within(limit) <= alarmLevel;

const verdictOf = (
  { placed, outcome: plain, found, rule, note, worstSeed, p }: Judged & { readonly placed: PlacedGate },
  chance: number | null,
  today: string,
): ComparedGate => {
  const { gate, scenario } = placed;
  if (!isMetric(gate.metric)) throw new TypeError(`${gate.metric} was taken for a metric`);
  const outcome = plain !== 'beyond' ? plain : chance! <= alarmLevel ? 'failed' : 'inconclusive';
  const settledBy = outcome === 'inconclusive' ? settling(placed, p, chance) : null;
  const waiver = waiverOf(gate, today);
  return {
    scenario,
    name: `${gate.metric}.${gate.statistic}`,
    metric: gate.metric,
    statistic: gate.statistic,
    label: metricFacts(gate.metric).label,
    kind: gate.rule === 'notWorseBy' ? 'change' : 'limit',
    outcome,
    severity: gate.severity ?? 'fail',
    counts: doesCount(gate, waiver, outcome),
    found,
    rule,
    note: notesOf(note, settledBy === null ? '' : `about ${plural(settledBy, 'seed')} would settle it`,
      waiverNote(gate, waiver, outcome)),
    waiver,
    p,
    adjusted: chance,
    settledBy,
    worstSeed: worstSeed === '' ? (outcome === 'passed' ? '' : seedAt(placed)) : worstSeed,
  };
};

const settling = ({ gate, row }: PlacedGate, p: number | null, chance: number | null): number | null => {
  if (row.change === null) return null;
  const off = row.change.change * sign(row.row) - (limitOf(gate) as number);
  const factor = p === null || p === 0 || chance === null ? 1 : chance / p;
  return settlingGate(row.change, { pairs: row.row.pairs, off, factor });
};

const unpaired = ({ pairs, baseline, candidate }: ComparisonRow): string => {
  const alone = baseline.withData + candidate.withData - 2 * pairs;
  return alone === 0 ? '' : `${plural(alone, 'seed')} with a value on one side only left out`;
};

const sign = ({ better }: ComparisonRow): number => (better === 'high' ? -1 : 1);

/** The interval of the change, turned so that more is worse. */
const worsening = ({ interval, change }: Change, row: ComparisonRow): readonly [number, number] => {
  const [low, high] = interval ?? [change, change];
  return sign(row) > 0 ? [low, high] : [-high, -low];
};

const seedAt = ({ seeds, row }: PlacedGate): string => seeds[worstPlace(row.row).place] ?? '';

/** The pair that is worst for the candidate against the baseline; place -1 where none is worse. */
export const worstPlace = (row: ComparisonRow): { readonly place: number; readonly change: number } => {
  const { baseline, candidate, candidateCensored, baselineCensored } = row.values;
  const late = (value: number | null | undefined, isCensored: boolean): number | null =>
    value === null || value === undefined ? null
    : row.horizon === null ? value
    : isCensored ? row.horizon : Math.min(value, row.horizon);
  let worst = -1;
  let most = 0;
  for (let place = 0; place < baseline.length; place += 1) {
    const one = late(baseline[place], baselineCensored.includes(place));
    const two = late(candidate[place], candidateCensored.includes(place));
    if (one === null || two === null) continue;
    const worse = sign(row) * (two - one);
    if (worse > most) [worst, most] = [place, worse];
  }
  return { place: worst, change: sign(row) * most };
};
