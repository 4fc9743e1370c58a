// From a chart's kind and data to its figure: the one switch of the page's script.

import { frontierFigure } from '../../trade-off/frontier-figure.ts';
import type { ChartSpec } from '../chart.ts';
import { classesFigure } from './classes-figure.ts';
import { effectsFigure } from './effects-figure.ts';
import type { Figure, Palette } from './palette.ts';
import { repliesFigure } from './replies-figure.ts';
import { seedsFigure } from './seeds-figure.ts';
import { stepsFigure } from './steps-figure.ts';
import { tradeOffFigure } from './trade-off-figure.ts';

export const figureOf = (spec: ChartSpec, palette: Palette): Figure => {
  switch (spec.kind) {
    case 'effects':
      return effectsFigure(spec.data, palette);
    case 'steps':
      return stepsFigure(spec.data, palette);
    case 'classes':
      return classesFigure(spec.data, palette);
    case 'seeds':
      return seedsFigure(spec.data, palette);
    case 'replies':
      return repliesFigure(spec.data, palette);
    case 'trade-off':
      return tradeOffFigure(spec.data, palette);
    case 'frontier':
      return frontierFigure(spec.data, palette);
    default:
      return spec satisfies never;
  }
};
