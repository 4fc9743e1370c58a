// The first screen of a run: what happened, how sure, who pays, how to see it again. Plain HTML, readable
// before any script runs and without one; made so that a colleague who sees only this has the answer.

import type { VNode } from 'preact';
import type { RunResult } from '../../sim/index.ts';
import { plural, printable } from '../format.ts';
import type { GateReport } from '../gates.ts';
import { gateLine, headline } from '../headline.ts';
import { repeatCommand } from '../repeat.ts';
import { policyText } from '../settings.ts';
import type { Summary } from '../summary.ts';
import { element, paragraph } from './element.ts';
import { gateTable, rowsOfRun } from './sections/gates.ts';
import { culprits, innocents, unbroken } from './who-pays.ts';
import { tiles } from './tiles.ts';
import { marks } from './words.ts';
import { transportText } from '../transport.ts';

/** Gates on the first screen; the section below has them all. */
const mostGates = 6;

export const firstScreen = (result: RunResult, summary: Summary, gates: GateReport): VNode => {
  const rows = rowsOfRun(gates);
  return element(
    'div',
    { class: 'first' },
    masthead(result, summary),
    verdictBox(gates.outcome, gateLine(gates), headline(result, summary)),
    tiles(summary),
    element(
      'div',
      { class: rows.length > 0 ? 'pair' : 'pair even' },
      rows.length > 0
        ? firstGates(gateTable(rows.slice(0, mostGates), false), rows.length - mostGates)
        : culprits(summary),
      innocents(summary, rows.length > 0),
    ),
    repeat(result),
  );
};

const masthead = (result: RunResult, summary: Summary): VNode =>
  element(
    'header',
    { class: 'masthead' },
    element(
      'div',
      null,
      element('h1', null, printable(result.plan.title)),
      paragraph(printable(result.plan.question), 'question'),
    ),
    element(
      'div',
      { class: 'facts' },
      element('span', null, 'policy ', element('b', null, policyText(result.policy))),
      element(
        'span',
        null,
        summary.seeds < summary.seedsAsked
          ? `${summary.seeds} of ${summary.seedsAsked} seeds (interrupted)`
          : plural(summary.seeds, 'seed'),
      ),
      element('span', null, `${plural(summary.tenants, 'tenant')}, ${printable(String(result.plan.length))}`),
      themeButton(),
    ),
  );

export const themeButton = (): VNode =>
  element('button', { id: 'theme', type: 'button', hidden: true, 'data-needs-script': '' }, 'Light / dark');

/** The answer, in one box: how the gates ended, and what happened in a sentence. */
export const verdictBox = (outcome: GateReport['outcome'], line: string, sentence: string): VNode =>
  element(
    'div',
    { class: `verdict ${outcome.replace(' ', '-')}`, id: 'verdict' },
    line === '' ? null : element('p', { class: 'outcome' }, `${marks[outcome] ?? ''} ${line}`),
    element('p', { class: 'sentence' }, unbroken(sentence)),
  );

export const firstGates = (table: VNode, more: number): VNode =>
  element(
    'section',
    { 'aria-labelledby': 'first-gates-title' },
    element('h2', { id: 'first-gates-title' }, 'Gates'),
    table,
    paragraph(
      element(
        'a',
        { href: '#gates' },
        more > 0 ? `${plural(more, 'more gate')}, and why` : 'Notes and waivers',
      ),
    ),
  );

/** The command that makes it again, and what it was made of. */
export const repeatBox = (command: string, facts: readonly string[]): VNode =>
  element(
    'div',
    { class: 'repeat' },
    element(
      'div',
      null,
      element('span', { class: 'key' }, 'Repeat '),
      element('code', null, command),
      element(
        'button',
        { type: 'button', 'data-copy': command, hidden: true, 'data-needs-script': '' },
        'copy',
      ),
    ),
    paragraph(facts.join(' · ')),
  );

const repeat = (result: RunResult): VNode => {
  const first = result.seeds[0]!;
  return repeatBox(repeatCommand(result), [
    `plan ${result.planHash.slice(0, 12)}`,
    `seed ${printable(first.seed)} fingerprint ${printable(first.fingerprint)}`,
    printable(result.tool),
    transportText(result.transport),
    `made ${printable(result.made).slice(0, 16).replace('T', ' ')} UTC`,
  ]);
};
