// The incident's chart as plotly.js wants it: abuse, wanted mail and five lanes of events over one time axis. Pure, and a
// fresh object at each call: plotly writes into the layout it is given, and a shared axis came out empty without an error.

import type { Series, TimelineEntry } from '../../../sim/result.ts';
import { instant } from '../../format.ts';
import type { SeedView } from '../seed-view.ts';

/** Colours of a theme. The four data colours keep 3:1 on white and on the dark ground, and 16 ΔE apart to any eye. */
export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly ground: string;
  readonly attack: string;
  readonly blue: string;
  readonly vermilion: string;
  readonly green: string;
  readonly purple: string;
}

export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

type Colour = 'blue' | 'vermilion' | 'green' | 'purple';
type Line = readonly [name: keyof Series['lines'], colour: Colour, dash: 'solid' | 'dash' | 'dot', label: string];

// Each line differs by dash as well as by colour, for print and for colour-blind readers.
const abuse: readonly Line[] = [
  ['abuse submitted', 'purple', 'dot', 'submitted'],
  ['abuse stopped by policy', 'blue', 'dash', 'stopped by policy'],
  ['abuse escaped', 'vermilion', 'solid', 'got out'],
];
const wanted: readonly Line[] = [
  ['wanted accepted', 'green', 'solid', 'accepted'],
  ['wanted deferred', 'blue', 'dash', 'deferred'],
  ['wanted refused', 'vermilion', 'dot', 'refused'],
];

/** From the top of the chart down. */
const lanes: readonly (readonly [lane: TimelineEntry['lane'], symbol: string, colour: Colour])[] = [
  ['tenant', 'circle', 'vermilion'], ['policy', 'square', 'blue'], ['register', 'diamond', 'purple'],
  ['receiver', 'triangle-up', 'green'], ['desk', 'cross', 'blue'],
];

/** Places of the three panels on the vertical, as shares of the chart's height. */
const panels = { abuse: [0.7, 0.95], wanted: [0.38, 0.6], lanes: [0, 0.29] } as const;

export const timelineFigure = (view: SeedView, epoch: number, palette: Palette): Figure => {
  const { series } = view;
  const end = lastInstant(view);
  return {
    data: [
      ...(series === null ? [] : [...lines(series, abuse, 'y', 'legend', epoch, palette), ...lines(series, wanted, 'y2', 'legend2', epoch, palette)]),
      ...view.listings.map((listing) => listingBar(listing, end, epoch, palette)),
      ...lanes.map(([lane, symbol, colour]) => laneMarks(view, lane, symbol, palette[colour], epoch, palette)),
    ],
    layout: layout(view, end, epoch, palette),
  };
};

const lines = (
  series: Series, which: readonly Line[], yaxis: string, legend: string, epoch: number, palette: Palette,
): object[] => {
  const x = series.lines['abuse submitted'].map((_, index) => epoch + series.start + index * series.bin);
  return which.map(([name, colour, dash, label]) => ({
    type: 'scatter', mode: 'lines', name: label, x, y: [...series.lines[name]], xaxis: 'x', yaxis, legend,
    line: { color: palette[colour], dash, width: dash === 'solid' ? 2.5 : 2, shape: 'hv' },
    hovertemplate: `%{y:,} ${label}<extra></extra>`,
  }));
};

const laneMarks = (
  view: SeedView, lane: TimelineEntry['lane'], symbol: string, color: string, epoch: number, palette: Palette,
): object => {
  const events = view.events.filter((event) => event.lane === lane);
  return {
    type: 'scatter', mode: 'markers', name: lane, showlegend: false, xaxis: 'x', yaxis: 'y3',
    x: events.map((event) => epoch + event.at), y: events.map(() => laneHeight(lane)),
    text: events.map((event) => `${inert(event.what)}<br>${instant(event.at, epoch)}`),
    marker: { symbol, color, size: 11, line: { color: palette.ground, width: 1 } },
    hovertemplate: '%{text}<extra></extra>',
  };
};

const listingBar = (listing: SeedView['listings'][number], end: number, epoch: number, palette: Palette): object => ({
  type: 'scatter', mode: 'lines', name: `listed on ${inert(listing.register)}`, showlegend: false, xaxis: 'x', yaxis: 'y3',
  x: [epoch + listing.from, epoch + (listing.to ?? end)], y: [laneHeight('register'), laneHeight('register')],
  line: { color: palette.purple, width: 7 }, opacity: 0.45, hoverinfo: 'name',
});

const laneHeight = (lane: TimelineEntry['lane']): number => lanes.length - 1 - lanes.findIndex(([name]) => name === lane);

const lastInstant = (view: SeedView): number => Math.max(
  view.series === null ? 0 : view.series.start + view.series.bin * view.series.lines['abuse submitted'].length,
  ...view.events.map((event) => event.at), ...view.attacks.map((attack) => attack.to),
  ...view.listings.map((listing) => listing.to ?? listing.from),
);

const layout = (view: SeedView, end: number, epoch: number, palette: Palette): object => {
  const first = view.series?.start ?? Math.min(...view.events.map((event) => event.at), end);
  const margin = Math.max(60_000, (end - first) * 0.01);
  const axis = { gridcolor: palette.grid, zerolinecolor: palette.grid, linecolor: palette.grid, fixedrange: true };
  const drawn = view.series !== null;
  return {
    height: drawn ? 560 : 260,
    margin: { l: 72, r: 16, t: 8, b: 44 },
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif', size: 12.5, color: palette.ink },
    hovermode: 'closest', showlegend: true, dragmode: 'zoom',
    hoverlabel: { bgcolor: palette.ground, bordercolor: palette.quiet, font: { color: palette.ink }, align: 'left' },
    xaxis: {
      type: 'date', range: [epoch + first - margin, epoch + end + margin], anchor: 'y3',
      gridcolor: palette.grid, linecolor: palette.grid, tickcolor: palette.grid, ticks: 'outside',
      tickformatstops: [
        { dtickrange: [null, 60_000], value: '%H:%M:%S\n%a %-d %b' },
        { dtickrange: [60_000, 43_200_000], value: '%H:%M\n%a %-d %b' },
        { dtickrange: [43_200_001, null], value: '%a %-d %b' },
      ],
    },
    ...(drawn ? {
      yaxis: { ...axis, domain: [...panels.abuse], rangemode: 'tozero', nticks: 4, tickformat: ',d' },
      yaxis2: { ...axis, domain: [...panels.wanted], rangemode: 'tozero', nticks: 4, tickformat: ',d' },
      legend: legendAt(panels.abuse[1]),
      legend2: legendAt(panels.wanted[1]),
      annotations: [panelTitle('Abuse', view.series!.bin, panels.abuse[1], palette), panelTitle('Wanted mail', view.series!.bin, panels.wanted[1], palette)],
    } : {}),
    yaxis3: {
      ...axis, domain: drawn ? [...panels.lanes] : [0, 1], range: [-0.6, lanes.length - 0.4], zeroline: false,
      tickvals: lanes.map(([lane]) => laneHeight(lane)), ticktext: lanes.map(([lane]) => lane),
    },
    shapes: view.attacks.map((attack) => ({
      type: 'rect', xref: 'x', yref: 'paper', x0: epoch + attack.from, x1: epoch + attack.to, y0: 0, y1: drawn ? panels.abuse[1] : 1,
      fillcolor: palette.attack, line: { width: 0 }, layer: 'below',
    })),
  };
};

const legendAt = (top: number): object => ({
  orientation: 'h', x: 1, xanchor: 'right', y: top + 0.004, yanchor: 'bottom', bgcolor: 'rgba(0,0,0,0)', itemclick: false,
  itemdoubleclick: false,
});

const panelTitle = (what: string, bin: number, top: number, palette: Palette): object => ({
  text: `<b>${what}</b>, messages per ${bin >= 3_600_000 ? `${bin / 3_600_000} h` : `${bin / 60_000} m`}`,
  xref: 'paper', yref: 'paper', x: 0, xanchor: 'left', y: top + 0.012, yanchor: 'bottom', showarrow: false,
  font: { color: palette.ink },
});

/** Plotly reads a few tags and entities in its texts; a name from outside is to be read as letters only. */
const inert = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
