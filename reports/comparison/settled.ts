// About how many seeds would settle what is inconclusive: an interval narrows with the root of their number,
// so what is twice too wide takes four times as many. A guess from the same few seeds, and shown as one.

import { normalQuantile } from '../statistics/normal.ts';
import type { Change } from './change.ts';

/** Beyond this nobody waits. */
const most = 100_000;
/** Fewer seeds that differ cannot rule out chance (2 of 64 ways of swapping six are as extreme). */
export const leastDiffering = 6;
/** Fewer seeds may miss what happens in one seed of four: by chance once in 18 times (0.75 to the tenth). */
export const leastSame = 10;

/**
 * Seeds for a row to be the same, or not: whichever comes first. `factor` is how many times larger the
 * adjusted chance is than the plain one. Null where no number up to 100,000 would do.
 */
export const settlingRow = (
  { change, interval }: Change,
  { pairs, differing, margin, factor }: {
    readonly pairs: number; readonly differing: number; readonly margin: number; readonly factor: number;
  },
): number | null => {
  if (interval === null) return leastSame;
  const half = (interval[1] - interval[0]) / 2;
  const off = Math.abs(change);
  // In half widths of the interval, which is 1.96 standard errors.
  const strict = normalQuantile(1 - 0.025 / Math.max(1, factor)) / normalQuantile(0.975);
  const different = Math.max(needed(pairs, half * strict, off), rarely(pairs, differing));
  const same = off < margin ? Math.max(needed(pairs, half, margin - off), leastSame) : Infinity;
  return rounded(Math.min(different, same), pairs);
};

/** Seeds for a gate whose change is `off` its margin, either way. */
export const settlingGate = (
  { interval }: Change, { pairs, off, factor }: {
    readonly pairs: number; readonly off: number; readonly factor: number;
  },
): number | null => {
  if (interval === null) return leastSame;
  const strict = normalQuantile(1 - 0.025 / Math.max(1, factor)) / normalQuantile(0.975);
  const half = ((interval[1] - interval[0]) / 2) * (off > 0 ? strict : 1);
  return rounded(Math.max(needed(pairs, half, Math.abs(off)), leastSame), pairs);
};

const needed = (pairs: number, half: number, room: number): number =>
  half === 0 ? pairs : room === 0 ? Infinity : pairs * (half / room) * (half / room);

const rarely = (pairs: number, differing: number): number =>
  differing === 0 ? Infinity : (leastDiffering * pairs) / differing;

/** Two figures, upwards, and more than there were. */
const rounded = (seeds: number, had: number): number | null => {
  const least = Math.max(seeds, had + 1);
  if (!(least <= most)) return null;
  let step = 1;
  while (least / step > 100) step *= 10;
  return Math.ceil(least / step) * step;
};
