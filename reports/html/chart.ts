// A chart as the page carries it: which kind of figure, its data, and the finding as a sentence for those
// who do not see it. The script makes the figure (client/figures.ts); until then, and on paper without
// script, the sentence and the table beside it say the same.

import type { VNode } from 'preact';
import type { ClassesData } from './client/classes-figure.ts';
import type { EffectsData } from './client/effects-figure.ts';
import type { RepliesData } from './client/replies-figure.ts';
import type { SeedsData } from './client/seeds-figure.ts';
import type { StepsData } from './client/steps-figure.ts';
import type { TradeOffData } from './client/trade-off-figure.ts';
import type { FrontierData } from '../trade-off/frontier-figure.ts';
import { element } from './element.ts';

export type ChartSpec = { readonly id: string } & (
  | { readonly kind: 'effects'; readonly data: EffectsData }
  | { readonly kind: 'steps'; readonly data: StepsData }
  | { readonly kind: 'classes'; readonly data: ClassesData }
  | { readonly kind: 'seeds'; readonly data: SeedsData }
  | { readonly kind: 'replies'; readonly data: RepliesData }
  | { readonly kind: 'trade-off'; readonly data: TradeOffData }
  | { readonly kind: 'frontier'; readonly data: FrontierData }
);

/** A part of the page with the charts that stand in it. */
export interface Part {
  readonly node: VNode;
  readonly charts: readonly ChartSpec[];
}

/** The place of a chart of this height in pixels, which its figure must keep, lest the page jump. */
export const chartPlace = (id: string, sentence: string, height: number): VNode =>
  element(
    'div',
    { id, class: 'chart', role: 'img', 'aria-label': sentence, style: `min-height:${height}px` },
    element(
      'p',
      { class: 'note' },
      'The chart is drawn by script. The table beside it holds the same figures.',
    ),
  );

/** A chart and the table that says the same, side by side where there is room. */
export const beside = (chart: VNode, ...tables: (VNode | null)[]): VNode =>
  element('div', { class: 'beside' }, chart, element('div', { class: 'said' }, ...tables));
