// The first screen of a comparison: the verdict, what was changed, four effects with their intervals, the
// gates, who pays, and the command that makes it again. Plain HTML, like that of a run.

import type { VNode } from 'preact';
import type { Comparison, ComparisonRow } from '../comparison/comparison.ts';
import { gatesLine } from '../comparison/verdict.ts';
import { listed, plural, printable } from '../format.ts';
import { comparedTiles, effects } from './compared-tiles.ts';
import { columns, element, paragraph, table } from './element.ts';
import { firstGates, repeatBox, themeButton, verdictBox } from './first-screen.ts';
import { type GateRow, gateTable } from './sections/gates.ts';
import { type PageView, sideNames } from './view.ts';
import { payers } from './who-pays.ts';
import { changeText, marks } from './words.ts';

const mostGates = 6;
const mostSettings = 6;
/** Changes named in the verdict's sentence. */
const mostMoved = 4;

export const firstCompared = (view: PageView, comparison: Comparison, gates: readonly GateRow[]): VNode =>
  element(
    'div',
    { class: 'first' },
    masthead(comparison),
    verdictBox(
      comparison.gates.outcome,
      comparison.gates.outcome === 'none' ? '' : gatesLine(comparison),
      sentence(comparison),
    ),
    changed(comparison),
    comparedTiles(comparison),
    element(
      'div',
      { class: gates.length > 0 ? 'pair' : 'pair even' },
      gates.length > 0
        ? firstGates(
            gateTable(gates.toSorted(missedFirst).slice(0, mostGates), false),
            gates.length - mostGates,
          )
        : null,
      payers(view),
    ),
    repeatBox(comparison.repeat, [
      ...comparison.scenarios
        .slice(0, 3)
        .map(({ scenario, worldHash }) => `${printable(scenario)} ${worldHash.slice(0, 8)}`),
      ...worstOf(comparison),
      printable(comparison.tool),
      `made ${printable(comparison.made).slice(0, 16).replace('T', ' ')} UTC`,
    ]),
  );

const missedFirst = (one: GateRow, two: GateRow): number => weight(one) - weight(two);
const weight = ({ outcome, counts }: GateRow): number => (outcome === 'passed' ? 2 : counts ? 0 : 1);

const masthead = (comparison: Comparison): VNode => {
  const names = sideNames(comparison);
  const { scenarios, pairing, baseline, candidate } = comparison;
  const pairs = scenarios.reduce((sum, { seeds }) => sum + seeds.length, 0);
  const alone = scenarios.reduce((sum, one) => sum + one.baselineOnly.length + one.candidateOnly.length, 0);
  return element(
    'header',
    { class: 'masthead' },
    element(
      'div',
      null,
      element('h1', null, names.baseline, ' → ', names.candidate),
      paragraph(
        scenarios.length === 1
          ? printable(scenarios[0]!.title)
          : listed(scenarios.map(({ title }) => printable(title))),
        'question',
      ),
    ),
    element(
      'div',
      { class: 'facts' },
      element(
        'span',
        null,
        pairing === 'seeds' ? plural(pairs, 'paired seed') : `${plural(pairs, 'pair')} of different seeds`,
      ),
      scenarios.length > 1 ? element('span', null, plural(scenarios.length, 'scenario')) : null,
      alone > 0 ? element('span', null, `${plural(alone, 'seed')} on one side only, left out`) : null,
      ...[baseline, candidate].flatMap(({ revision }) =>
        revision === null
          ? []
          : [element('span', null, `${printable(revision.ref)} ${revision.commit.slice(0, 9)}`)],
      ),
      themeButton(),
    ),
  );
};

/** What moved of what a reviewer asks for first, in words; else that nothing did. */
const sentence = ({ scenarios, gates }: Comparison): string => {
  const where = (title: string): string => (scenarios.length > 1 ? ` in ${printable(title)}` : '');
  const missed = gates.verdicts.filter((gate) => gate.counts && gate.outcome === 'failed').slice(0, 2);
  const told = new Set(missed.map(({ metric }) => metric));
  const moved = scenarios.flatMap(({ rows, title }) =>
    effects.flatMap(([metric]) => {
      const row = rows.find((one) => one.metric === metric);
      if (row === undefined || row.change === null || told.has(metric)) return [];
      if (!['better', 'worse', 'differs'].includes(row.outcome)) return [];
      return [`${row.label} ${changeText(row.change, row.unit)}, ${row.outcome}${where(title)}`];
    }),
  );
  const rows = scenarios.flatMap((one) => one.rows);
  const of = (word: string): number => rows.filter(({ outcome }) => outcome === word).length;
  const tally = ['worse', 'better', 'same', 'inconclusive']
    .filter((word) => of(word) > 0)
    .map((word) => `${of(word)} ${word}`);
  const alike = scenarios.every(({ alikeSeeds, seeds }) => alikeSeeds === seeds.length);
  const all = alike
    ? 'every pair of runs is alike to the last event: the change makes no difference here'
    : `of ${plural(rows.length, 'measure')} ${listed(tally) || 'none had data'}`;
  const gateWords = missed.map(
    (gate) =>
      `${printable(gate.label)} ${gate.statistic} ${gate.kind === 'change' ? 'by' : 'is'} ${gate.found} ` +
      `(${gate.rule})${where(
        scenarios.find(({ scenario }) => scenario === gate.scenario)?.title ?? gate.scenario,
      )}`,
  );
  const asked: readonly string[] = effects.map(([metric]) => metric);
  const others = scenarios.flatMap(({ rows: own, title }) =>
    own
      .filter((row) => row.outcome === 'worse' && !asked.includes(row.metric) && !told.has(row.metric))
      .map((row) => {
        const change = changeText(row.change ?? 0, row.unit);
        return { row, words: `${row.label} ${change}, worse${where(title)}` };
      }),
  ).toSorted((one, two) => marginsOff(two.row) - marginsOff(one.row));
  const said = [
    ...gateWords,
    ...[...moved, ...others.map(({ words }) => words)].slice(0, mostMoved),
    all,
  ].join('; ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
};

/** How many times what matters it is off. */
const marginsOff = ({ change, margin }: ComparisonRow): number => Math.abs(change ?? 0) / (margin || 1);

const changed = ({ settings }: Comparison): VNode => {
  // Of another policy every module is another: those are counted, and their settings go with them.
  const modules = settings.filter(({ name }) => name.startsWith('module '));
  const isOther = settings.some(({ name }) => name === 'policy');
  const isOwn = ({ baseline, candidate }: Comparison['settings'][number]): boolean =>
    isOther && (baseline === null || candidate === null);
  const rest = settings.filter((one) => !modules.includes(one) && !isOwn(one));
  const own = settings.filter((one) => !modules.includes(one) && isOwn(one)).length;
  const gone = modules.filter(({ candidate }) => candidate === null).length;
  const fresh = modules.filter(({ baseline }) => baseline === null).length;
  const few = modules.length <= 2 ? [...modules, ...rest] : rest;
  const shown = few.slice(0, mostSettings);
  const counts: readonly (readonly [number, string, string])[] = [
    ...(modules.length <= 2
      ? []
      : ([
          [gone, 'module', 'gone'],
          [fresh, 'module', 'new'],
          [modules.length - gone - fresh, 'module', 'changed'],
        ] as const)),
    [own, 'setting', 'that only one of them has'],
  ];
  const counted = counts
    .filter(([number]) => number > 0)
    .map(([number, what, word]) => `${plural(number, what)} ${word}`);
  const hidden = few.length - shown.length;
  return element(
    'section',
    { class: 'changed', 'aria-labelledby': 'changed-title' },
    element('h2', { id: 'changed-title' }, 'What changed'),
    settings.length === 0
      ? element('p', null, 'No setting: the two sides are the same policy, set alike.')
      : element(
          'p',
          null,
          ...shown.flatMap((one, index) => [index === 0 ? '' : ' · ', ...settingWords(one)]),
          ...counted.map((words) => ` · ${words}`),
          hidden + counted.length > 0
            ? ' · '
            : '',
          hidden + counted.length > 0
            ? element('a', { href: '#settings' }, hidden > 0 ? plural(hidden, 'other') : 'all')
            : '',
        ),
  );
};

const settingWords = ({ name, baseline, candidate }: Comparison['settings'][number]): (VNode | string)[] => [
  element('b', null, printable(name)),
  baseline === null
    ? ` new (${printable(candidate ?? '')})`
    : candidate === null
      ? ` gone (was ${printable(baseline)})`
      : ` ${printable(baseline)} → ${printable(candidate)}`,
];

/** All settings that differ, for the section on what was simulated. */
export const settingTable = ({ settings }: Comparison): VNode | null =>
  settings.length === 0
    ? null
    : table(
        columns('Setting', '#Baseline', '#Candidate'),
        settings.map(({ name, baseline, candidate }) => [
          printable(name),
          baseline === null ? '–' : printable(baseline),
          candidate === null ? '–' : printable(candidate),
        ]),
        { caption: 'Settings that differ', id: 'settings' },
      );

const worstOf = ({ scenarios }: Comparison): readonly string[] => {
  const worst = scenarios.map((one) => one.worst).find((one) => one !== null);
  return worst === undefined || worst === null
    ? []
    : [`${marks['worse']} worst seed ${printable(worst.seed)}: ${printable(worst.command)}`];
};
