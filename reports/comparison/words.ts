// Changes in words: the comparative that fits the metric, and why one is not settled.

import { plural, quantity, type Unit } from '../format.ts';
import type { Better } from '../metrics.ts';
import type { ComparisonRow } from './comparison.ts';
import { leastDiffering } from './settled.ts';

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

/**
 * Why a change whose interval lies on one side of 0 is inconclusive all the same, as `only 4 of 20 seeds
 * differ`, or one that is nothing in so few seeds; empty where the interval says it.
 */
export const whyOpen = (row: ComparisonRow): string => {
  const { outcome, interval, differing, pairs } = row;
  if (outcome !== 'inconclusive' || interval === null) return '';
  const [low, high] = interval;
  if (differing === 0) return `alike in only ${plural(pairs, 'seed')}`;
  if (low <= 0 && high >= 0) return '';
  if (hasTooFew(row)) {
    if (differing === pairs) return `only ${plural(pairs, 'seed')}`;
    return `only ${differing} of ${plural(pairs, 'seed')} ${differing === 1 ? 'differs' : 'differ'}`;
  }
  return 'luck is not ruled out';
};

/** Whether so few seeds differ that no chance could come out small: it is then no figure to be shown. */
export const hasTooFew = ({ differing, adjusted }: Pick<ComparisonRow, 'differing' | 'adjusted'>): boolean =>
  adjusted !== null && differing > 0 && differing < leastDiffering;
