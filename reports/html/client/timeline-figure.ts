// The incident chart as plotly.js wants it: abuse, wanted mail and five lanes of events over one time axis.

import type { Series, TimelineEntry } from '../../../sim/index.ts';
import { instant } from '../../format.ts';
import type { SeedView } from '../seed-view.ts';
import { type Colour, type Figure, inert, type Palette } from './palette.ts';
import { hasAbuse, laneHeight, lanes, layout } from './timeline-layout.ts';

type Line = readonly [
  name: keyof Series['lines'],
  colour: Colour,
  dash: 'solid' | 'dash' | 'dot',
  label: string,
];

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

/** `mark`: an instant to be shown by a line, with the hours about it; the whole run if left out. */
export const timelineFigure = (view: SeedView, epoch: number, palette: Palette, mark?: number): Figure => {
  const { series } = view;
  const end = lastInstant(view);
  return {
    data: [
      ...(series === null
        ? []
        : [
            ...(hasAbuse(view) ? lines(series, abuse, 'y', 'legend', epoch, palette) : []),
            ...lines(series, wanted, 'y2', 'legend2', epoch, palette),
          ]),
      ...view.listings.map((listing) => listingBar(listing, end, epoch, palette)),
      ...lanes.map(([lane, symbol, colour]) =>
        laneMarks(view, lane, symbol, palette[colour], epoch, palette),
      ),
    ],
    layout: layout(view, end, epoch, palette, mark),
  };
};

const lines = (
  series: Series,
  which: readonly Line[],
  yaxis: string,
  legend: string,
  epoch: number,
  palette: Palette,
): object[] => {
  const x = series.lines['abuse submitted'].map((_, index) => epoch + series.start + index * series.bin);
  return which.map(([name, colour, dash, label]) => ({
    type: 'scatter',
    mode: 'lines',
    name: label,
    x,
    y: [...series.lines[name]],
    xaxis: 'x',
    yaxis,
    legend,
    line: { color: palette[colour], dash, width: dash === 'solid' ? 2.5 : 2, shape: 'hv' },
    hovertemplate: `%{y:,} ${label}<extra></extra>`,
  }));
};

const laneMarks = (
  view: SeedView,
  lane: TimelineEntry['lane'],
  symbol: string,
  color: string,
  epoch: number,
  palette: Palette,
): object => {
  const events = view.events.filter((event) => event.lane === lane);
  return {
    type: 'scatter',
    mode: 'markers',
    name: lane,
    showlegend: false,
    xaxis: 'x',
    yaxis: 'y3',
    x: events.map((event) => epoch + event.at),
    y: events.map(() => laneHeight(lane)),
    text: events.map((event) => `${inert(event.what)}<br>${instant(event.at, epoch)}`),
    marker: { symbol, color, size: 11, line: { color: palette.ground, width: 1 } },
    hovertemplate: '%{text}<extra></extra>',
  };
};

const listingBar = (
  listing: SeedView['listings'][number],
  end: number,
  epoch: number,
  palette: Palette,
): object => ({
  type: 'scatter',
  mode: 'lines',
  name: `listed on ${inert(listing.register)}`,
  showlegend: false,
  xaxis: 'x',
  yaxis: 'y3',
  x: [epoch + listing.from, epoch + (listing.to ?? end)],
  y: [laneHeight('register'), laneHeight('register')],
  line: { color: palette.purple, width: 7 },
  opacity: 0.45,
  hoverinfo: 'name',
});

const lastInstant = (view: SeedView): number =>
  Math.max(
    view.series === null
      ? 0
      : view.series.start + view.series.bin * view.series.lines['abuse submitted'].length,
    ...view.events.map((event) => event.at),
    ...view.attacks.map((attack) => attack.to),
    ...view.listings.map((listing) => listing.to ?? listing.from),
  );
