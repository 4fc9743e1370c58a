// What kept wanted mail from being accepted, by receiver: copies given up to the left, tries put off to the
// right, stacked by the kind of reply. Accepted mail would dwarf both, so it stands as a figure by the name.

import { axis, baseLayout, faded, type Figure, inert, type Palette } from './palette.ts';

export interface RepliesData {
  /** `gmail · 99.2 % accepted`, from the top down; of two sides, a row for each. */
  readonly rows: readonly string[];
  /** By kind of reply: so many a seed in each row. */
  readonly refused: readonly (readonly [kind: string, counts: readonly number[]])[];
  readonly putOff: readonly (readonly [kind: string, counts: readonly number[]])[];
}

export const repliesHeight = (rows: number): number => 130 + 24 * rows;

// Told apart by more than colour: the share of ink and the outline change from one to the next.
const looks = [
  ['vermilion', 1],
  ['blue', 1],
  ['green', 0.75],
  ['purple', 0.75],
  ['blue', 0.45],
  ['vermilion', 0.45],
  ['green', 0.35],
  ['purple', 0.35],
] as const;

export const repliesFigure = ({ rows, refused, putOff }: RepliesData, palette: Palette): Figure => {
  const kinds = [...new Set([...refused, ...putOff].map(([kind]) => kind))];
  const names = rows.map(inert);
  const bars = (which: RepliesData['refused'], panel: '' | '2'): object[] =>
    which.map(([kind, counts]) => {
      const [colour, opacity] = looks[kinds.indexOf(kind) % looks.length]!;
      return {
        type: 'bar',
        orientation: 'h',
        name: inert(kind),
        legendgroup: kind,
        showlegend: panel === '' || !refused.some(([other]) => other === kind),
        xaxis: `x${panel}`,
        yaxis: 'y',
        x: [...counts],
        y: names,
        marker: { color: faded(palette[colour], opacity), line: { color: palette.ink, width: 0.6 } },
        hovertemplate: `%{y}<br>${inert(kind)}: %{x:,.1f} a seed<extra></extra>`,
      };
    });
  return {
    data: [...bars(refused, ''), ...bars(putOff, '2')],
    layout: {
      ...baseLayout(palette, repliesHeight(rows.length)),
      barmode: 'stack',
      bargap: 0.3,
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.02,
        yanchor: 'bottom',
        itemclick: false,
        itemdoubleclick: false,
      },
      margin: { l: 10, r: 16, t: 52, b: 48 },
      xaxis: axis(palette, { domain: [0, 0.47], title: 'copies given up, a seed', rangemode: 'tozero' }),
      xaxis2: axis(palette, {
        domain: [0.53, 1],
        anchor: 'y',
        title: 'tries put off, a seed',
        rangemode: 'tozero',
      }),
      yaxis: axis(palette, {
        type: 'category',
        categoryorder: 'array',
        categoryarray: names.toReversed(),
        fixedrange: true,
        gridcolor: 'rgba(0,0,0,0)',
      }),
    },
  };
};
