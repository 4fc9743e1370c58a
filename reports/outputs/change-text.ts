// A change between two sides in words: signed, in the metric's own unit, shares in points (`pt`), so that a
// fall from 4 % to 2 % is not read as a fall by 2 % of it.

import { quantity, type Unit } from '../format.ts';

/** `+2 h 16 m`, `−4 pt`, `0`. */
export const changeText = (change: number, unit: Unit): string => {
  const size = quantity(Math.abs(change), unit);
  const words = unit === 'share' ? size.replace(/%$/, 'pt') : size;
  // What rounds to nothing is said as such: a sign before a zero would claim a direction.
  if (/^0(?: |$)/.test(words)) return '0';
  const sign = change < 0 ? '−' : '+';
  return words.startsWith('< ') ? `up to ${sign}${words.slice(2)}` : `${sign}${words}`;
};

/** `+2 h 16 m (+1 h 31 m … +3 h 02 m)`; `no data` where there is none. */
export const changeWithInterval = (
  change: number | null,
  interval: readonly [low: number, high: number] | null,
  unit: Unit,
): string => {
  if (change === null) return 'no data';
  if (interval === null) return changeText(change, unit);
  const [low, high] = interval.map((end) => changeText(end, unit));
  return `${changeText(change, unit)} (${low} … ${high})`;
};
