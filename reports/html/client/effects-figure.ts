// The interval plot of a comparison: every change with its interval, measured in margins, so that times,
// shares and counts lie on one axis. Within the band a change does not matter; an interval that holds 0
// leaves open which way it goes.

import { axis, baseLayout, faded, type Figure, inert, type Palette } from './palette.ts';

export interface EffectRow {
  readonly label: string;
  /** In margins, drawn to the right where it is worse; ends beyond the axis are cut and marked. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
  readonly outcome: string;
  /** Change and interval in their own unit. */
  readonly said: string;
  /** The change alone, for a mark that stands at the edge. */
  readonly brief: string;
}

export interface EffectsData {
  readonly rows: readonly EffectRow[];
  /** Where the axis ends, either way, in margins. */
  readonly reach: number;
}

export const effectsHeight = (rows: number): number => 90 + 26 * rows;

const looks = {
  better: ['green', 'triangle-left'],
  worse: ['vermilion', 'triangle-right'],
  same: ['blue', 'circle'],
  inconclusive: ['purple', 'diamond-open'],
  differs: ['purple', 'square-open'],
} as const;

export const effectsFigure = ({ rows, reach }: EffectsData, palette: Palette): Figure => {
  const cut = (value: number): number => Math.max(-reach, Math.min(reach, value));
  const kinds = [...new Set(rows.map((row) => row.outcome))];
  return {
    data: kinds.map((kind) => {
      const these = rows.filter((row) => row.outcome === kind);
      const [colour, symbol] = looks[kind as keyof typeof looks] ?? looks.inconclusive;
      const color = palette[colour];
      return {
        type: 'scatter',
        mode: 'markers+text',
        name: kind,
        cliponaxis: false,
        x: these.map((row) => cut(row.change)),
        y: these.map((row) => inert(row.label)),
        error_x: {
          type: 'data',
          symmetric: false,
          color,
          thickness: 2,
          width: 5,
          array: these.map((row) => cut(row.high) - cut(row.change)),
          arrayminus: these.map((row) => cut(row.change) - cut(row.low)),
        },
        marker: { color, symbol, size: 11 },
        customdata: these.map((row) => inert(row.said)),
        hovertemplate: '%{y}: %{customdata}<extra></extra>',
        // A mark at the edge is cut off: its figure stands above its interval.
        text: these.map((row) => (Math.abs(row.change) > reach ? `${inert(row.brief)} ` : '')),
        textposition: these.map((row) => (row.change > 0 ? 'top left' : 'top right')),
      };
    }),
    layout: {
      ...baseLayout(palette, effectsHeight(rows.length)),
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.01,
        yanchor: 'bottom',
        itemclick: false,
        itemdoubleclick: false,
      },
      margin: { l: 10, r: 16, t: 30, b: 48 },
      xaxis: axis(palette, {
        title: '← better    change, in margins    worse →',
        range: [-reach * 1.04, reach * 1.04],
        zeroline: true,
        zerolinecolor: palette.quiet,
        zerolinewidth: 1.5,
      }),
      yaxis: axis(palette, {
        type: 'category',
        categoryorder: 'array',
        categoryarray: rows.map((row) => inert(row.label)).toReversed(),
        gridcolor: 'rgba(0,0,0,0)',
        fixedrange: true,
      }),
      shapes: [
        {
          type: 'rect',
          xref: 'x',
          yref: 'paper',
          x0: -1,
          x1: 1,
          y0: 0,
          y1: 1,
          line: { width: 0 },
          fillcolor: faded(palette.blue, 0.1),
          layer: 'below',
        },
      ],
    },
  };
};
