// Curves that go by steps: the share of seeds not stopped, with its band and ticks where an attack was over
// before, or the shares ended so far by each cause.

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

export interface StepLine {
  readonly name: string;
  readonly stroke: StrokeName;
  /** Milliseconds since the onset, and shares from 0 to 1. The curve keeps a value until the next instant. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The interval at each instant; empty where none is drawn. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Instants at which a seed was last seen without an end, and the height of the curve there. */
  readonly ticks: readonly (readonly [x: number, y: number])[];
}

export interface StepsData {
  readonly lines: readonly StepLine[];
  readonly title: string;
  /** Where the axis begins and ends; a logarithmic one, where most happens early, begins above 0. */
  readonly from: number;
  readonly until: number;
  readonly isLog: boolean;
  /** A legend even of a single line. */
  readonly hasLegend: boolean;
  /** Instants that may be named on the axis, in order; where names would run into each other some are not. */
  readonly named: readonly (readonly [at: number, name: string])[];
}

export const stepsHeight = 300;

export const stepsFigure = (
  { lines, title, from, until, isLog, named, hasLegend }: StepsData,
  palette: Palette,
): Figure => {
  const at = (time: number): number => (isLog ? Math.log10(Math.max(time, from)) : time);
  const end = isLog ? Math.log10(until) + 0.05 : until * 1.02;
  const shown = apart(named, at, (end - at(from)) / mostNames);
  return {
    data: lines.flatMap((line) => drawn(line, from, palette)),
    layout: {
      ...baseLayout(palette, stepsHeight),
      showlegend: hasLegend,
      legend: legendAbove(),
      margin: { l: 60, r: 16, t: hasLegend ? 30 : 12, b: 48 },
      xaxis: axis(palette, {
        type: isLog ? 'log' : 'linear',
        title: `since the onset${isLog ? ' (log scale)' : ''}`,
        range: [at(from), end],
        zeroline: false,
        tickvals: shown.map(([time]) => time),
        ticktext: shown.map(([, name]) => name),
      }),
      yaxis: axis(palette, { title, tickformat: '.0%', range: [0, 1.03] }),
    },
  };
};

/** Names that find room beside each other on an axis, on the narrowest of screens. */
const mostNames = 8;

/** Those of the instants that lie so far apart, the later ones first. */
const apart = (
  named: StepsData['named'],
  at: (time: number) => number,
  least: number,
): StepsData['named'] => {
  let next = Infinity;
  return named
    .toReversed()
    .filter(([time]) => {
      if (next - at(time) < least) return false;
      next = at(time);
      return true;
    })
    .toReversed();
};

const drawn = (line: StepLine, from: number, palette: Palette): object[] => {
  const { colour, dash } = strokes[line.stroke];
  const color = palette[colour];
  const x = line.x.map((each) => Math.max(each, from));
  const name = inert(line.name);
  const edge = {
    showlegend: false,
    hoverinfo: 'skip',
    type: 'scatter',
    mode: 'lines',
    x,
    line: { shape: 'hv', width: 0, color: 'rgba(0,0,0,0)' },
  };
  const band =
    line.low.length === 0
      ? []
      : [
          { ...edge, y: [...line.high] },
          { ...edge, y: [...line.low], fill: 'tonexty', fillcolor: faded(color, 0.14) },
        ];
  const ticks =
    line.ticks.length === 0
      ? []
      : [
          {
            type: 'scatter',
            mode: 'markers',
            name: 'last seen sending',
            showlegend: false,
            x: line.ticks.map(([time]) => Math.max(time, from)),
            y: line.ticks.map(([, share]) => share),
            marker: { symbol: 'line-ns-open', size: 11, color, line: { width: 2, color } },
            hovertemplate: `${name}: last seen sending<extra></extra>`,
          },
        ];
  return [
    ...band,
    {
      type: 'scatter',
      mode: 'lines',
      name,
      x,
      y: [...line.y],
      line: { color, dash, width: 2.5, shape: 'hv' },
      hovertemplate: `${name}: %{y:.0%}<extra></extra>`,
    },
    ...ticks,
  ];
};
