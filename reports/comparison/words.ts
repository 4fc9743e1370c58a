// Changes in words: a sign before every change, and the comparative that fits the metric.

import { quantity, type Unit } from '../format.ts';
import type { Better } from '../metrics.ts';

/** `+2 h 16 m`, `-4 pt`, `0`. A change of a share is in points (`pt`), since per cent of what is the question. */
export const changeText = (change: number, unit: Unit): string => {
  const size = quantity(Math.abs(change), unit).replace(' %', ' pt');
  if (isNothing(size)) return change === 0 ? '0' : `${change > 0 ? '+' : '-'}< ${least[unit]}`;
  return `${change > 0 ? '+' : '-'}${size}`;
};

/** `[+1 h 31 m, +3 h 02 m]`. */
export const intervalText = (interval: readonly [number, number] | null, unit: Unit): string =>
  interval === null ? '' : `[${changeText(interval[0], unit)}, ${changeText(interval[1], unit)}]`;

/** What worse means of it, after an amount: `longer`, `more`, `fewer`. */
export const worseWord = (unit: Unit, better: Better): string => {
  if (better === 'high') return unit === 'ms' ? 'shorter' : unit === 'count' ? 'fewer' : 'less';
  return unit === 'ms' ? 'longer' : 'more';
};

const isNothing = (size: string): boolean => /^0(?: \D*)?$/.test(size);

/** What `quantity` rounds to nothing, at least as large as that. */
const least: Readonly<Record<Unit, string>> =
  { ms: '0.1 s', hours: '0.1 s', minutes: '0.1 s', share: '0.01 pt', count: '0.1' };
