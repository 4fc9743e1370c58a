// The figure of a sweep's trade-off: a mark for each point, the frontier as a line of larger ones, the
// defaults as diamonds. Down and to the left is better. Runs in the page, like the figures beside it.

import {
  axis, baseLayout, faded, type Figure, inert, legendAbove, type Palette,
} from '../html/client/palette.ts';

export interface FrontierMark {
  /** Its number in the sweep. */
  readonly point: number;
  readonly name: string;
  /** Per cent of innocent tenants. */
  readonly wrong: number;
  /** In the unit below; per cent are of the time watched. */
  readonly block: number;
  readonly command: string;
}

export interface FrontierData {
  readonly others: readonly FrontierMark[];
  readonly frontier: readonly FrontierMark[];
  readonly defaults: readonly FrontierMark[];
  readonly unit: 'minutes' | 'hours' | 'per cent';
  /** Times from minutes to days do not fit one even axis. */
  readonly isLog: boolean;
}

export const frontierHeight = 380;

/** Marks nearer than these shares of what the axes span cover one another: the radius of a small one. */
const nearAcross = 0.005;
const nearDown = 0.01;

/**
 * Every mark that lies where the one of this point does, that one first and the others by their number: the
 * topmost hides them, and a click reaches no other.
 */
export const marksAt = (
  { others, frontier, defaults, isLog }: FrontierData, point: number,
): readonly FrontierMark[] => {
  // The defaults are drawn a second time, over what they are besides.
  const drawn = [...others, ...frontier, ...defaults];
  const marks = [...new Map(drawn.map((mark) => [mark.point, mark])).values()]
    .toSorted((one, two) => Number(two.point === point) - Number(one.point === point)
      || one.point - two.point);
  const down = ({ block }: FrontierMark): number => (isLog ? Math.log(block) : block);
  const across = ({ wrong }: FrontierMark): number => wrong;
  const isNear = (of: (mark: FrontierMark) => number, share: number) => {
    const values = marks.map(of);
    const most = share * (Math.max(...values) - Math.min(...values));
    return (mark: FrontierMark): boolean => Math.abs(of(mark) - of(marks[0]!)) <= most;
  };
  const [isBeside, isLevel] = [isNear(across, nearAcross), isNear(down, nearDown)];
  return marks.filter((mark) => isBeside(mark) && isLevel(mark));
};

export const frontierFigure = (data: FrontierData, palette: Palette): Figure => {
  const { others, frontier, defaults, unit, isLog } = data;
  const traces: readonly (readonly [string, readonly FrontierMark[], object])[] = [
    ['other settings', others, {
      mode: 'markers', marker: { symbol: 'circle', size: 7, color: faded(palette.blue, 0.4),
        line: { width: 0 } },
    }],
    ['frontier', frontier, {
      mode: 'lines+markers', line: { shape: 'hv', color: palette.vermilion, width: 1.5, dash: 'dot' },
      marker: { symbol: 'square', size: 11, color: palette.vermilion,
        line: { color: palette.ground, width: 1.5 } },
    }],
    ['as it comes', defaults, {
      mode: 'markers',
      marker: { symbol: 'diamond-open', size: 17, color: palette.ink,
        line: { color: palette.ink, width: 2 } },
    }],
  ];
  const isTime = unit !== 'per cent';
  const told = isTime ? `%{y:,.3~g} ${unit} until blocked` : 'abuse went on %{y:.1f} % of the time';
  return {
    data: traces.filter(([, marks]) => marks.length > 0).map(([name, marks, look]) => ({
      type: 'scatter',
      name,
      cliponaxis: false,
      x: marks.map(({ wrong }) => wrong),
      y: marks.map(({ block }) => block),
      text: marks.map((mark) => `${mark.point}: ${inert(mark.name)}`),
      customdata: marks.map(({ point }) => point),
      hovertemplate: `%{text}<br>%{x:.2f} % of innocent tenants hit, ${told}<extra></extra>`,
      ...look,
    })),
    layout: {
      ...baseLayout(palette, frontierHeight),
      showlegend: true,
      legend: legendAbove(),
      margin: { l: 70, r: 24, t: 30, b: 48 },
      xaxis: axis(palette, { title: 'innocent tenants hit, % (fp.tenants)', rangemode: 'tozero' }),
      yaxis: axis(palette, {
        title: isTime ? `time to block, ${unit}${isLog ? ' (log)' : ''}` : 'abuse went on, % of the time',
        ...(isLog ? { type: 'log', dtick: 1, minor: { dtick: 'D2' } } : { rangemode: 'tozero' }),
      }),
    },
  };
};
