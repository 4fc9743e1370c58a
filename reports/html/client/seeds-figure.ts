// Is it luck? Every seed's own value of the main metrics: for one run in rising order, for two sides a line
// from the one to the other.

import { axis, baseLayout, faded, type Figure, inert, type Palette, strokes } from './palette.ts';

export interface SeedsPanel {
  readonly title: string;
  /** In the axis' own unit; null where the metric does not apply. */
  readonly baseline: readonly (number | null)[];
  /** Empty for a run alone. */
  readonly candidate: readonly (number | null)[];
  /** Places whose value is a time the seed was at least watched for. */
  readonly baselineCensored: readonly number[];
  readonly candidateCensored: readonly number[];
  /** The values of either side in words. */
  readonly said: readonly [baseline: readonly string[], candidate: readonly string[]];
  readonly unit: string;
  readonly isLog: boolean;
  /** Values that are named on the axis; empty where plain numbers do. */
  readonly named: readonly (readonly [at: number, name: string])[];
}

export interface SeedsData {
  readonly seeds: readonly string[];
  readonly panels: readonly SeedsPanel[];
  readonly sides: readonly string[];
}

export const seedsHeight = 290;

export const seedsFigure = ({ seeds, panels, sides }: SeedsData, palette: Palette): Figure => {
  const width = 1 / panels.length;
  const layout: Record<string, unknown> = {
    ...baseLayout(palette, seedsHeight),
    showlegend: false,
    margin: { l: 44, r: 12, t: 34, b: 40 },
    annotations: panels.map((panel, at) => ({
      text: `<b>${inert(panel.title)}</b>${panel.unit === '' ? '' : `, ${panel.unit}`}`,
      xref: 'paper',
      yref: 'paper',
      x: at * width,
      xanchor: 'left',
      y: 1.02,
      yanchor: 'bottom',
      showarrow: false,
      font: { color: palette.ink },
    })),
  };
  panels.forEach((panel, at) => {
    const number = at === 0 ? '' : String(at + 1);
    layout[`xaxis${number}`] = axis(palette, {
      domain: [at * width, (at + 1) * width - 0.055],
      anchor: `y${number}`,
      fixedrange: true,
      zeroline: false,
      ...(sides.length < 2
        ? { title: 'seeds, in rising order', showticklabels: false }
        : { tickvals: [0, 1], ticktext: sides.map((side) => inert(shortened(side))), range: [-0.35, 1.35] }),
    });
    layout[`yaxis${number}`] = axis(palette, {
      anchor: `x${number}`,
      rangemode: 'tozero',
      automargin: false,
      nticks: 5,
      tickformat: '~s',
      ...(panel.isLog ? { type: 'log' } : {}),
      ...(panel.named.length === 0
        ? {}
        : { tickvals: panel.named.map(([at]) => at), ticktext: panel.named.map(([, name]) => name) }),
      // Where nothing ever happened the axis would run from -1 to 1; of one or two there are no halves.
      ...(highest(panel) === 0 ? { range: [0, 1], dtick: 1 } : {}),
      ...(highest(panel) <= 4 && panel.named.length === 0 && !panel.isLog ? { dtick: 1 } : {}),
    });
  });
  return {
    data: panels.flatMap((panel, at) =>
      sides.length < 2 ? ranked(panel, at, seeds, palette) : paired(panel, at, seeds, palette),
    ),
    layout,
  };
};

const highest = ({ baseline, candidate }: SeedsPanel): number =>
  Math.max(0, ...[...baseline, ...candidate].map((value) => value ?? 0));

const shortened = (text: string): string => (text.length > 14 ? `${text.slice(0, 13)}…` : text);

const place = (at: number): object =>
  at === 0 ? { xaxis: 'x', yaxis: 'y' } : { xaxis: `x${at + 1}`, yaxis: `y${at + 1}` };

const ranked = (panel: SeedsPanel, at: number, seeds: readonly string[], palette: Palette): object[] => {
  const censored = new Set(panel.baselineCensored);
  const order = panel.baseline
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => value !== null)
    .toSorted(
      (one, two) =>
        Number(censored.has(one.index)) - Number(censored.has(two.index)) || one.value! - two.value!,
    );
  const color = palette.blue;
  return [
    {
      type: 'scatter',
      mode: 'markers',
      ...place(at),
      x: order.map((_, rank) => rank + 1),
      y: order.map(({ value }) => value),
      customdata: order.map(({ index }) => panel.said[0][index]),
      text: order.map(({ index }) => `seed ${inert(seeds[index]!)}${censored.has(index) ? ', never' : ''}`),
      marker: {
        size: 7,
        color: order.map(({ index }) => (censored.has(index) ? 'rgba(0,0,0,0)' : faded(color, 0.75))),
        symbol: order.map(({ index }) => (censored.has(index) ? 'triangle-up' : 'circle')),
        line: {
          width: 1.5,
          color: order.map(({ index }) => (censored.has(index) ? palette.vermilion : color)),
        },
      },
      hovertemplate: '%{text}: %{customdata}<extra></extra>',
    },
  ];
};

const paired = (panel: SeedsPanel, at: number, seeds: readonly string[], palette: Palette): object[] => {
  const pairs = seeds
    .map((seed, index) => ({
      seed,
      one: panel.baseline[index] ?? null,
      two: panel.candidate[index] ?? null,
      index,
    }))
    .filter(({ one, two }) => one !== null && two !== null);
  const x = pairs.flatMap(() => [0, 1, null]);
  const y = pairs.flatMap(({ one, two }) => [one, two, null]);
  const ends = (side: 0 | 1): object => {
    const { colour, symbol } = strokes[side === 0 ? 'baseline' : 'candidate'];
    const censored = new Set(side === 0 ? panel.baselineCensored : panel.candidateCensored);
    return {
      type: 'scatter',
      mode: 'markers',
      ...place(at),
      x: pairs.map(() => side),
      y: pairs.map(({ one, two }) => (side === 0 ? one : two)),
      customdata: pairs.map(({ index }) => panel.said[side][index]),
      text: pairs.map(({ seed, index }) => `seed ${inert(seed)}${censored.has(index) ? ', never' : ''}`),
      marker: {
        size: 7,
        color: palette[colour],
        symbol: pairs.map(({ index }) => (censored.has(index) ? 'triangle-up-open' : symbol)),
      },
      hovertemplate: '%{text}: %{customdata}<extra></extra>',
    };
  };
  return [
    {
      type: 'scatter',
      mode: 'lines',
      ...place(at),
      x,
      y,
      hoverinfo: 'skip',
      line: { color: faded(palette.quiet, 0.5), width: 1 },
    },
    ends(0),
    ends(1),
  ];
};
