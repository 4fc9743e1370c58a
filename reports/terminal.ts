// The summary of a run for a person at a terminal. Pure: a result in, a string out. Words stand beside every
// symbol, and it is plain text unless colours are asked for.

import type { MetricName, RunResult } from '../sim/index.ts';
import { harmText, hitName, restOf, sparedWord, stoppedBy } from './blame.ts';
import { findingText } from './finding.ts';
import { count, plural, printable, quantity, share } from './format.ts';
import type { GateReport } from './gates.ts';
import { gateLines } from './gates/terminal.ts';
import { headline, tenantsHit } from './headline.ts';
import { type MetricSummary, worstSeed } from './metric-summary.ts';
import { repeatCommand } from './repeat.ts';
import { policyText } from './settings.ts';
import type { Summary } from './summary.ts';
import { clip, columns, type Paint, paintOf, widthOf, wrap } from './terminal-layout.ts';
import { transportText } from './transport.ts';

export interface TerminalOptions {
  /** ANSI colours; off by default. The caller knows about terminals and NO_COLOR. */
  readonly colours?: boolean;
  /** Width, 60 to 200; 100 by default. */
  readonly columns?: number;
  /** Where report.html was written; empty where it was not. */
  readonly reportPath?: string;
}

/** Ends with a line break. */
export const renderTerminal = (
  result: RunResult,
  summary: Summary,
  gates: GateReport,
  options: TerminalOptions = {},
): string => {
  const width = widthOf(options.columns);
  const paint = paintOf(options.colours);
  const blocks = [
    heading(result, summary, width, paint),
    wrap(headline(result, summary), width).map((line) => paint('bold', line)),
    measures(summary, width, paint),
    whoWasHit(summary, width, paint),
    gateLines(gates, width, paint),
    closing(result, summary, options.reportPath ?? '', width, paint),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
};

const heading = (result: RunResult, summary: Summary, width: number, paint: Paint): string[] => {
  const facts = [
    `policy ${policyText(result.policy)}`,
    plural(summary.seeds, 'seed'),
    plural(summary.tenants, 'tenant'),
    String(result.plan.length),
    `${count(summary.events)} events`,
    transportText(result.transport),
  ];
  const lines = [
    paint('bold', printable(result.plan.title)),
    ...wrap(printable(result.plan.question), width),
    ...wrap(facts.join(' · '), width).map((line) => paint('dim', line)),
  ];
  if (summary.seeds < summary.seedsAsked) {
    lines.push(paint('yellow', `INTERRUPTED: ${summary.seeds} of ${summary.seedsAsked} seeds finished`));
  }
  return lines;
};

const measures = (summary: Summary, width: number, paint: Paint): string[] => {
  const { metrics } = summary;
  const rows: string[][] = [];
  const add = (label: string, name: MetricName, note = ''): void => {
    const metric = metrics[name];
    if (metric.seeds === 0) rows.push([label, 'no data', '', '', note]);
    else
      rows.push([
        label,
        findingText(metric.p50, metric.unit),
        findingText(metric.p95, metric.unit),
        worst(metric),
        note,
      ]);
  };
  if (summary.culprits.length > 0) {
    add('time to detect', 'time_to_detect', neverNote(metrics['time_to_detect']));
    const notes = [neverNote(metrics['time_to_block']), stoppedBy(summary)];
    add('time to block', 'time_to_block', notes.filter((part) => part !== '').join(', '));
    add('abuse that got out', 'escaped', shareNote(metrics['escaped.share'], 'of it'));
  }
  const hit = metrics['fp.tenants'];
  rows.push([
    `${sparedWord(summary)} tenants hit`,
    ...[hit.p50, hit.p95].map((finding) =>
      finding.kind === 'value' ? tenantsHit(finding.value, summary.innocents) : findingText(finding, 'share'),
    ),
    worst(hit, (value) => tenantsHit(value, summary.innocents)),
    `of ${count(summary.innocents)}`,
  ]);
  add('wanted mail refused', 'fp.messages.rejected', 'by the policy');
  add('  held', 'fp.messages.held');
  add('  deferred', 'fp.messages.deferred');
  add('  paced', 'fp.messages.paced');
  add('wanted mail bounced', 'collateral.bounced', 'for the address');
  add('  deferred', 'collateral.deferred', 'for the address');
  const often = metrics['listed_hours'].values.filter((each) => each.value > 0).length;
  add('time on a register', 'listed_hours', `in ${often} of ${summary.seeds}`);
  add('work of the desk', 'desk.hours');
  const shown = rows.filter((row) => !(row[0]!.startsWith('  ') && row[1] === '0 %' && row[2] === '0 %'));
  return columns([['', 'p50', 'p95', 'worst', ''], ...shown], width).map((line, index) =>
    index === 0 ? paint('dim', line) : line,
  );
};

const neverNote = (metric: MetricSummary): string =>
  metric.censored === 0 ? '' : `never in ${metric.censored} of ${metric.seeds}`;

const shareNote = (metric: MetricSummary, of: string): string =>
  metric.p50.kind === 'value' ? `${share(metric.p50.value)} ${of}` : '';

/** The worst value, and its seed. */
const worst = (
  metric: MetricSummary,
  say = (value: number): string => quantity(value, metric.unit),
): string => {
  const { worst: seed } = metric;
  if (seed === undefined) return '';
  const name = worstSeed(metric);
  return `${seed.observed ? say(seed.value) : 'never'}${name === '' ? '' : `, seed ${printable(name)}`}`;
};

const whoWasHit = (summary: Summary, width: number, paint: Paint): string[] => {
  const hits = summary.hits.filter((hit) => hit.seedsStopped > 0);
  const slowed = summary.hits.length - hits.length;
  if (summary.hits.length === 0) return [];
  const rows = hits
    .slice(0, 5)
    .map((hit) => [
      clip(printable(hitName(hit)), 34),
      `${hit.seedsStopped} of ${summary.seeds}`,
      harmText(hit),
      printable(hit.rules[0]?.rule ?? ''),
    ]);
  const whom = sparedWord(summary) === 'innocent' ? 'Innocent, and hit' : 'Innocent or careless, and hit';
  const more = restOf(hits.length, slowed, 5);
  return [
    ...(rows.length > 0
      ? columns(
          [[whom, 'seeds', 'what, over all seeds', 'most often by'], ...rows],
          width,
        ).map((line, index) => (index === 0 ? paint('dim', line) : line))
      : []),
    ...(more === '' ? [] : [paint('dim', `  and ${more}`.replace('  and', rows.length > 0 ? '  and' : ' '))]),
  ];
};

const worstBy: readonly MetricName[] = ['time_to_block', 'fp.tenants', 'collateral.bounced', 'listed_hours'];

const closing = (
  result: RunResult,
  summary: Summary,
  reportPath: string,
  width: number,
  paint: Paint,
): string[] => {
  // The first measure in which the seeds differ at all says which is the worst.
  const seed = worstBy.map((name) => worstSeed(summary.metrics[name])).find((name) => name !== '');
  const first = result.seeds[0]!;
  return [
    ...(reportPath === '' ? [] : [`Report   ${reportPath}`]),
    `Repeat   ${repeatCommand(result)}`,
    ...(seed === undefined || summary.seeds === 1 ? [] : [`Worst    ${repeatCommand(result, seed)}`]),
    ...wrap(
      `plan ${printable(result.planHash.slice(0, 12))} · seed ${printable(first.seed)} fingerprint ` +
        `${printable(first.fingerprint)} · ${printable(result.tool)} · ` +
        `rests on ${plural(result.assumptions.length, 'assumption')}, all in the report`,
      width,
    ).map((line) => paint('dim', line)),
  ];
};
