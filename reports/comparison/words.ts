// Changes in words: the comparative that fits the metric.

import { quantity, type Unit } from '../format.ts';
import type { Better } from '../metrics.ts';

export { changeText } from '../outputs/change-text.ts';

/** `at most 15 m longer`, `at most 0.1 pt more`: how much worse a metric may be. */
export const allowanceText = (limit: number, unit: Unit, better: Better): string =>
  `at most ${amountText(limit, unit)} ${worseWord(unit, better)}`;

/** An amount by which something may differ: of shares in points, since per cent of what is the question. */
export const amountText = (amount: number, unit: Unit): string =>
  unit === 'share' ? quantity(amount, unit).replace(/%$/, 'pt') : quantity(amount, unit);

/** What worse means of it, after an amount. */
const worseWord = (unit: Unit, better: Better): string => {
  if (better === 'high') return unit === 'ms' ? 'shorter' : unit === 'count' ? 'fewer' : 'less';
  return unit === 'ms' ? 'longer' : 'more';
};
