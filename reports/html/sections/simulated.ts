// What was simulated, on which assumptions and within which limits: the scenario, who was at fault in
// truth, the policies and their settings, the seeds, and what no seed can tell.

import type { VNode } from 'preact';
import type { RunResult } from '../../../sim/index.ts';
import { byPart, mostShown } from '../../assumed.ts';
import { count, plural, printable } from '../../format.ts';
import { settingRows } from '../../settings.ts';
import type { Part } from '../chart.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import type { ScenarioView, SideView } from '../view.ts';
import { transportText } from '../../transport.ts';

/** Questions that hang on one of these cannot be answered here; docs/MODEL.md says more. */
const limits: readonly string[] = [
  'IPv6, and addresses shared with other platforms.',
  'Authentication (SPF, DKIM, DMARC), TLS policy.',
  'Content beyond the nature of a message: filters see that with stated error rates, and recognise no ' +
    'campaign.',
  'Engagement: opens, replies, unsubscribing.',
  'Inbound mail, money and law.',
  'Registers of domains and links, and allow lists.',
];

/** `known`: assumptions that an earlier scenario of the page has told already. */
export const simulated = (view: ScenarioView, known: readonly string[] = []): Part => {
  const result = view.sides.at(-1)?.result;
  if (result === undefined) return { charts: [], node: paragraph('No runs are left of these figures.') };
  return {
    charts: [],
    node: element(
      'div',
      null,
      paragraph(printable(result.plan.question), 'plain'),
      table(
        columns('Group', 'Kind', '#Tenants'),
        result.cast.map((group) => [printable(group.group), printable(group.kind), count(group.tenants)]),
        {
          caption:
            `The tenants, for ${printable(String(result.plan.length))} of which ` +
            `${printable(String(result.plan.warmup ?? 'nothing'))} is warm-up`,
        },
      ),
      truth(result),
      ...view.sides.map((side) => policy(side)),
      result.assumptions.length === 0
        ? paragraph('No number of the presets used is an assumption.', 'plain')
        : assumed(
            result.assumptions.filter((one) => !known.includes(one)),
            result.assumptions.length,
            view.index,
          ),
      folded('Not simulated, whatever the seed', false, lines(limits)),
      folded(`Seeds: ${plural(result.seeds.length, 'replication')}`, false, seedList(view)),
      folded('The plan', false, element('pre', { tabindex: '0' }, JSON.stringify(result.plan, null, 2))),
      paragraph(`plan hash ${result.planHash}`),
    ),
  };
};

const truth = ({ plan }: RunResult): VNode => {
  const incidents = plan.incidents ?? [];
  if (incidents.length === 0) return paragraph('Nothing goes wrong: nobody is at fault.', 'plain');
  return table(
    columns('At', 'What goes wrong', 'How'),
    incidents.map((incident) => {
      const { at, kind, ...rest } = incident as { at?: unknown; kind: string };
      const how = Object.entries(rest)
        .map(([name, value]) => `${name} ${said(value)}`)
        .join(', ');
      return [
        printable(String(at ?? '')),
        printable(kind),
        element('span', { class: 'rule' }, printable(how)),
      ];
    }),
    { caption: 'The truth, which no policy is told' },
  );
};

const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(String).join(' ') : String(value);

const policy = ({ name, result }: SideView): VNode => {
  const { modules, source } = result.policy;
  const names = modules.length === 0 ? 'no module, everything passes' : modules.map(printable).join(', ');
  const way = transportText(result.transport);
  const file = source === '' ? '' : ` (${printable(source)})`;
  return element(
    'div',
    null,
    paragraph(`Policy ${name}${file}: ${names}. Made by ${printable(result.tool)}, ${way}.`, 'plain'),
    result.policy.settings.length === 0
      ? null
      : folded(
          `Settings of ${name}`,
          false,
          table(columns('Setting', '#Value', '#Default', 'Unit'), settingRows(result.policy.settings), {
            caption: 'What the policy was set to',
          }),
        ),
  );
};

const seedList = ({ sides, mostRows: mostSeeds }: ScenarioView): VNode =>
  element(
    'div',
    null,
    ...sides.map(({ name, result }) =>
      paragraph(
        `${name}: ` +
          result.seeds
            .slice(0, mostSeeds)
            .map(({ seed, fingerprint }) => `${printable(seed)} ${printable(fingerprint)}`)
            .join(' · ') +
          (result.seeds.length > mostSeeds ? ` and ${count(result.seeds.length - mostSeeds)} more` : ''),
      ),
    ),
  );

const lines = (each: readonly string[]): VNode =>
  element('ul', null, ...each.map((line) => element('li', null, printable(line))));

/** What results move with most lies open; the rest is folded, part by part. */
const assumed = (assumptions: readonly string[], all: number, index: number): VNode =>
  element(
    'div',
    { id: `assumptions-${index}` },
    element('h3', null, `${plural(all, 'assumption')} the result rests on`),
    paragraph(
      'Numbers that nobody published; first those with which results move most, by our judgement. ' +
        'A finding that hangs on one of them is a finding about the assumption: move it and look again.',
    ),
    assumptions.length < all
      ? paragraph(
          `${count(all - assumptions.length)} of them are told of a scenario above; the others:`,
          'plain',
        )
      : null,
    lines(assumptions.slice(0, mostShown)),
    ...byPart(assumptions.slice(mostShown)).map(({ lines: more, part }) =>
      folded(printable(`${part}: ${count(more.length)} more`), false, lines(more)),
    ),
  );
