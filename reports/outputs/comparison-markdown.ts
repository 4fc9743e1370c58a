// summary.md of a comparison, as a pull request shows it: the verdict, what was changed, the gates, then
// what became better or worse by how much; what stayed the same is folded away.

import type {
  ComparedGate,
  Comparison,
  ComparisonRow,
  RowOutcome,
  ScenarioComparison,
} from '../comparison/comparison.ts';
import { gatesLine } from '../comparison/verdict.ts';
import { whyOpen } from '../comparison/words.ts';
import { findingText } from '../finding.ts';
import { plural, quantity } from '../format.ts';
import { changeWithInterval } from './change-text.ts';
import { clipped, markdownCode, markdownText } from './inert.ts';
import { outcomeMark, summaryLimit, summaryMark } from './markdown.ts';
import { bytesOf, fitSections, type Table } from './markdown-table.ts';

/** Ends with a line break. */
export const renderComparisonMarkdown = (comparison: Comparison): string => {
  const top = opening(comparison);
  const end = closing(comparison);
  const rows = comparison.scenarios.flatMap((scenario) => scenario.rows.map((row) => ({ row, scenario })));
  const moved = rows.filter(({ row }) => ['worse', 'better', 'differs'].includes(row.outcome));
  // Where no pair differs at all there is nothing to look at, however few they are.
  const unsure = rows.filter(({ row }) => row.outcome === 'inconclusive' && row.differing > 0);
  const rest = rows.filter((one) => !moved.includes(one) && !unsure.includes(one));
  const many = comparison.scenarios.length > 1;
  const sections = [
    { fold: '', table: gateTable(comparison, many) },
    { fold: '', table: rowTable(moved, comparison, many) },
    { fold: `Not settled: ${plural(unsure.length, 'measure')}`, table: rowTable(unsure, comparison, many) },
    { fold: `The rest: ${plural(rest.length, 'measure')}`, table: rowTable(rest, comparison, many) },
  ];
  return `${top}${fitSections(sections, summaryLimit - bytesOf(top + end))}${end}`;
};

const opening = (comparison: Comparison): string => {
  const { baseline, candidate, gates, scenarios, settings, pairing } = comparison;
  const verdict = gates.outcome === 'none' ? 'No gates' : gatesLine(comparison);
  const sides = `${markdownCode(baseline.name)} → ${markdownCode(candidate.name)}`;
  const seeds = scenarios.reduce((sum, scenario) => sum + scenario.seeds.length, 0);
  const facts = [
    pairing === 'seeds' ? plural(seeds, 'paired seed') : `${plural(seeds, 'pair')} of different seeds`,
    scenarios.length === 1 ? markdownCode(scenarios[0]!.scenario) : plural(scenarios.length, 'scenario'),
    ...scenarios.flatMap(unpaired),
  ];
  return `${summaryMark}
### ${outcomeMark[gates.outcome]} ${verdict} · ${sides}

**${clipped(sentence(comparison), 4_000)}**

What changed: ${changes(settings)}

${facts.join(' · ')}

`;
};

/** What moved, in a sentence: the gates that were missed, or else how many measures went which way. */
const sentence = ({ gates, scenarios }: Comparison): string => {
  const missed = gates.verdicts.filter((gate) => gate.counts && gate.outcome !== 'passed').slice(0, 3);
  const rows = scenarios.flatMap((scenario) => scenario.rows);
  const tally = (['worse', 'better', 'differs', 'same', 'inconclusive'] as const)
    .map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length] as const)
    .filter(([, number]) => number > 0)
    .map(([outcome, number]) => `${number} ${outcome === 'differs' ? 'different' : outcome}`);
  const parts = missed.map((gate) => `${markdownText(gate.label, 200)}: ${gateFound(gate)} (${gate.rule})`);
  return [...parts, `measures: ${tally.length === 0 ? 'none with data' : tally.join(', ')}`].join('; ');
};

const gateFound = ({ outcome, found }: ComparedGate): string =>
  outcome === 'failed' || found === outcome ? found : `${outcome}, ${found}`;

const changes = (settings: Comparison['settings']): string =>
  settings.length === 0
    ? 'nothing; the two sides have the same settings'
    : settings
        .slice(0, 12)
        .map(({ name, baseline, candidate }) =>
          baseline === null ? `${markdownCode(name)} new (${markdownCode(candidate ?? '')})`
          : candidate === null ? `${markdownCode(name)} gone (was ${markdownCode(baseline)})`
          : `${markdownCode(name)} ${markdownCode(baseline)} → ${markdownCode(candidate)}`)
        .concat(settings.length > 12 ? [`${settings.length - 12} more`] : [])
        .join(' · ');

const unpaired = ({ scenario, baselineOnly, candidateOnly }: ScenarioComparison): readonly string[] => {
  const alone = baselineOnly.length + candidateOnly.length;
  if (alone === 0) return [];
  return [`${plural(alone, 'seed')} of ${markdownCode(scenario)} on one side only, left out`];
};

const gateTable = ({ gates }: Comparison, many: boolean): Table => ({
  head: ['verdict', ...(many ? ['scenario'] : []), 'gate', '#found', '#limit', '#worst seed', 'note'],
  rows: gates.verdicts
    .toSorted((one, two) => rank(one) - rank(two))
    .map((gate) => [
      verdictText(gate),
      ...(many ? [markdownCode(gate.scenario)] : []),
      `${markdownText(gate.label, 200)} ${gate.statistic}`,
      gate.found,
      gate.rule,
      gate.worstSeed === '' ? '–' : markdownCode(gate.worstSeed, 64),
      markdownText(gate.note, 400),
    ]),
});

const rank = (gate: ComparedGate): number => (gate.outcome === 'passed' ? 2 : gate.counts ? 0 : 1);

const verdictText = ({ outcome, severity, waiver }: ComparedGate): string => {
  const word = outcome === 'passed' ? outcome : `**${outcome}**`;
  const excuse = severity === 'warn' ? ' (warn)' : waiver?.state === 'in force' ? ' (waived)' : '';
  return `${outcomeMark[outcome]} ${word}${excuse}`;
};

interface Placed {
  readonly row: ComparisonRow;
  readonly scenario: ScenarioComparison;
}

const rowMark: Readonly<Record<RowOutcome, string>> = {
  better: '✓ better',
  worse: '✗ **worse**',
  same: '= same',
  differs: '≠ differs',
  inconclusive: '? unclear',
  'no data': 'no data',
  'only baseline': 'gone',
  'only candidate': 'new',
};

const rowTable = (rows: readonly Placed[], { baseline, candidate }: Comparison, many: boolean): Table => ({
  head: [
    '',
    ...(many ? ['scenario'] : []),
    'measure',
    `#${markdownCode(baseline.name, 60)}`,
    `#${markdownCode(candidate.name, 60)}`,
    '#change (95 %)',
  ],
  rows: rows.map(({ row, scenario }) => [
    `${rowMark[row.outcome]}${settling(row)}`,
    ...(many ? [markdownCode(scenario.scenario)] : []),
    `${row.label} ${row.statistic}${row.horizon === null ? '' : `, up to ${quantity(row.horizon, 'ms')}`}`,
    figure(row, 'baseline'),
    figure(row, 'candidate'),
    changeWithInterval(row.change, row.interval, row.unit),
  ]),
});

const settling = (row: ComparisonRow): string => {
  const seeds = row.settledBy === null ? '' : `about ${plural(row.settledBy, 'seed')} to settle`;
  const why = [whyOpen(row), seeds].filter((part) => part !== '').join('; ');
  return why === '' ? '' : ` (${why})`;
};

/** The figure that the change is of; where times are restricted that is the restricted one. */
const figure = (row: ComparisonRow, side: 'baseline' | 'candidate'): string => {
  const { value, finding } = row[side];
  return value === null ? findingText(finding, row.unit) : quantity(value, row.unit);
};

const closing = (comparison: Comparison): string => {
  const worst = comparison.scenarios.flatMap((scenario) => (scenario.worst === null ? [] : [scenario.worst]));
  const lines = [
    `Repeat: ${markdownCode(comparison.repeat, 2_000)}`,
    ...worst
      .slice(0, 3)
      .map((one) => `Worst seed ${markdownCode(one.seed, 64)}: ${markdownCode(one.command, 2_000)}`),
    ...(comparison.gates.outcome === 'failed'
      ? [`If intended: ${markdownCode(comparison.accept, 2_000)}`]
      : []),
  ];
  return `${lines.join('  \n')}\n\n<sub>${markdownText(comparison.tool, 100)}</sub>\n`;
};
