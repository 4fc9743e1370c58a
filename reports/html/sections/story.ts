// What happened, in order, of one seed at a time: charts in lanes, the events, and the figures behind the
// chart. Of two sides one above the other, on the same luck.

import type { VNode } from 'preact';
import { plural, printable } from '../../format.ts';
import type { Part } from '../chart.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import { chartSentence, eventNote, eventRows, figureHead, figureRows } from '../rows.ts';
import type { SeedView, StoryData } from '../seed-view.ts';
import type { ScenarioView } from '../view.ts';

export const story = (view: ScenarioView, data: StoryData): Part => ({
  charts: [],
  node: element(
    'div',
    { class: 'story', 'data-story': String(view.index) },
    picker(view, data),
    data.seeds.length < (view.sides[0]?.summary.seeds ?? 0)
      ? paragraph(
          `${data.seeds.length} of ${plural(view.sides[0]!.summary.seeds, 'seed')} are in this page, ` +
            `all in result.json.`,
        )
      : null,
    ...view.sides.map((side, at) => {
      const shown = data.seeds[0]?.sides[at] ?? null;
      return shown === null
        ? null
        : sideOf(
            shown,
            data.epoch,
            `${view.index}-${at}`,
            view.compared !== null ? side.name : '',
            view.isCrowded,
          );
    }),
  ),
});

const picker = (view: ScenarioView, data: StoryData): VNode | null =>
  data.seeds.length < 2
    ? null
    : element(
        'div',
        { class: 'picker', hidden: true, 'data-needs-script': '' },
        element('label', { for: `seed-picker-${view.index}` }, 'Seed'),
        element(
          'select',
          { id: `seed-picker-${view.index}` },
          ...data.seeds.map(({ sides, seed }, index) =>
            element(
              'option',
              { value: String(index), selected: index === 0 },
              printable(sides.at(-1)?.label ?? `seed ${seed}`),
            ),
          ),
        ),
        element('button', { type: 'button', 'data-step': '-1', 'aria-label': 'seed before' }, '◀'),
        element('button', { type: 'button', 'data-step': '1', 'aria-label': 'next seed' }, '▶'),
      );

const sideOf = (view: SeedView, epoch: number, key: string, name: string, isCrowded: boolean): VNode => {
  const figures = isCrowded ? [] : figureRows(view, epoch);
  return element(
    'div',
    null,
    name === '' ? null : element('h3', null, name),
    element(
      'div',
      {
        id: `timeline-${key}`,
        role: 'img',
        'aria-label': chartSentence(view, epoch),
        class: view.series === null ? 'chart timeline low' : 'chart timeline',
      },
      element(
        'p',
        { class: 'note' },
        'The chart is drawn by script. The tables below hold the same figures.',
      ),
    ),
    folded(
      `${name === '' ? 'E' : `${name}: e`}vents`,
      name === '',
      table(columns('When (UTC)', '#After onset', 'Lane', 'What'), eventRows(view, epoch), {
        caption: 'Events of the seed shown',
        id: `events-${key}`,
        quiet: true,
      }),
      element('p', { class: 'note', id: `events-note-${key}` }, eventNote(view)),
    ),
    figures.length === 0
      ? null
      : folded(
          'Figures behind the chart',
          false,
          table(columns(figureHead[0], ...figureHead.slice(1).map((head) => `#${head}`)), figures, {
            caption: 'Messages of the seed shown, over time',
            id: `figures-${key}`,
            quiet: true,
          }),
        ),
  );
};
