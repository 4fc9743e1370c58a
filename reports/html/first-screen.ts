// The first screen: what happened, how sure, who pays, how to see it again. Plain HTML, readable before any
// script runs and without one; made so that a colleague who sees only this has the answer.

import type { VNode } from 'preact';
import type { RunResult } from '../../sim/index.ts';
import { plural, printable } from '../format.ts';
import type { GateReport, GateVerdict } from '../gates.ts';
import { gateLine, headline } from '../headline.ts';
import { repeatCommand } from '../repeat.ts';
import { policyText } from '../settings.ts';
import type { Summary } from '../summary.ts';
import { columns, element, paragraph, table } from './element.ts';
import { culprits, innocents, unbroken } from './who-pays.ts';
import { tiles } from './tiles.ts';

export const firstScreen = (result: RunResult, summary: Summary, gates: GateReport): VNode =>
  element(
    'div',
    { class: 'first' },
    masthead(result, summary),
    verdict(result, summary, gates),
    tiles(summary),
    element(
      'div',
      { class: gates.verdicts.length > 0 ? 'pair' : 'pair even' },
      gates.verdicts.length > 0 ? gateTable(gates) : culprits(summary),
      innocents(summary, gates.verdicts.length > 0),
    ),
    repeat(result),
  );

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
      element(
        'button',
        { id: 'theme', type: 'button', hidden: true, 'data-needs-script': '' },
        'Light / dark',
      ),
    ),
  );

const verdict = (result: RunResult, summary: Summary, gates: GateReport): VNode => {
  const kind = name(gates.outcome);
  const line = gateLine(gates);
  return element(
    'div',
    { class: `verdict ${kind}`, id: 'verdict' },
    line === '' ? null : element('p', { class: 'outcome' }, `${symbol[gates.outcome]} ${line}`),
    element('p', { class: 'sentence' }, unbroken(headline(result, summary))),
  );
};

/** An outcome as the name of a style. */
const name = (outcome: string): string => outcome.replace(' ', '-');

const symbol = { passed: '✓', failed: '✗', 'no data': '?', none: '' } as const;

const gateTable = (gates: GateReport): VNode =>
  element(
    'section',
    { id: 'gates', 'aria-labelledby': 'gates-title' },
    element('h2', { id: 'gates-title' }, 'Gates'),
    table(
      columns('Gate', 'Verdict', '#Found', '#Limit', '#Worst seed'),
      gates.verdicts.map((each) => [
        element(
          'span',
          { id: `gate=${each.name}`, title: each.note === '' ? undefined : each.note },
          each.label,
          element('small', null, ` ${each.name.split('.').at(-1)}`),
        ),
        outcome(each),
        each.found,
        each.rule,
        each.worstSeed === '' ? '–' : each.worstSeed,
      ]),
      { caption: 'Every gate of the plan, with what was found', quiet: true },
    ),
    ...gates.verdicts
      .filter((each) => each.outcome !== 'passed' && each.note !== '')
      .slice(0, 2)
      .map((each) => paragraph(`${each.name}: ${each.note}.`)),
  );

const outcome = (each: GateVerdict): VNode =>
  element(
    'span',
    {
      class: `word ${each.severity === 'warn' && each.outcome === 'failed' ? 'warned' : name(each.outcome)}`,
    },
    `${symbol[each.outcome]} ${each.outcome}${each.severity === 'warn' ? ' (warn)' : ''}`,
  );

const repeat = (result: RunResult): VNode => {
  const command = repeatCommand(result);
  const first = result.seeds[0]!;
  return element(
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
    paragraph(
      [
        `plan ${result.planHash.slice(0, 12)}`,
        `seed ${printable(first.seed)} fingerprint ${printable(first.fingerprint)}`,
        printable(result.tool),
        result.transport === 'wire' ? 'on the wire (loopback)' : 'in memory',
        `made ${printable(result.made).slice(0, 16).replace('T', ' ')} UTC`,
      ].join(' · '),
    ),
  );
};
