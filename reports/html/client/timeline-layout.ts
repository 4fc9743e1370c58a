// Where things stand in the incident chart: panels, lanes, axes, legends, the shading of the attack. A fresh
// object at each call: plotly writes into the layout it is given; a shared axis came out empty, no error.

import type { TimelineEntry } from '../../../sim/index.ts';
import type { SeedView } from '../seed-view.ts';
import { baseLayout, type Colour, type Palette } from './palette.ts';

/** From the top of the chart down. */
export const lanes: readonly (readonly [lane: TimelineEntry['lane'], symbol: string, colour: Colour])[] = [
  ['tenant', 'circle', 'vermilion'],
  ['policy', 'square', 'blue'],
  ['register', 'diamond', 'purple'],
  ['receiver', 'triangle-up', 'green'],
  ['desk', 'cross', 'blue'],
];

type Place = readonly [from: number, to: number];

/** Places of the panels on the vertical, as shares of the chart's height; without abuse it has no panel. */
const places = (abuse: boolean): { abuse: Place; wanted: Place; lanes: Place } =>
  abuse
    ? { abuse: [0.7, 0.95], wanted: [0.38, 0.6], lanes: [0, 0.29] }
    : { abuse: [1, 1], wanted: [0.54, 0.94], lanes: [0, 0.42] };

export const hasAbuse = ({ series, attacks }: SeedView): boolean =>
  attacks.length > 0 || (series !== null && series.lines['abuse submitted'].some((each) => each > 0));

export const laneHeight = (lane: TimelineEntry['lane']): number =>
  lanes.length - 1 - lanes.findIndex(([name]) => name === lane);

export const layout = (
  view: SeedView,
  end: number,
  epoch: number,
  palette: Palette,
  mark?: number,
): object => {
  const first = view.series?.start ?? Math.min(...view.events.map((event) => event.at), end);
  const margin = Math.max(60_000, (end - first) * 0.01);
  const axis = {
    gridcolor: palette.grid,
    zerolinecolor: palette.grid,
    linecolor: palette.grid,
    fixedrange: true,
  };
  const counted = { rangemode: 'tozero', nticks: 4, tickformat: ',d' };
  const drawn = view.series !== null;
  const abuse = hasAbuse(view);
  const panels = places(abuse);
  return {
    ...baseLayout(palette, !drawn ? 260 : abuse ? 560 : 420),
    margin: { l: 72, r: 16, t: 8, b: 44 },
    showlegend: true,
    xaxis: {
      type: 'date',
      range:
        mark === undefined
          ? [epoch + first - margin, epoch + end + margin]
          : [epoch + mark - aroundMark, epoch + mark + aroundMark],
      anchor: 'y3',
      gridcolor: palette.grid,
      linecolor: palette.grid,
      tickcolor: palette.grid,
      ticks: 'outside',
      tickformatstops: [
        { dtickrange: [null, 60_000], value: '%H:%M:%S\n%a %-d %b' },
        { dtickrange: [60_000, 43_200_000], value: '%H:%M\n%a %-d %b' },
        { dtickrange: [43_200_001, null], value: '%a %-d %b' },
      ],
    },
    ...(drawn
      ? {
          ...(abuse
            ? {
                yaxis: { ...axis, ...counted, domain: [...panels.abuse] },
                legend: legendAt(panels.abuse[1]),
              }
            : {}),
          yaxis2: { ...axis, ...counted, domain: [...panels.wanted] },
          legend2: legendAt(panels.wanted[1]),
          annotations: [
            ...(abuse ? [panelTitle('Abuse', view.series!.bin, panels.abuse[1], palette)] : []),
            panelTitle('Wanted mail', view.series!.bin, panels.wanted[1], palette),
          ],
        }
      : {}),
    yaxis3: {
      ...axis,
      domain: drawn ? [...panels.lanes] : [0, 1],
      range: [-0.6, lanes.length - 0.4],
      zeroline: false,
      tickvals: lanes.map(([lane]) => laneHeight(lane)),
      ticktext: lanes.map(([lane]) => lane),
    },
    shapes: [
      ...marked(mark, epoch, palette),
      ...view.attacks.map((attack) => ({
        type: 'rect',
        xref: 'x',
        yref: 'paper',
        x0: epoch + attack.from,
        x1: epoch + attack.to,
        y0: 0,
        y1: drawn ? panels.abuse[1] : 1,
        fillcolor: palette.attack,
        line: { width: 0 },
        layer: 'below',
      })),
    ],
  };
};

/** Hours that are shown to either side of an instant somebody links to. */
const aroundMark = 6 * 3_600_000;

const marked = (mark: number | undefined, epoch: number, palette: Palette): object[] =>
  mark === undefined
    ? []
    : [
        {
          type: 'line',
          xref: 'x',
          yref: 'paper',
          x0: epoch + mark,
          x1: epoch + mark,
          y0: 0,
          y1: 1,
          line: { color: palette.ink, width: 1.5, dash: 'dot' },
        },
      ];

const legendAt = (top: number): object => ({
  orientation: 'h',
  x: 1,
  xanchor: 'right',
  y: top + 0.004,
  yanchor: 'bottom',
  bgcolor: 'rgba(0,0,0,0)',
  itemclick: false,
  itemdoubleclick: false,
});

const panelTitle = (what: string, bin: number, top: number, palette: Palette): object => ({
  text: `<b>${what}</b>, messages per ${bin >= 3_600_000 ? `${bin / 3_600_000} h` : `${bin / 60_000} m`}`,
  xref: 'paper',
  yref: 'paper',
  x: 0,
  xanchor: 'left',
  y: top + 0.012,
  yanchor: 'bottom',
  showarrow: false,
  font: { color: palette.ink },
});
