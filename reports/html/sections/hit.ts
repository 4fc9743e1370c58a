// Who was wrongly hit: innocents by group of tenants, as tenants and as messages, then the list by name. A
// careless sender is at fault and no innocent, and stands apart.

import { count } from '../../format.ts';
import type { GroupRow } from '../../../sim/index.ts';
import { chartPlace, type Part } from '../chart.ts';
import { type ClassesData, classesHeight } from '../client/classes-figure.ts';
import { columns, element, paragraph, table } from '../element.ts';
import { wronglyHit } from '../evidence.ts';
import type { ScenarioView, SideView } from '../view.ts';

/** Groups in the chart; the table has them all. */
const mostGroups = 5;
const ways = [
  ['stopped', 'refused, held or suspended'],
  ['slowed', 'only slowed'],
  ['turnedAway', 'turned away for the address'],
] as const;

export const hit = (view: ScenarioView): Part => {
  const names = groupNames(view);
  const id = `hit-${view.index}`;
  const lists = view.sides.map((side) =>
    wronglyHit(side.summary, view.compared !== null ? side.name : '', view.mostRows),
  );
  if (names.length === 0)
    return {
      charts: [],
      node: element('div', null, paragraph('This result was written before groups were measured.'), ...lists),
    };
  const data = dataOf(view, names.slice(0, mostGroups));
  const sentence = data.sides
    .map(
      ({ name, means }) =>
        `${name}: ${data.rows.map((row, index) => `${row} ${count(means[index]!)} a seed`).join(', ')}`,
    )
    .join('; ');
  return {
    charts: [{ id, kind: 'classes', data }],
    node: element(
      'div',
      null,
      chartPlace(
        id,
        `Innocent tenants hit. ${sentence}.`,
        classesHeight(data.rows.length, data.sides.length),
      ),
      table(
        columns(
          'Group',
          ...many(view, 'Side'),
          '#Innocent',
          '#Stopped',
          '#Only slowed',
          '#Turned away',
          '#Guilty',
          '#Blocked',
          '#Careless',
          '#Careless stopped',
        ),
        rowsOf(view, names, byTenant),
        { caption: 'Tenants, mean of a seed. Turned away: by a receiver, for the address\u2019 sake' },
      ),
      table(
        columns(
          'Group',
          ...many(view, 'Side'),
          '#Wanted',
          '#Refused',
          '#Held',
          '#Deferred',
          '#Paced',
          '#Bounced',
          '#Abusive',
          '#Got out',
        ),
        rowsOf(view, names, byMessage),
        { caption: 'Messages, mean of a seed. Bounced: for the address\u2019 sake' },
      ),
      ...lists,
    ),
  };
};

const many = (view: ScenarioView, head: string): readonly string[] => (view.compared !== null ? [head] : []);

const groupNames = (view: ScenarioView): readonly string[] => [
  ...new Set(
    view.sides.flatMap(({ result }) =>
      result.seeds.flatMap(({ groups }) => groups.map(({ group }) => group)),
    ),
  ),
];

const seedsOf = ({ result }: SideView, group: string): readonly (GroupRow | undefined)[] =>
  result.seeds.map(({ groups }) => groups.find((one) => one.group === group));

const mean = (rows: readonly (GroupRow | undefined)[], of: (row: GroupRow) => number): number =>
  rows.reduce((sum, row) => sum + (row === undefined ? 0 : of(row)), 0) / Math.max(1, rows.length);

const dataOf = (view: ScenarioView, names: readonly string[]): ClassesData => ({
  rows: names.flatMap((name) => ways.map(([, words]) => `${name}: ${words}`)),
  sides: view.sides.map((side) => {
    const rows = names.flatMap((name) => {
      const groups = seedsOf(side, name);
      return ways.map(([way]) => groups.map((group) => group?.[way] ?? 0));
    });
    return {
      name: side.name,
      stroke: side.role,
      seeds: rows,
      means: rows.map((row) => row.reduce((sum, each) => sum + each, 0) / Math.max(1, row.length)),
    };
  }),
});

type Cells = (rows: readonly (GroupRow | undefined)[]) => readonly string[];

const rowsOf = (view: ScenarioView, names: readonly string[], cells: Cells): readonly (readonly string[])[] =>
  names.flatMap((name) =>
    view.sides.map((side) => [name, ...many(view, side.name), ...cells(seedsOf(side, name))]),
  );

const byTenant: Cells = (rows) => [
  count(mean(rows, (row) => row.innocents)),
  some(mean(rows, (row) => row.stopped)),
  some(mean(rows, (row) => row.slowed)),
  some(mean(rows, (row) => row.turnedAway)),
  some(mean(rows, (row) => row.guilty)),
  some(mean(rows, (row) => row.guiltyStopped)),
  some(mean(rows, (row) => row.careless)),
  some(mean(rows, (row) => row.carelessStopped)),
];

const byMessage: Cells = (rows) => [
  count(mean(rows, (row) => row.submitted)),
  some(mean(rows, (row) => row.refused)),
  some(mean(rows, (row) => row.held)),
  some(mean(rows, (row) => row.deferred)),
  some(mean(rows, (row) => row.paced)),
  some(mean(rows, (row) => row.bounced)),
  some(mean(rows, (row) => row.abusive)),
  some(mean(rows, (row) => row.escaped)),
];

/** Few of many is not none: `< 0.1`, and a dash only where it was none in every seed. */
const some = (value: number): string => (value === 0 ? '–' : value < 0.05 ? '< 0.1' : count(value));
