// Who pays: those hit worst whom nobody should have hit, and the culprits who sent longest, five of each, for
// the first screen.

import type { VNode } from 'preact';
import { harmText, hitName, restOf, sparedWord, stopperText } from '../blame.ts';
import { count, plural, printable, span } from '../format.ts';
import type { Summary } from '../summary.ts';
import type { CulpritRow } from '../tables.ts';
import { columns, element, paragraph, table } from './element.ts';
import type { PageView, SideView } from './view.ts';

export const innocents = (summary: Summary, alone: boolean): VNode => {
  const hits = summary.hits.filter((hit) => hit.seedsStopped > 0);
  const slowed = summary.hits.length - hits.length;
  const rest = restOf(hits.length, slowed, 5);
  const word = sparedWord(summary);
  return element(
    'section',
    { 'aria-labelledby': 'pays-title' },
    element('h2', { id: 'pays-title' }, `Who pays: ${word} tenants`),
    hits.length === 0
      ? paragraph(`No ${word} tenant was refused, held or suspended in any seed.`, 'plain')
      : table(
          columns('Tenant', '#Seeds', 'What, over all seeds', 'Most often by'),
          hits
            .slice(0, 5)
            .map((hit) => [
              printable(hitName(hit)),
              `${hit.seedsStopped} of ${summary.seeds}`,
              harmText(hit),
              element('span', { class: 'rule' }, printable(hit.rules[0]?.rule ?? '')),
            ]),
          {
            caption:
              'Tenants that the policy or the desk should have spared, worst first; messages over all seeds',
            quiet: true,
          },
        ),
    summary.hits.length === 0
      ? null
      : paragraph(element('a', { href: '#hit' }, rest === '' ? 'All of them' : `And ${rest}`)),
    alone && summary.culprits.length > 0 ? longest(summary) : null,
  );
};

export const culprits = (summary: Summary): VNode =>
  element(
    'section',
    { 'aria-labelledby': 'culprits-title' },
    element('h2', { id: 'culprits-title' }, 'Longest sending'),
    summary.culprits.length === 0
      ? paragraph('Nobody was at fault in this scenario.', 'plain')
      : table(
          columns('Culprit', '#Seed', '#Stopped after', 'Stopped by', '#Got out'),
          summary.culprits
            .slice(0, 5)
            .map((culprit) => [
              printable(culprit.tenant),
              culprit.seed,
              stopText(culprit.blocked),
              element('span', { class: 'rule' }, printable(stopperText(culprit))),
              count(culprit.escaped),
            ]),
          { caption: 'The culprits who sent longest', quiet: true },
        ),
    paragraph(element('a', { href: '#seeds' }, 'Every seed')),
  );

/** The culprits in one line, for a first screen whose left half the gates take. */
const longest = (summary: Summary): VNode =>
  paragraph(
    [
      element('b', null, 'Longest sending: '),
      unbroken(
        summary.culprits
          .slice(0, 3)
          .map(
            (each) =>
              `${printable(each.tenant)} in seed ${printable(each.seed)} ` +
              `(${stopText(each.blocked)}${by(each)}, ${count(each.escaped)} out)`,
          )
          .join(', '),
      ),
      ' ',
      element('a', { href: '#survival' }, 'All'),
    ],
    'plain small',
  );

const by = (culprit: CulpritRow): string =>
  culprit.blocked.observed ? ` by ${printable(stopperText(culprit))}` : '';

/** Of a comparison, under each side: the innocent hit worst, those turned away, who sent longest. */
export const payers = ({ scenarios }: PageView): VNode => {
  const rows = scenarios.flatMap(({ sides, title }) =>
    sides.flatMap((side) => {
      const { name, summary } = side;
      const where = scenarios.length > 1 ? `${name}, ${title}` : name;
      const hit = summary.hits.filter((one) => one.seedsStopped > 0);
      const [longest] = summary.culprits;
      return [
        ...hit
          .slice(0, 1)
          .map((one) => [
            printable(hitName(one)),
            where,
            `${one.seedsStopped} of ${summary.seeds} seeds`,
            harmText(one),
          ]),
        ...turnedAway(side, where),
        ...(longest === undefined
          ? []
          : [
              [
                `${printable(longest.tenant)}, guilty`,
                where,
                `seed ${printable(longest.seed)}`,
                `${sentText(longest.blocked)}, ${count(longest.escaped)} out`,
              ],
            ]),
      ];
    }),
  );
  return element(
    'section',
    { 'aria-labelledby': 'pays-title' },
    element('h2', { id: 'pays-title' }, 'Who pays'),
    scenarios.every(({ sides }) => sides.length === 0)
      ? paragraph('The runs themselves are not at hand, so nobody can be named.', 'plain')
    : rows.length === 0
      ? paragraph('Nobody: no innocent tenant was stopped in any seed, and nobody was at fault.', 'plain')
      : table(columns('Tenant', 'Under', '#Seeds', 'What'), rows.slice(0, 10), {
          caption: 'Under each side the innocent hit worst, those turned away, and who sent longest',
          quiet: true,
        }),
    rows.length === 0 ? null : paragraph(element('a', { href: '#hit' }, 'All of them')),
  );
};

/**
 * Innocents whose mail receivers turned away for the address' sake, in the worst seed: nobody's own fault, so
 * none is named.
 */
const turnedAway = ({ result }: SideView, where: string): readonly (readonly string[])[] => {
  const seeds = result.seeds.map(({ groups }) => ({
    away: groups.reduce((sum, group) => sum + group.turnedAway, 0),
    all: groups.reduce((sum, group) => sum + group.innocents, 0),
    bounced: groups.reduce((sum, group) => sum + group.bounced, 0),
  }));
  const hit = seeds.filter(({ away }) => away > 0);
  if (hit.length === 0) return [];
  const most = hit.reduce((one, two) => (two.away > one.away ? two : one));
  const bounced = hit.reduce((sum, one) => sum + one.bounced, 0);
  return [
    [
      `${count(most.away)} of ${plural(most.all, 'innocent')}`,
      where,
      `${hit.length} of ${seeds.length} seeds`,
      `turned away for the address${bounced === 0 ? '' : `, ${count(bounced)} bounced`}`,
    ],
  ];
};

/** Keeps a number and its unit on one line. */
export const unbroken = (text: string): string =>
  text
    .replace(/(?<=\d) (?=(?:ms|[smhd]|%|of)(?![\w]))/g, '\u00a0')
    .replace(/(?<=\d\u00a0[hmd]) (?=\d)/g, '\u00a0');

interface Blocked {
  readonly value: number | null;
  readonly observed: boolean;
}

const sentText = (blocked: Blocked): string =>
  blocked.value !== null && !blocked.observed ? 'never stopped' : `sent for ${stopText(blocked)}`;

/** `14 m`, or `never` where it was not. */
export const stopText = (blocked: Blocked): string =>
  blocked.value === null ? 'no data' : blocked.observed ? span(blocked.value) : 'never';
