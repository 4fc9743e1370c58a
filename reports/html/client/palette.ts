// The colours of a theme, and what stands for each side: colour, dash and mark together, so that no reader
// has to tell two colours apart. The four data colours keep 3:1 on white and on the dark ground, and 16 ΔE
// apart to any eye.

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

export type Colour = 'blue' | 'vermilion' | 'green' | 'purple';

/** How a side, or a cause, is drawn. */
export interface Stroke {
  readonly colour: Colour;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot';
  readonly symbol: string;
}

export type StrokeName = 'baseline' | 'candidate' | 'first' | 'second' | 'third';

export const strokes: Readonly<Record<StrokeName, Stroke>> = {
  baseline: { colour: 'blue', dash: 'solid', symbol: 'circle' },
  candidate: { colour: 'vermilion', dash: 'dash', symbol: 'square' },
  first: { colour: 'blue', dash: 'solid', symbol: 'circle' },
  second: { colour: 'vermilion', dash: 'dash', symbol: 'square' },
  third: { colour: 'green', dash: 'dot', symbol: 'diamond' },
};

/** A colour of the palette, `#rrggbb`, let through by so much. */
export const faded = (colour: string, opacity: number): string => {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
};

export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

/** Plotly reads a few tags and entities in its texts; a name from outside is to be read as letters only. */
export const inert = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * What all layouts share. Made anew at each call: plotly writes into the layout it is given, and a shared
 * axis once came out empty, without an error.
 */
export const baseLayout = (palette: Palette, height: number): Record<string, unknown> => ({
  height,
  margin: { l: 60, r: 16, t: 12, b: 44 },
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  font: {
    family: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
    size: 12.5,
    color: palette.ink,
  },
  hovermode: 'closest',
  dragmode: 'zoom',
  hoverlabel: {
    bgcolor: palette.ground,
    bordercolor: palette.quiet,
    font: { color: palette.ink },
    align: 'left',
  },
});

/** Whatever plotly takes, but for the title, which is a plain text here. */
interface Axis {
  readonly title?: string;
  readonly [name: string]: unknown;
}

export const axis = (palette: Palette, { title, ...more }: Axis = {}): object => ({
  ...(title === undefined ? {} : { title: { text: title, font: { size: 12.5 }, standoff: 10 } }),
  gridcolor: palette.grid,
  zerolinecolor: palette.grid,
  linecolor: palette.grid,
  tickcolor: palette.grid,
  automargin: true,
  ...more,
});

/** Above the plot, to the right, and no switch: a line that is clicked away is soon taken for absent. */
export const legendAbove = (): object => ({
  orientation: 'h',
  x: 1,
  xanchor: 'right',
  y: 1.01,
  yanchor: 'bottom',
  bgcolor: 'rgba(0,0,0,0)',
  itemclick: false,
  itemdoubleclick: false,
});
