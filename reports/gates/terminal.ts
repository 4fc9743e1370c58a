// Gates as a person at a terminal reads them: a word beside every symbol, what was found and what was allowed
// on one line, why below it.

import { gateLine } from '../headline.ts';
import { columns, type Paint, paintOf, type Style, widthOf, wrap } from '../terminal-layout.ts';
import type { GateReport } from './verdict.ts';

export interface GateRow {
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'no data';
  /** Why a miss does not count, as ` (warn)`; empty where it does. */
  readonly excuse: string;
  readonly cells: readonly string[];
  readonly note: string;
}

const marks =
  { passed: '✓ passed', failed: '✗ FAILED', inconclusive: '? INCONCLUSIVE', 'no data': '? NO DATA' } as const;
const tints: Readonly<Record<GateRow['outcome'], Style>> =
  { passed: 'green', failed: 'red', inconclusive: 'yellow', 'no data': 'yellow' };

export const gateTable = (rows: readonly GateRow[], width: number, paint: Paint): string[] => {
  if (rows.length === 0) return [];
  const words = rows.map(({ outcome, excuse }) => `${marks[outcome]}${excuse}`);
  const word = Math.max(...words.map((each) => each.length));
  // A width nothing reaches: each gate stays on one line, which the loop below counts on.
  const lines = columns(rows.map(({ cells }) => cells), 400, word + 4);
  return rows.flatMap(({ outcome, note }, index) => [
    `  ${paint(tints[outcome], words[index]!.padEnd(word + 2))}${lines[index]!.trimStart()}`,
    ...wrap(note, width - word - 4)
      .filter((line) => line !== '')
      .map((line) => paint('dim', `${' '.repeat(word + 4)}${line}`)),
  ]);
};

/** The gates of one run; no line where it has none. */
export const gateLines = (report: GateReport, width: number, paint: Paint): string[] => {
  const { verdicts, notJudged } = report;
  const left = notJudged.length === 0 ? [] : wrap(
    `${notJudged.join(', ')}: held against another run, which \`sharedfate compare\` judges`, width - 2,
  ).map((line) => paint('dim', `  ${line}`));
  if (verdicts.length === 0) return left;
  const rows = verdicts.map(({ outcome, severity, name, found, rule, note, waiver }): GateRow => {
    const excuse = severity !== 'warn' ? '' : waiver?.state === 'in force' ? ' (waived)' : ' (warn)';
    return { outcome, excuse, cells: [name, found, rule], note };
  });
  return [paint('bold', gateLine(report)), ...gateTable(rows, width, paint), ...left];
};

/** For a command that shows nothing else. Ends with a line break. */
export const renderGates = (
  report: GateReport, options: { readonly colours?: boolean; readonly columns?: number } = {},
): string => {
  const lines = gateLines(report, widthOf(options.columns), paintOf(options.colours));
  return lines.length === 0 ? 'No gate to judge.\n' : `${lines.join('\n')}\n`;
};
