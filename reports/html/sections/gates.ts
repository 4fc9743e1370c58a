// May I merge? Every gate with what was found, its rule, who waives it, and the seed to look at first.

import type { VNode } from 'preact';
import type { ComparedGate } from '../../comparison/comparison.ts';
import { plural, printable } from '../../format.ts';
import type { GateReport, Waiver } from '../../gates.ts';
import type { Part } from '../chart.ts';
import { type Column, columns, element, paragraph, table } from '../element.ts';
import type { PageView } from '../view.ts';
import { gateWord } from '../words.ts';

/** A gate of a run or of a comparison. */
export interface GateRow {
  /** Empty where the page is of one scenario. */
  readonly scenario: string;
  readonly name: string;
  readonly label: string;
  readonly outcome: string;
  readonly counts: boolean;
  readonly found: string;
  readonly rule: string;
  readonly note: string;
  readonly waiver: Waiver | null;
  readonly severity: 'fail' | 'warn';
  readonly worstSeed: string;
  /** Where a link leads to. */
  readonly id: string;
}

export const rowsOfRun = ({ verdicts }: GateReport): readonly GateRow[] =>
  verdicts.map((each) => ({ ...each, scenario: '', counts: each.severity === 'fail', id: each.name }));

export const rowsOfComparison = (
  verdicts: readonly ComparedGate[],
  { scenarios }: PageView,
): readonly GateRow[] =>
  verdicts.map((each) => {
    const at = scenarios.find(({ compared }) => compared?.scenario === each.scenario);
    const id = scenarios.length > 1 ? `${printable(each.scenario)}.${each.name}` : each.name;
    const scenario = scenarios.length > 1 ? (at?.title ?? printable(each.scenario)) : '';
    return { ...each, scenario, id: `${id}${each.kind === 'change' ? '.change' : ''}` };
  });

const excuseOf = ({ severity, waiver, counts }: GateRow): string =>
  waiver?.state === 'in force' ? 'waived' : severity === 'warn' || !counts ? 'warn' : '';

/** `full`: with notes and waivers; else what fits the first screen. */
export const gateTable = (rows: readonly GateRow[], full: boolean): VNode => {
  const many = rows.some(({ scenario }) => scenario !== '');
  const heads: readonly Column[] = columns(
    'Gate',
    ...(many ? ['Scenario'] : []),
    'Verdict',
    '#Found',
    '#Limit',
    '#Worst seed',
    ...(full ? ['Note'] : []),
  );
  return table(
    heads,
    rows.map((each) => [
      element(
        'span',
        { id: full ? `gate=${each.id}` : undefined, title: each.note === '' ? undefined : each.note },
        printable(each.label),
        element('small', null, ` ${each.name.split('.').at(-1)}`),
      ),
      ...(many ? [each.scenario] : []),
      gateWord(each.outcome, excuseOf(each)),
      each.found,
      each.rule,
      each.worstSeed === ''
        ? '–'
        : element('a', { href: `#seed=${encodeURIComponent(each.worstSeed)}` }, printable(each.worstSeed)),
      ...(full ? [printable(each.note)] : []),
    ]),
    { caption: full ? 'Every gate, with what was found' : 'Gates, with what was found', quiet: true },
  );
};

export const gates = (rows: readonly GateRow[], notJudged: readonly string[]): Part => ({
  charts: [],
  node: element(
    'div',
    null,
    rows.length === 0
      ? paragraph(
          'No gate is declared: nothing here can fail. A scenario or a file of gates declares them.',
          'plain',
        )
      : gateTable(rows, true),
    notJudged.length === 0
      ? null
      : paragraph(
          `${plural(notJudged.length, 'gate')} ${notJudged.length === 1 ? 'holds' : 'hold'} a run ` +
            `against another, ` +
            `which one run alone cannot judge: ${notJudged.join(', ')}.`,
          'plain',
        ),
    rows.length === 0
      ? null
      : paragraph('A gate without data does not pass. Severity warn is shown and changes no exit code.'),
  ),
});
