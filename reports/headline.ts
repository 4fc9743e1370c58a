// The run in one sentence, for the top of every report: did the policy stop it, what got out, who was hit,
// what happened to the address. Words only, each figure a median over seeds unless it says otherwise.

import type { CulpritStory, RunResult } from '../sim/result.ts';
import { findingText, findingValue } from './finding.ts';
import { count, listed, plural, printable, share } from './format.ts';
import type { GateReport } from './gates.ts';
import type { Summary } from './summary.ts';

/**
 * `The default policy stopped the stolen account within 14 m in half of the runs (p95 1 h 02 m); 96 spam
 * messages ...`.
 */
export const headline = (result: RunResult, summary: Summary): string => {
  const policy = `The ${printable(result.policy.name)} policy`;
  const causes = [...new Set(summary.culprits.map((culprit) => culprit.cause))];
  const parts =
    causes.length === 0
      ? ['Nobody was at fault', innocents(summary), address(summary)]
      : [stopped(policy, causes, summary), escaped(causes, summary), innocents(summary), address(summary)];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
};

/** `FAILED: 1 of 3 gates`, `PASSED: 3 gates`; empty where the plan declares none. */
export const gateLine = (gates: GateReport): string => {
  const strict = gates.verdicts.filter((verdict) => verdict.severity === 'fail');
  const of = (outcome: string): number => strict.filter((verdict) => verdict.outcome === outcome).length;
  switch (gates.outcome) {
    case 'none':
      return '';
    case 'passed':
      return strict.length === 0
        ? 'PASSED: only warnings were asked for'
        : `PASSED: ${plural(strict.length, 'gate')}`;
    case 'failed': {
      const unjudged = of('no data') > 0 ? `, ${of('no data')} without data` : '';
      return `FAILED: ${of('failed')} of ${plural(strict.length, 'gate')}${unjudged}`;
    }
    case 'no data':
      return `NO DATA: ${of('no data')} of ${plural(strict.length, 'gate')} could not be judged`;
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

const culpritWord: Readonly<Record<CulpritStory['cause'], string>> = {
  compromised: 'the stolen account',
  careless: 'the careless list',
  spammer: 'the spammer',
};

const stopped = (policy: string, causes: readonly CulpritStory['cause'][], summary: Summary): string => {
  const block = summary.metrics['time_to_block'];
  const whom = listed(causes.map((cause) => culpritWord[cause]));
  if (block.p50.kind === 'none')
    return `${policy} met ${whom}, but sent nothing by which stopping could be judged`;
  const runs = plural(block.seeds, 'run');
  if (block.censored === block.seeds)
    return `${policy} never stopped ${whom} in ${block.seeds === 1 ? 'this run' : runs}`;
  if (block.p50.kind === 'never') {
    return `${policy} did not stop ${whom} in ${block.censored} of ${runs}`;
  }
  const when = findingText(block.p50, 'ms');
  if (block.seeds === 1)
    return `${policy} stopped ${whom} ${block.p50.value <= 0 ? 'at once' : `after ${when}`}`;
  const late =
    block.censored > 0 ? `never in ${block.censored} of ${runs}` : `p95 ${findingText(block.p95, 'ms')}`;
  const soon = block.p50.value <= 0 ? 'at once' : `within ${when}`;
  return `${policy} stopped ${whom} ${soon} in half of the runs (${late})`;
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
  const { p50, worst } = summary.metrics['fp.tenants'];
  const middle = findingValue(p50);
  if (middle === undefined || worst === undefined) return '';
  const all = count(summary.innocents);
  if (worst.value === 0) return `none of ${all} innocent tenants was hit`;
  const most = tenantsHit(worst.value, summary.innocents);
  const hit = tenantsHit(middle, summary.innocents);
  if (hit === '0') return `no innocent tenant was hit in half of the runs (${most} of ${all} in the worst)`;
  const also = most === hit ? '' : ` (${most} in the worst run)`;
  return `${hit} of ${all} innocent tenants ${hit === '1' ? 'was' : 'were'} hit${also}`;
};

const address = (summary: Summary): string => {
  const hours = summary.metrics['listed_hours'];
  const seeds = hours.values.filter((each) => each.value > 0).length;
  if (hours.seeds === 0) return '';
  if (seeds === 0) return 'the address was never listed';
  const word = findingText(hours.p50, 'hours');
  if (hours.seeds === 1) return `the address was listed for ${word}`;
  if (findingValue(hours.p50) === 0)
    return `the address was listed in ${seeds} of ${plural(hours.seeds, 'run')}`;
  const often = seeds < hours.seeds ? ` (in ${share(seeds / hours.seeds)} of the runs)` : '';
  return `the address was listed for ${word}${often}`;
};
