// A sweep's trade-off for a person at a terminal: the frontier of each scenario and of all of them. The
// command of each point is in the page.

import { plural, printable } from '../format.ts';
import { clip, paintOf, type Paint, widthOf, wrap } from '../terminal-layout.ts';
import type { TradeOff, WeighedScenario } from './weigh.ts';
import { blockText, frontierRows, nameOf, slowedText, verdictOf, wrongText } from './words.ts';

export interface TradeOffTerminalOptions {
  readonly colours?: boolean;
  /** Width, 60 to 200; 100 by default. */
  readonly columns?: number;
  readonly reportPath?: string;
}

/** Rows of one scenario, and scenarios, that are printed; the page has them all. */
const mostRows = 6;
const mostScenarios = 6;

/** Ends with a line break. */
export const renderTradeOffTerminal = (tradeOff: TradeOff, options: TradeOffTerminalOptions = {}): string => {
  const width = widthOf(options.columns);
  const paint = paintOf(options.colours);
  const { overall, scenarios, seeds, sweep } = tradeOff;
  const views = [...(overall === null ? [] : [overall]), ...scenarios];
  const blocks = [
    wrap(printable(tradeOff.title || sweep), width).map((line) => paint('bold', line)),
    [paint('dim', `${plural(scenarios.length, 'scenario')} × ` +
      `${plural(scenarios[0]!.points.length, 'point')} × ` + plural(seeds, 'seed'))],
    wrap(verdictOf(tradeOff), width),
    ...views.slice(0, mostScenarios).map((view) => scenarioLines(view, width, paint)),
    views.length > mostScenarios ? [`${views.length - mostScenarios} more scenarios in the report`] : [],
    (options.reportPath ?? '') === '' ? [] : [`Report: ${options.reportPath}`],
  ];
  const full = blocks.filter((block) => block.length > 0);
  return `${full.map((block) => block.join('\n')).join('\n\n')}\n`;
};

const scenarioLines = (view: WeighedScenario, width: number, paint: Paint): readonly string[] => {
  const rows = frontierRows(view);
  const name = view.scenario === '' ? view.title : view.scenario;
  if (rows.length === 0) {
    const what = view.points.every(({ runs }) => runs === 0) ? 'no run made'
      : view.points.every(({ block }) => block === null) ? 'no culprit, nothing to block'
        : 'no point is whole';
    return [clip(`${paint('bold', printable(name))}: ${what}`, width)];
  }
  const cells = rows.slice(0, mostRows).map(({ first, alike, isOn }) => [
    isOn ? 'frontier' : 'defaults',
    `${wrongText(first)} hit`, `${slowedText(first)} slowed`, blockText(first, view),
    printable(nameOf(first)) + (alike > 0 ? ` (and ${plural(alike, 'point')} alike)` : ''),
  ]);
  const wide = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  const figures = cells.map((row) => `  ${wide.map((size, column) => row[column]!.padEnd(size)).join('  ')}`);
  const names = cells.map((row) => row.at(-1)!);
  // A name is what a row is told apart by: where it would be cut, all names have lines of their own.
  const isBeside = figures.every((text, place) => text.length + 2 + names[place]!.length <= width);
  return [
    paint('bold', clip(printable(name), width)),
    ...figures.flatMap((text, place) => isBeside ? [`${text}  ${names[place]!}`]
      : [clip(text.trimEnd(), width), clip(`    ${names[place]!}`, width)]),
    ...(rows.length > mostRows ? [`  ${rows.length - mostRows} more in the report`] : []),
  ];
};
