// Who was wrongly hit, by group of tenants: a mark for each seed at the number of innocents hit in it, and a
// larger one at the mean.

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

export interface ClassesData {
  /** `offices: stopped`, from the top down. */
  readonly rows: readonly string[];
  readonly sides: readonly {
    readonly name: string;
    readonly stroke: StrokeName;
    /** Row by row the tenants hit in each seed, and their mean. */
    readonly seeds: readonly (readonly number[])[];
    readonly means: readonly number[];
  }[];
}

export const classesHeight = (rows: number, sides: number): number => 86 + rows * (18 + 12 * sides);

export const classesFigure = ({ rows, sides }: ClassesData, palette: Palette): Figure => {
  const offset = (side: number): number => (sides.length === 1 ? 0 : side === 0 ? 0.17 : -0.17);
  return {
    data: sides.flatMap((side, at) => {
      const { colour, symbol } = strokes[side.stroke];
      const color = palette[colour];
      const y = (row: number, seed: number): number =>
        rows.length - 1 - row + offset(at) + 0.1 * spread(seed);
      return [
        {
          type: 'scatter',
          mode: 'markers',
          name: 'a seed',
          showlegend: false,
          cliponaxis: false,
          x: side.seeds.flat(),
          y: side.seeds.flatMap((values, row) => values.map((_, seed) => y(row, seed))),
          marker: { symbol, size: 5, color: faded(color, 0.4), line: { width: 0 } },
          hovertemplate: `${inert(side.name)}: %{x}<extra></extra>`,
        },
        {
          type: 'scatter',
          mode: 'markers',
          cliponaxis: false,
          name: sides.length === 1 ? 'mean over seeds' : inert(side.name),
          x: [...side.means],
          y: rows.map((_, row) => rows.length - 1 - row + offset(at)),
          marker: { symbol, size: 12, color, line: { color: palette.ground, width: 1.5 } },
          text: rows.map(inert),
          hovertemplate: '%{text}: %{x:.2f} a seed<extra></extra>',
        },
      ];
    }),
    layout: {
      ...baseLayout(palette, classesHeight(rows.length, sides.length)),
      showlegend: true,
      legend: legendAbove(),
      margin: { l: 10, r: 16, t: 30, b: 48 },
      xaxis: axis(palette, { title: 'innocent tenants in one seed', rangemode: 'tozero', tickformat: ',' }),
      yaxis: axis(palette, {
        tickvals: rows.map((_, row) => rows.length - 1 - row),
        ticktext: rows.map(inert),
        range: [-0.6, rows.length - 0.4],
        zeroline: false,
        fixedrange: true,
      }),
    },
  };
};

/** From -1 to 1, another for each seed, the same each time: marks at one number lie beside one another. */
const spread = (seed: number): number => ((seed * 7) % 11) / 5 - 1;
