// The run in one sentence, for the top of every report: was it stopped and by whom, what got out, who was
// hit, what happened to the address. Words only, each figure a median over seeds unless it says otherwise.

import type { CulpritStory, RunResult } from '../sim/index.ts';
import { causesOf, culpritWords, hitsCareless, onlyCareless, sparedWord, stoppedBy } from './blame.ts';
import { findingText, findingValue } from './finding.ts';
import { count, plural, printable, quantity } from './format.ts';
import type { GateReport } from './gates.ts';
import type { Summary } from './summary.ts';

/**
 * `Under the default policy the stolen account was stopped within 14 m in half of the runs (p95 1 h 02 m), by
 * the policy; 96 spam messages ...`.
 */
export const headline = (result: RunResult, summary: Summary): string => {
  const policy = `the ${printable(result.policy.name)} policy`;
  const causes = causesOf(summary);
  const parts =
    causes.length === 0
      ? ['Nobody was at fault', innocents(summary), address(summary)]
      : [stopped(policy, causes, summary), escaped(causes, summary), innocents(summary), address(summary)];
  return `${parts.filter((part) => part !== '').join('; ')}.${missingPools(result)}`;
};

/** A policy that sends mail apart does nothing where there is no such pool, which is easily missed. */
const missingPools = ({ seeds }: RunResult): string => {
  const times = new Map<string, number>();
  for (const { missingPools: missing } of seeds)
    for (const each of missing) times.set(each.pool, (times.get(each.pool) ?? 0) + each.times);
  const sentences = [...times].map(([pool, often]) =>
    ` ${often === 1 ? 'Once' : `${count(often)} times`} the policy meant mail for pool ${printable(pool)}, ` +
    'which this platform does not have: such mail went out as all does.');
  return sentences.join('');
};

/** `FAILED: 1 of 3 gates`, `PASSED: 3 gates, 1 warning`; empty where the plan declares none. */
export const gateLine = (gates: GateReport): string => {
  const strict = gates.verdicts.filter((verdict) => verdict.severity === 'fail');
  const of = (outcome: string): number => strict.filter((verdict) => verdict.outcome === outcome).length;
  const missed = gates.verdicts.filter((each) => each.severity === 'warn' && each.outcome !== 'passed');
  const waived = missed.filter(({ waiver }) => waiver?.state === 'in force').length;
  const warned = missed.length - waived;
  const warnings =
    (warned === 0 ? '' : `, ${plural(warned, 'warning')}`) +
    (waived === 0 ? '' : `, ${waived} missed and waived`);
  switch (gates.outcome) {
    case 'none':
      return '';
    case 'passed':
      return strict.length === 0
        ? `PASSED: no gate counts${warnings}`
        : `PASSED: ${plural(strict.length, 'gate')}${warnings}`;
    case 'failed': {
      const unjudged = of('no data') > 0 ? `, ${of('no data')} without data` : '';
      return `FAILED: ${of('failed')} of ${plural(strict.length, 'gate')}${unjudged}${warnings}`;
    }
    case 'no data':
      return `NO DATA: ${of('no data')} of ${plural(strict.length, 'gate')} could not be judged${warnings}`;
    default:
      return gates.outcome satisfies never;
  }
};

/**
 * A share of the innocent tenants as a number of them. A median between two seeds is said as such: `0 to 1`.
 */
export const tenantsHit = (fraction: number, innocents: number): string => {
  const tenants = Math.round(fraction * innocents * 100) / 100;
  const whole = Math.round(tenants);
  // Quantiles interpolate; a tenth of a tenant more or less is no other number of tenants.
  return Math.abs(tenants - whole) <= 0.1
    ? count(whole)
    : `${count(Math.floor(tenants))} to ${count(Math.ceil(tenants))}`;
};

const stopped = (policy: string, causes: readonly CulpritStory['cause'][], summary: Summary): string => {
  const block = summary.metrics['time_to_block'];
  // Where there are several, the time is that of whoever was stopped last.
  const was = `Under ${policy} ${causes.length === 1 ? '' : 'the last of '}${culpritWords(causes)} was`;
  if (block.p50.kind === 'none')
    return `Under ${policy} ${culpritWords(causes)} sent nothing by which stopping could be judged`;
  const runs = plural(block.seeds, 'run');
  if (block.censored === block.seeds)
    return `${was} never stopped in ${block.seeds === 1 ? 'this run' : runs}`;
  const by = stoppedBy(summary);
  if (block.p50.kind === 'never')
    return `${was} not stopped in ${block.censored} of ${runs}, otherwise ${by}`;
  const when = findingText(block.p50, 'ms');
  if (block.seeds === 1) return `${was} stopped ${block.p50.value <= 0 ? 'at once' : `after ${when}`} ${by}`;
  const late =
    block.censored > 0 ? `never in ${block.censored} of ${runs}` : `p95 ${findingText(block.p95, 'ms')}`;
  const soon = block.p50.value <= 0 ? 'at once' : `within ${when}`;
  return `${was} stopped ${soon} in half of the runs (${late}), ${by}`;
};

const escaped = (causes: readonly CulpritStory['cause'][], summary: Summary): string => {
  const { p50, worst } = summary.metrics['escaped'];
  if (p50.kind !== 'value') return '';
  const noun = causes.every((cause) => cause === 'careless') ? 'unwanted message' : 'spam message';
  if (worst !== undefined && worst.value === 0) return `no ${noun} got out`;
  const number = Math.round(p50.value);
  const most =
    worst !== undefined && worst.value >= 2 * Math.max(1, p50.value)
      ? ` (${count(worst.value)} in the worst run)`
      : '';
  return `${number === 0 ? 'no' : count(number)} ${number === 1 ? noun : `${noun}s`} got out${most}`;
};

const innocents = (summary: Summary): string => {
  const { values, p50, worst } = summary.metrics['fp.tenants'];
  const middle = findingValue(p50);
  if (middle === undefined || worst === undefined) return '';
  const whom = `${count(summary.innocents)} ${sparedWord(summary)} tenants`;
  if (worst.value === 0) return `none of ${whom} was hit`;
  const seeds = values.filter((each) => each.value > 0).length;
  const often = seeds === values.length ? '' : ` in ${seeds} of ${plural(values.length, 'run')}`;
  if (onlyCareless(summary)) return `of ${whom} only the careless sender itself was hit${often}`;
  const also = hitsCareless(summary) ? ', the careless sender among them' : '';
  const most = tenantsHit(worst.value, summary.innocents);
  if (often !== '')
    return `${most === '1' ? '' : 'up to '}${most} of ${whom} ${verb(most)} hit${often}${also}`;
  const hit = tenantsHit(middle, summary.innocents);
  return `${hit} of ${whom} ${verb(hit)} hit${most === hit ? '' : ` (${most} in the worst run)`}${also}`;
};

const verb = (number: string): string => (number === '1' ? 'was' : 'were');

const address = (summary: Summary): string => {
  const { values, seeds, p50, worst } = summary.metrics['listed_hours'];
  const listed = values.filter((each) => each.value > 0).length;
  if (seeds === 0) return '';
  if (listed === 0) return 'the address was never listed';
  const word = findingText(p50, 'hours');
  const most = quantity(worst!.value, 'hours');
  if (listed === seeds) {
    const isUneven = p50.kind === 'value' && worst!.value >= 2 * p50.value;
    return `the address was listed for ${word}${isUneven ? ` (${most} in the worst run)` : ''}`;
  }
  // A median that falls between a run without and a run with a listing is the length of no listing.
  return `the address was listed in ${listed} of ${plural(seeds, 'run')}, for ${most} at most`;
};
