// The spread of one metric over the seeds: a dot per seed, a stroke at the median, hollow triangles at the
// right edge for seeds in which it never happened. Drawn as SVG when the page is written, so it needs no
// script.

import type { VNode } from 'preact';
import { findingText } from '../finding.ts';
import { plural, quantity } from '../format.ts';
import type { MetricSummary } from '../metric-summary.ts';
import { element } from './element.ts';

const width = 220;
const height = 26;
/** Kept free at the right for seeds that never ended. */
const gutter = 22;

/**
 * `say` puts a value into words where the metric's own unit does not, such as a share of tenants as a number
 * of them.
 */
export const dotStrip = (
  metric: MetricSummary,
  say = (value: number): string => quantity(value, metric.unit),
): VNode => {
  const ended = metric.values.filter((each) => each.observed);
  const most = Math.max(0, ...ended.map((each) => each.value));
  const right = width - (metric.censored > 0 ? gutter : 6);
  const x = (value: number): number =>
    Math.round((6 + (most === 0 ? 0 : value / most) * (right - 12)) * 10) / 10;
  const seen = new Map<number, number>();
  const dots = ended.map((each) => {
    const place = x(each.value);
    const column = Math.round(place / 4);
    const above = seen.get(column) ?? 0;
    seen.set(column, above + 1);
    return element('circle', { class: 'dot', cx: place, cy: lifted(above), r: 2.6 });
  });
  const never = metric.values
    .filter((each) => !each.observed)
    .map((_, index) =>
      element('path', { class: 'never', d: `M${width - 12} ${lifted(index) - 3.4}l6.4 3.4l-6.4 3.4z` }),
    );
  const median =
    metric.p50.kind === 'value'
      ? [
          element('line', {
            class: 'median',
            x1: x(metric.p50.value),
            x2: x(metric.p50.value),
            y1: 2,
            y2: height - 2,
          }),
        ]
      : [];
  const least = Math.min(...ended.map((each) => each.value), most);
  const middle = metric.p50.kind === 'value' ? say(metric.p50.value) : findingText(metric.p50, metric.unit);
  const sentence =
    `${metric.label} over ${plural(metric.seeds, 'seed')}: ${say(least)} to ${say(most)}, median ${middle}` +
    `${metric.censored > 0 ? `, never in ${metric.censored}` : ''}.`;
  return element(
    'div',
    { class: 'strip' },
    element(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': sentence,
        preserveAspectRatio: 'xMidYMid meet',
      },
      element('line', { class: 'base', x1: 0, x2: width, y1: height / 2, y2: height / 2 }),
      ...median,
      ...dots,
      ...never,
    ),
    element(
      'div',
      { class: 'ends', 'aria-hidden': 'true' },
      element('span', null, most === 0 && metric.censored === 0 ? '0 in every seed' : '0'),
      element('span', null, rightEnd(metric, most, say)),
    ),
  );
};

/** What the axis ends in; an axis on which nothing lies but 0 has no other end. */
const rightEnd = (metric: MetricSummary, most: number, say: (value: number) => string): string =>
  [most === 0 ? '' : say(most), metric.censored > 0 ? `${metric.censored} never` : '']
    .filter((part) => part !== '')
    .join(' · ');

/** Dots at one place stack to either side of the line: 0, +1, -1, +2, -2 steps, and no further. */
const lifted = (index: number): number => {
  const step = Math.min(4, index);
  return height / 2 + (step % 2 === 0 ? -1 : 1) * Math.ceil(step / 2) * 4;
};
