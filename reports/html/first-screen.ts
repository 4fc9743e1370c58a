// The first screen: what happened, how sure, who pays, how to see it again. Plain HTML, readable before any script runs and
// without one; made so that a colleague who sees only this has the answer.

import type { VNode } from 'preact';
import type { RunResult } from '../../sim/result.ts';
import { findingText, type Finding } from '../finding.ts';
import { count, plural, printable, share, span } from '../format.ts';
import type { GateReport, GateVerdict } from '../gates.ts';
import { gateLine, headline, tenantsHit } from '../headline.ts';
import type { MetricSummary } from '../metric-summary.ts';
import { repeatCommand } from '../repeat.ts';
import type { Summary } from '../summary.ts';
import { dotStrip } from './dot-strip.ts';
import { columns, element, paragraph, table } from './element.ts';

export const firstScreen = (result: RunResult, summary: Summary, gates: GateReport): VNode =>
  element('div', { class: 'first' },
    masthead(result, summary),
    verdict(result, summary, gates),
    tiles(summary),
    element('div', { class: gates.verdicts.length > 0 ? 'pair' : 'pair even' },
      gates.verdicts.length > 0 ? gateTable(gates) : culprits(summary),
      innocents(summary, gates.verdicts.length > 0)),
    repeat(result));

const masthead = (result: RunResult, summary: Summary): VNode =>
  element('header', { class: 'masthead' },
    element('div', null,
      element('h1', null, printable(result.plan.title)),
      paragraph(printable(result.plan.question), 'question')),
    element('div', { class: 'facts' },
      element('span', null, 'policy ', element('b', null, printable(result.policy.name))),
      element('span', null, summary.seeds < summary.seedsAsked
        ? `${summary.seeds} of ${summary.seedsAsked} seeds (interrupted)` : plural(summary.seeds, 'seed')),
      element('span', null, `${plural(summary.tenants, 'tenant')}, ${printable(String(result.plan.length))}`),
      element('button', { id: 'theme', type: 'button', hidden: true, 'data-needs-script': '' }, 'Light / dark')));

const verdict = (result: RunResult, summary: Summary, gates: GateReport): VNode => {
  const kind = gates.outcome.replace(' ', '-');
  const line = gateLine(gates);
  return element('div', { class: `verdict ${kind}`, id: 'verdict' },
    line === '' ? null : element('p', { class: 'outcome' }, `${symbol[gates.outcome]} ${line}`),
    element('p', { class: 'sentence' }, unbroken(headline(result, summary))));
};

const symbol = { 'passed': '✓', 'failed': '✗', 'no data': '?', 'none': '' } as const;

const tiles = (summary: Summary): VNode => {
  const { metrics } = summary;
  const hit = metrics['fp.tenants'];
  const tenants = (value: number): string => tenantsHit(value, summary.innocents);
  const listed = metrics['listed_hours'];
  const often = listed.values.filter((each) => each.value > 0).length;
  const lost = metrics['wanted.lost'];
  return element('div', { class: 'tiles' },
    tile('Abuse stopped after', metrics['time_to_block'], said(metrics['time_to_block'].p50, metrics['time_to_block']), [
      `p95 ${said(metrics['time_to_block'].p95, metrics['time_to_block'])}`, neverNote(metrics['time_to_block'], 'stopped'),
    ]),
    tile('Innocent tenants hit', hit, hit.p50.kind === 'value' ? `${tenants(hit.p50.value)} of ${count(summary.innocents)}` : 'no data', [
      hit.p95.kind === 'value' ? `p95 ${tenants(hit.p95.value)}` : '',
      hit.worst === undefined ? '' : `worst ${tenants(hit.worst.value)} (seed ${printable(hit.worst.seed)})`,
    ], tenants),
    tile('Innocent mail lost or delayed', lost, lost.p50.kind === 'none' ? 'no data' : `${said(lost.p50, lost)} lost`, [
      middleShare(metrics['fp.messages.deferred'], 'deferred'), middleShare(metrics['fp.messages.paced'], 'paced'),
      middleShare(metrics['fp.messages.held'], 'held'),
      metrics['collateral.deferred'].p50.kind === 'value' && metrics['collateral.deferred'].p50.value > 0
        ? `${count(metrics['collateral.deferred'].p50.value)} deferred for the address` : '',
    ]),
    tile('Time on a register', listed, said(listed.p50, listed), [
      `p95 ${said(listed.p95, listed)}`, `listed in ${often} of ${plural(summary.seeds, 'seed')}`,
    ]));
};

const tile = (
  title: string, metric: MetricSummary, figure: string, notes: readonly string[], say?: (value: number) => string,
): VNode =>
  element('section', { class: 'tile' },
    element('h2', null, title),
    element('p', { class: 'figure' }, figure, figure === 'no data' || figure === 'never' ? null : element('small', null, ' p50')),
    metric.seeds === 0 ? null : say === undefined ? dotStrip(metric) : dotStrip(metric, say),
    paragraph(notes.filter((note) => note !== '').join(' · ')));

const said = (finding: Finding, metric: MetricSummary): string => findingText(finding, metric.unit);

const neverNote = (metric: MetricSummary, happened: string): string =>
  metric.censored === 0 ? '' : `never ${happened} in ${metric.censored} of ${plural(metric.seeds, 'seed')}`;

const middleShare = (metric: MetricSummary, word: string): string =>
  metric.p50.kind === 'value' && metric.p50.value > 0 ? `${share(metric.p50.value)} ${word}` : '';

const gateTable = (gates: GateReport): VNode =>
  element('section', { id: 'gates', 'aria-labelledby': 'gates-title' },
    element('h2', { id: 'gates-title' }, 'Gates'),
    table(columns('Gate', 'Verdict', '#Found', '#Limit', '#Worst seed'), gates.verdicts.map((each) => [
      element('span', { id: `gate=${each.name}`, title: each.note === '' ? undefined : each.note }, each.label,
        element('small', null, ` ${each.name.split('.').at(-1)}`)),
      outcome(each), each.found, each.rule, each.worstSeed,
    ]), { caption: 'Every gate of the plan, with what was found', quiet: true }),
    ...gates.verdicts.filter((each) => each.outcome !== 'passed' && each.note !== '').slice(0, 2)
      .map((each) => paragraph(`${each.name}: ${each.note}.`)));

const outcome = (each: GateVerdict): VNode =>
  element('span', { class: `word ${each.severity === 'warn' && each.outcome === 'failed' ? 'warned' : each.outcome.replace(' ', '-')}` },
    `${symbol[each.outcome]} ${each.outcome}${each.severity === 'warn' ? ' (warn)' : ''}`);

const innocents = (summary: Summary, alone: boolean): VNode => {
  const hits = summary.hits.filter((hit) => hit.seedsStopped > 0);
  const slowed = summary.hits.length - hits.length;
  const rest = [
    hits.length > 5 ? `${count(hits.length - 5)} more` : '',
    slowed > 0 ? `${plural(slowed, 'tenant')} only deferred or paced` : '',
  ].filter((part) => part !== '').join('; ');
  return element('section', { 'aria-labelledby': 'pays-title' },
    element('h2', { id: 'pays-title' }, 'Who pays: innocent tenants'),
    hits.length === 0
      ? paragraph('No innocent tenant was refused, held or suspended in any seed.', 'plain')
      : table(columns('Tenant', '#Seeds', 'What, over all seeds', 'Most often by'), hits.slice(0, 5).map((hit) => [
        printable(hit.tenant), `${hit.seedsStopped} of ${summary.seeds}`,
        [hit.suspendedMs > 0 ? `suspended ${span(hit.suspendedMs)}` : '', hit.rejected > 0 ? `${count(hit.rejected)} refused` : '',
          hit.held > 0 ? `${count(hit.held)} held` : ''].filter((part) => part !== '').join(', '),
        element('span', { class: 'rule' }, printable(hit.rules[0]?.rule ?? '')),
      ]), { caption: 'Innocent tenants the policy or the desk stopped, worst first; messages over all seeds', quiet: true }),
    paragraph(element('a', { href: '#wrongly-hit' }, rest === '' ? 'All of them' : `And ${rest}`)),
    alone && summary.culprits.length > 0 ? longest(summary) : null);
};

const culprits = (summary: Summary): VNode =>
  element('section', { 'aria-labelledby': 'culprits-title' },
    element('h2', { id: 'culprits-title' }, 'Longest sending'),
    summary.culprits.length === 0
      ? paragraph('Nobody was at fault in this scenario.', 'plain')
      : table(columns('Culprit', '#Seed', '#Stopped after', '#Got out', 'First noticed by'), summary.culprits.slice(0, 5).map((culprit) => [
        printable(culprit.tenant), culprit.seed, stopText(culprit.blocked), count(culprit.escaped),
        element('span', { class: 'rule' }, printable(culprit.detectedBy === '' ? 'nobody' : culprit.detectedBy)),
      ]), { caption: 'The culprits who sent longest', quiet: true }),
    paragraph(element('a', { href: '#seeds' }, 'Every seed')));

/** The culprits in one line, for a first screen whose left half the gates take. */
const longest = (summary: Summary): VNode =>
  paragraph([
    element('b', null, 'Longest sending: '),
    unbroken(summary.culprits.slice(0, 3)
      .map((each) => `${printable(each.tenant)} in seed ${printable(each.seed)} (${stopText(each.blocked)}, ${count(each.escaped)} out)`).join(', ')),
    ' ', element('a', { href: '#culprits' }, 'All'),
  ], 'plain small');

/** Keeps a number and its unit on one line. */
const unbroken = (text: string): string => text.replace(/(?<=\d) (?=(?:ms|[smhd]|%|of)(?![\w]))/g, '\u00a0').replace(/(?<=\d\u00a0[hmd]) (?=\d)/g, '\u00a0');

/** `14 m`, or `never` where it was not. */
export const stopText = (blocked: { readonly value: number | null; readonly observed: boolean }): string =>
  blocked.value === null ? 'no data' : blocked.observed ? span(blocked.value) : 'never';

const repeat = (result: RunResult): VNode => {
  const command = repeatCommand(result);
  const first = result.seeds[0]!;
  return element('div', { class: 'repeat' },
    element('div', null,
      element('span', { class: 'key' }, 'Repeat '), element('code', null, command),
      element('button', { 'type': 'button', 'data-copy': command, 'hidden': true, 'data-needs-script': '' }, 'copy')),
    paragraph(`plan ${result.planHash.slice(0, 12)} · seed ${printable(first.seed)} fingerprint ${first.fingerprint} · `
      + `${printable(result.tool)} · ${result.transport === 'wire' ? 'on the wire (loopback)' : 'in memory'} · made ${result.made.slice(0, 16).replace('T', ' ')} UTC`));
};
