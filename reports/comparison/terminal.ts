// A comparison for a person at a terminal: what differs between the sides, the gates, what became better or
// worse by how much, and as the last line the command that goes on. Words stand beside every symbol.

import { findingText } from '../finding.ts';
import { plural, printable, quantity } from '../format.ts';
import { type GateRow, gateTable } from '../gates/terminal.ts';
import { changeText } from '../outputs/change-text.ts';
import { clip, columns, type Paint, paintOf, type Style, widthOf, wrap } from '../terminal-layout.ts';
import type {
  ComparedGate, Comparison, ComparisonRow, RowOutcome, ScenarioComparison, SideFigure,
} from './comparison.ts';
import { leastDiffering } from './settled.ts';
import { tallyText, verdictLine } from './verdict.ts';
import { hasTooFew, whyOpen } from './words.ts';

export interface ComparisonTerminalOptions {
  readonly colours?: boolean;
  /** Width, 60 to 200; 100 by default. */
  readonly columns?: number;
  /** Where report.html was written; empty where it was not. */
  readonly reportPath?: string;
  /** Every row, and not only what moved or is not settled. */
  readonly all?: boolean;
}

/** Ends with a line break. */
export const renderComparisonTerminal = (
  comparison: Comparison, options: ComparisonTerminalOptions = {},
): string => {
  const width = widthOf(options.columns);
  const paint = paintOf(options.colours);
  const blocks = [
    heading(comparison, width, paint),
    wrap(verdictLine(comparison), width).map((line) => paint('bold', line)),
    gateTable(comparison.gates.verdicts.map(gateRow(comparison.scenarios.length > 1)), width, paint),
    ...comparison.scenarios.map((scenario) => scenarioLines(scenario, comparison, width, paint, options)),
    closing(comparison, options.reportPath ?? '', width, paint),
  ];
  const full = blocks.filter((block) => block.length > 0);
  return `${full.map((block) => block.join('\n')).join('\n\n')}\n`;
};

/** Settings named; two policies with nothing in common would fill the screen. */
const mostSettings = 10;

const heading = (comparison: Comparison, width: number, paint: Paint): string[] => {
  const { baseline, candidate, scenarios, settings, pairing } = comparison;
  const seeds = scenarios.map((scenario) => scenario.seeds.length);
  const pairs = new Set(seeds).size === 1 ? plural(seeds[0]!, pairing === 'seeds' ? 'paired seed' : 'pair')
    : `${Math.min(...seeds)} to ${plural(Math.max(...seeds), 'paired seed')}`;
  const changed = settings.slice(0, mostSettings).map(({ name, baseline: one, candidate: two }) =>
    one === null ? `${printable(name)} new${two === 'on' ? '' : ` (${printable(two ?? '')})`}`
    : two === null ? `${printable(name)} gone${one === 'on' ? '' : ` (was ${printable(one)})`}`
    : `${printable(name)} ${printable(one)} → ${printable(two)}`);
  if (settings.length > mostSettings) changed.push(`${settings.length - mostSettings} more`);
  return [
    ...wrap(`${printable(baseline.name)}  →  ${printable(candidate.name)}`, width)
      .map((line) => paint('bold', line)),
    ...wrap(`changed: ${changed.join(' · ') || 'nothing, the sides have the same settings'}`, width),
    paint('dim', `${pairs} × ${plural(scenarios.length, 'scenario')}` +
      (pairing === 'seeds' ? '' : ', of different seeds: their luck is in every difference')),
  ];
};

const excuse = ({ severity, waiver, counts, outcome }: ComparedGate): string =>
  severity === 'warn' ? ' (warn)'
  : waiver?.state === 'in force' ? ' (waived)'
  : !counts && outcome === 'no data' ? ' (may lack data)' : '';

const gateRow = (many: boolean) => (gate: ComparedGate): GateRow => {
  const { outcome, scenario, name, found, rule, note } = gate;
  const where = many ? [clip(scenarioWord(scenario), 28)] : [];
  return { outcome, excuse: excuse(gate), cells: [...where, name, found, rule], note };
};

const rowMark: Readonly<Record<RowOutcome, string>> = {
  better: '✓ better', worse: '✗ worse', differs: '≠ differs', same: '= same', inconclusive: '? inconclusive',
  'no data': 'no data', 'only baseline': 'gone', 'only candidate': 'new',
};
const rowTint: Readonly<Partial<Record<RowOutcome, Style>>> =
  { better: 'green', worse: 'red', inconclusive: 'yellow' };
const moved: readonly RowOutcome[] = ['worse', 'better', 'differs', 'only baseline', 'only candidate'];
/** Rows that are not settled, by how far they are off their margins; more are counted only. */
const mostUnsettled = 6;

const scenarioLines = (
  scenario: ScenarioComparison,
  comparison: Comparison,
  width: number,
  paint: Paint,
  { all = false }: ComparisonTerminalOptions,
): string[] => {
  const { rows, seeds, alikeSeeds, baselineOnly, candidateOnly } = scenario;
  const alone = baselineOnly.length + candidateOnly.length;
  const facts = [
    plural(seeds.length, comparison.pairing === 'seeds' ? 'paired seed' : 'pair'),
    ...(alikeSeeds === 0 ? [] : [`${alikeSeeds} alike to the last event`]),
    ...(alone === 0 ? [] : [`${plural(alone, 'seed')} on one side only, left out`]),
  ];
  const shown = all ? rows : worthShowing(rows);
  const rest = rows.filter((row) => !shown.includes(row));
  const table = shown.map((row) => [
    rowMark[row.outcome],
    row.statistic === 'mean' ? row.metric : `${row.metric}.${row.statistic}`,
    figure(row, row.baseline),
    figure(row, row.candidate),
    row.change === null ? '' : changeText(row.change, row.unit),
    `${intervalText(row)}${settling(row)}`,
  ]);
  const head = ['', '', 'baseline', 'candidate', 'change', '95 % interval'];
  const lines = table.length === 0 ? [] : columns([head, ...table], width);
  return [
    paint('bold', printable(scenario.scenario)),
    ...wrap(facts.join(' · '), width - 2).map((line) => paint('dim', `  ${line}`)),
    ...lines.map((line, index) => (index === 0 ? paint('dim', line) : tinted(line, paint))),
    ...(rest.length === 0
      ? []
      : wrap(`${table.length === 0 ? '' : 'and '}${tallyText(rest)}; --all shows them`, width - 2)
        .map((line) => paint('dim', `  ${line}`))),
  ];
};

const worthShowing = (rows: readonly ComparisonRow[]): readonly ComparisonRow[] => {
  const unsettled = rows
    .filter(({ outcome }) => outcome === 'inconclusive')
    .toSorted((one, two) => farness(two) - farness(one))
    .slice(0, mostUnsettled);
  return rows.filter((row) => moved.includes(row.outcome) || unsettled.includes(row));
};

const farness = ({ change, margin }: ComparisonRow): number => Math.abs(change ?? 0) / (margin || 1);

/** Coloured by the outcome that the line begins with. */
const tinted = (line: string, paint: Paint): string => {
  for (const [outcome, style] of Object.entries(rowTint)) {
    const mark = rowMark[outcome as RowOutcome];
    if (line.trimStart().startsWith(mark)) return line.replace(mark, paint(style, mark));
  }
  return line;
};

/** `[+1 h 31, +3 h 02]`: minutes after hours go without saying, and leave room. */
const intervalText = ({ interval, unit }: ComparisonRow): string => {
  const [low, high] = (interval ?? []).map((end) => changeText(end, unit).replace(/( h \d\d) m$/, '$1'));
  return interval === null ? '' : `[${low}, ${high}]`;
};

/** A mean of restricted times is what the change is of; a quantile without its horizon may be never. */
const figure = (row: ComparisonRow, side: SideFigure): string =>
  side.value === null ? findingText(side.finding, row.unit)
  : row.statistic === 'mean' ? quantity(side.value, row.unit)
  : findingText(side.finding, row.unit);

const settling = (row: ComparisonRow): string => {
  const few = whyOpen(row) !== '' && hasTooFew(row) ? `${row.differing} differ` : '';
  const seeds = row.settledBy === null ? '' : `~${plural(row.settledBy, 'seed')}`;
  return [few, seeds].filter((part) => part !== '').map((part) => `  ${part}`).join('');
};

const scenarioWord = (scenario: string): string =>
  printable(scenario).replace(/^.*\//, '').replace(/\.\w+$/, '');

const closing = (
  comparison: Comparison, reportPath: string, width: number, paint: Paint,
): string[] => {
  const { scenarios, gates, repeat, accept } = comparison;
  const worst = scenarios.flatMap((scenario) => (scenario.worst === null ? [] : [scenario.worst]));
  const inform = worst.slice(0, 3).map(({ seed, command }) => `Worst    seed ${printable(seed)}: ${command}`);
  const settled = Math.max(0,
    ...gates.verdicts.map(({ settledBy, counts }) => (counts ? (settledBy ?? 0) : 0)));
  const again = `Repeat   ${repeat}`;
  const last =
    gates.outcome === 'failed' ? `If it was meant:  ${accept}`
    : settled > 0 ? `To settle it:  ${withSeeds(repeat, settled)}`
    : again;
  return [
    ...(reportPath === '' ? [] : [`Report   ${reportPath}`]),
    ...inform,
    ...(last === again ? [] : [again]),
    ...wrap(explained(comparison), width).map((line) => paint('dim', line)),
    last,
  ];
};

const explained = ({ scenarios }: Comparison): string => {
  const rows = scenarios.flatMap((scenario) => scenario.rows);
  const restricted = new Map(rows.flatMap(({ metric, horizon, unit }) =>
    horizon === null ? [] : [[metric, quantity(horizon, unit)] as const]));
  const times = [...restricted].map(([metric, horizon]) => `${metric} up to ${horizon}`);
  return [
    'same: the whole interval lies within what does not matter',
    'false alarms: at most 5 % over all rows together, and over all gates',
    ...(rows.some((row) => whyOpen(row) !== '')
      ? ['an interval beyond 0 settles nothing while luck is not ruled out, and fewer than ' +
        `${leastDiffering} seeds that differ never rule it out`]
      : []),
    ...(rows.some(({ settledBy }) => settledBy !== null) ? ['~: seeds that would settle it'] : []),
    ...(times.length === 0 ? [] : [`times that may be never are means ${times.join(', ')}`]),
  ].join(' · ');
};

const withSeeds = (command: string, seeds: number): string =>
  `${command.replace(/ --seeds? \S+/, '')} --seeds ${seeds}`;
