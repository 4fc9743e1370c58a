// What the postmaster sees: each address day by day, as Microsoft's page for senders shows it. Rows are of
// the seed shown, so that a bad day can be held against the timeline above.

import type { VNode } from 'preact';
import { cellNode, columns, element, folded, paragraph, table } from '../element.ts';
import { listings } from '../evidence.ts';
import type { Part } from '../chart.ts';
import { dayHead, dayNote, dayRows } from '../rows.ts';
import type { StoryData } from '../seed-view.ts';
import type { ScenarioView } from '../view.ts';

export const days = (view: ScenarioView, story: StoryData): Part => ({
  charts: [],
  node: element(
    'div',
    null,
    ...view.sides.flatMap((side, at): (VNode | null)[] => {
      const shown = story.seeds[0]?.sides[at];
      if (shown === undefined || shown === null) return [];
      const name = view.compared !== null ? `${side.name}, ` : '';
      return [
        element(
          'p',
          { class: 'note', id: `days-note-${view.index}-${at}`, 'data-side': name },
          dayNote(name, shown),
        ),
        table(
          columns(...dayHead),
          dayRows(shown, story.epoch).map((row) => row.map(cellNode)),
          {
            caption: `${name}each address by the day, of the seed shown`,
            id: `days-${view.index}-${at}`,
            quiet: true,
          },
        ),
      ];
    }),
    folded(
      'How to read it',
      false,
      paragraph(
        'Days are UTC. Copies: what receivers gave any reply to. Taken for spam: of the copies whose ' +
          'content a receiver ' +
          'looked at. The word is Microsoft\u2019s: green below 10 %, yellow to 90 %, red above; none ' +
          'below 100 copies. ' +
          'Complaints: presses of the button on that day, by copies accepted. Traps: copies that any ' +
          'trap took. ' +
          'A real page shows one receiver\u2019s own figures, a day late; this shows all receivers together.',
        'plain',
      ),
    ),
    ...view.sides.map((side) => listings(side.summary, view.compared !== null ? side.name : '')),
  ),
});
