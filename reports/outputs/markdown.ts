// summary.md of one run, as a pull request's comment or a step's summary shows it: the verdict, the
// gates, then, folded, the figures and whom they concern. Within GitHub's limits whatever the plan holds.

import type { MetricName, RunResult } from '../../sim/index.ts';
import { harmText, hitName, sparedWord, stopperText } from '../blame.ts';
import { findingText } from '../finding.ts';
import { count, plural, quantity, span } from '../format.ts';
import type { GateReport } from '../gates.ts';
import { gateLine, headline } from '../headline.ts';
import { metricNames } from '../metrics.ts';
import { type MetricSummary, worstSeed } from '../metric-summary.ts';
import { repeatCommand } from '../repeat.ts';
import { policyLabel } from '../settings.ts';
import type { Summary } from '../summary.ts';
import { markdownCode, markdownText } from './inert.ts';
import { bytesOf, fitSections, type Section, type Table } from './markdown-table.ts';
import { transportText } from '../transport.ts';

/**
 * Most bytes of a summary. GitHub takes comments of 65,536 characters and drops a longer one whole (a
 * step's summary: 1,024 KiB); the rest is room for what a workflow adds, such as a link to the report.
 */
export const summaryLimit = 60_000;

/** What some actions look for to replace their earlier comment by this one. */
export const summaryMark = '<!-- sharedfate summary -->';

/** Rows of a folded table; more are for the report. */
const shownRows = 20;

/** Ends with a line break. */
export const renderRunMarkdown = (result: RunResult, summary: Summary, gates: GateReport): string => {
  const top = opening(result, summary, gates);
  const end = closing(result, summary);
  const sections: readonly Section[] = [
    { fold: '', table: gateTable(gates) },
    { fold: 'Figures over the seeds', table: measures(summary) },
    { fold: `Wrongly hit: ${hitWords(summary)}`, table: hitTable(summary) },
    { fold: 'Culprits, longest sending first', table: culpritTable(summary) },
    { fold: 'Registers', table: listingTable(summary) },
  ];
  return `${top}${fitSections(sections, summaryLimit - bytesOf(top + end))}${end}`;
};

export const outcomeMark = {
  passed: '✓',
  failed: '✗',
  'no data': '?',
  inconclusive: '?',
  none: '·',
} as const;

const opening = (result: RunResult, summary: Summary, gates: GateReport): string => {
  const isWhole = summary.seeds >= summary.seedsAsked;
  const judged = gates.outcome === 'none' ? 'No gates' : gateLine(gates);
  const verdict = isWhole ? judged : `INTERRUPTED, so far ${judged}`;
  const mark = isWhole ? outcomeMark[gates.outcome] : '?';
  const facts = [
    `policy ${markdownCode(policyLabel(result.policy))}`,
    plural(summary.seeds, 'seed'),
    plural(summary.tenants, 'tenant'),
    markdownText(String(result.plan.length), 40),
    transportText(result.transport),
    markdownCode(result.scenario),
  ];
  const stopped = isWhole
    ? ''
    : `\n> **${summary.seeds} of ${summary.seedsAsked} seeds finished.** ` +
      'All figures and verdicts are of these alone.\n';
  const leftOver =
    gates.notJudged.length === 0 ? '' : `\nLeft to a comparison: ${gates.notJudged.join(', ')}.\n`;
  return `${summaryMark}
### ${mark} ${verdict} · ${markdownText(result.plan.title, 200)}

**${markdownText(headline(result, summary), 2_000)}**

${facts.join(' · ')}
${stopped}${leftOver}
`;
};

const gateTable = ({ verdicts }: GateReport): Table => ({
  head: ['verdict', 'gate', '#found', '#limit', '#worst seed', 'note'],
  rows: verdicts
    .toSorted((one, two) => Number(one.outcome === 'passed') - Number(two.outcome === 'passed'))
    .map((gate) => [
      `${outcomeMark[gate.outcome]} ${gate.outcome === 'passed' ? 'passed' : `**${gate.outcome}**`}` +
        (gate.waiver?.state === 'in force' ? ' (waived)' : gate.severity === 'warn' ? ' (warn)' : ''),
      `${markdownText(gate.label, 200)} ${gate.name.split('.').at(-1)}`,
      gate.found,
      gate.rule,
      gate.worstSeed === '' ? '–' : markdownCode(gate.worstSeed, 64),
      markdownText(gate.note, 300),
    ]),
});

/** Metrics that say something: those that were never anything but 0 are left to the report. */
const measures = (summary: Summary): Table => {
  const told = metricNames.map((name) => summary.metrics[name]).filter(isTold);
  return {
    head: ['', '#p50', '#p95', '#worst', '#seeds with data'],
    rows: told.map((metric) => [
      metric.label,
      findingText(metric.p50, metric.unit),
      findingText(metric.p95, metric.unit),
      worstText(metric),
      `${metric.seeds} of ${summary.seeds}` +
        (metric.censored > 0 ? `, ${metric.censored} not to the end` : ''),
    ]),
  };
};

const always: readonly MetricName[] = ['fp.tenants', 'escaped', 'listed_hours'];

const isTold = ({ name, values }: MetricSummary): boolean =>
  always.includes(name) || values.some(({ value, observed }) => value !== 0 || !observed);

const worstText = (metric: MetricSummary): string => {
  const { worst, unit } = metric;
  if (worst === undefined) return 'no data';
  const seed = worstSeed(metric);
  const value = worst.observed ? quantity(worst.value, unit) : 'never';
  return seed === '' ? value : `${value}, seed ${markdownCode(seed, 64)}`;
};

const stoppedHits = (summary: Summary) => summary.hits.filter((hit) => hit.seedsStopped > 0);

const hitWords = (summary: Summary): string =>
  plural(stoppedHits(summary).length, `${sparedWord(summary)} tenant`);

const hitTable = (summary: Summary): Table => {
  const hits = stoppedHits(summary);
  return {
    head: ['tenant', '#seeds', 'what, over all seeds', 'most often by'],
    rows: hits
      .slice(0, shownRows)
      .map((hit) => [
        markdownCode(hitName(hit)),
        `${hit.seedsStopped} of ${summary.seeds}`,
        harmText(hit),
        hit.rules[0] === undefined ? '–' : markdownCode(hit.rules[0].rule),
      ]),
    total: hits.length,
  };
};

const culpritTable = ({ culprits }: Summary): Table => ({
  head: ['culprit', '#seed', '#stopped after', 'by', '#got out'],
  rows: culprits
    .slice(0, shownRows)
    .map((each) => [
      markdownCode(each.tenant),
      markdownCode(each.seed, 64),
      each.blocked.value === null ? 'no data' : each.blocked.observed ? span(each.blocked.value) : 'never',
      markdownCode(stopperText(each)),
      count(each.escaped),
    ]),
  total: culprits.length,
});

const listingTable = (summary: Summary): Table => ({
  head: ['register', '#seeds with a listing', '#listings', '#half ended within', '#still listed at the end'],
  rows: summary.listings.map((row) => [
    markdownCode(row.register),
    `${row.seedsListed} of ${summary.seeds}`,
    count(row.listings),
    findingText(row.lasted, 'ms'),
    count(row.stillListed),
  ]),
});

const closing = (result: RunResult, summary: Summary): string => {
  const worst = summary.metrics['time_to_block'].worst?.seed ?? summary.metrics['fp.tenants'].worst?.seed;
  const first = result.seeds[0]!;
  const commands = [
    `Repeat: ${markdownCode(repeatCommand(result), 2_000)}`,
    ...(worst === undefined || summary.seeds === 1
      ? []
      : [`worst seed: ${markdownCode(repeatCommand(result, worst), 2_000)}`]),
  ];
  const facts = [
    `plan ${markdownCode(result.planHash.slice(0, 12))}`,
    `seed ${markdownCode(first.seed, 64)} fingerprint ${markdownCode(first.fingerprint, 64)}`,
    markdownText(result.tool, 100),
    `rests on ${plural(result.assumptions.length, 'assumption')}, all in report.html`,
  ];
  return `${commands.join(' · ')}\n\n<sub>${facts.join(' · ')}</sub>\n`;
};
