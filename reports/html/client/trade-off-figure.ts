// The trade-off: abuse that got out against wanted mail lost, a faint mark for each seed and a large one at
// the mean of a policy. Down and to the left is better.

import {
  axis,
  baseLayout,
  faded,
  type Figure,
  inert,
  legendAbove,
  type Palette,
  type StrokeName,
  strokes,
} from './palette.ts';

export interface TradeOffData {
  readonly sides: readonly {
    readonly name: string;
    readonly stroke: StrokeName;
    readonly seeds: readonly string[];
    readonly lost: readonly number[];
    readonly escaped: readonly number[];
    readonly mean: readonly [lost: number, escaped: number];
  }[];
}

export const tradeOffHeight = 320;

export const tradeOffFigure = ({ sides }: TradeOffData, palette: Palette): Figure => ({
  data: sides.flatMap((side) => {
    const { colour, symbol } = strokes[side.stroke];
    const color = palette[colour];
    return [
      {
        type: 'scatter',
        mode: 'markers',
        showlegend: false,
        name: 'a seed',
        cliponaxis: false,
        x: [...side.lost],
        y: [...side.escaped],
        text: side.seeds.map((seed) => `${inert(side.name)}, seed ${inert(seed)}`),
        marker: { symbol, size: 6, color: faded(color, 0.35), line: { width: 0 } },
        hovertemplate: '%{text}: %{x:,} lost, %{y:,} got out<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'markers+text',
        cliponaxis: false,
        name: inert(side.name),
        x: [side.mean[0]],
        y: [side.mean[1]],
        text: [inert(side.name)],
        textposition: 'top right',
        marker: { symbol, size: 14, color, line: { color: palette.ground, width: 1.5 } },
        hovertemplate: `${inert(side.name)}, mean: %{x:,.1f} lost, %{y:,.1f} got out<extra></extra>`,
      },
    ];
  }),
  layout: {
    ...baseLayout(palette, tradeOffHeight),
    showlegend: sides.length > 1,
    legend: legendAbove(),
    margin: { l: 60, r: 24, t: 30, b: 48 },
    xaxis: axis(palette, { title: 'wanted messages lost in a seed', rangemode: 'tozero', tickformat: ',' }),
    yaxis: axis(palette, { title: 'abuse that got out in a seed', rangemode: 'tozero', tickformat: ',' }),
  },
});
