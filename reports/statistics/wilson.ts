// Wilson's score interval (1927) for a share of seeds, such as "listed in 9 of 20". It stays inside 0 to 1
// and keeps its width at 0 of n, where the textbook interval collapses to a point.

import { type Interval, tailOf, usualLevel } from './interval.ts';
import { normalQuantile } from './normal.ts';

export interface WilsonOptions {
  /** Share of such intervals that hold the truth, on average; 0.95 unless given. */
  readonly level?: number;
  /** Newcombe's (1998, method 4) correction for counts being whole: never shorter, seldom too short. */
  readonly continuity?: boolean;
}

/** The 97.5 % point of the normal distribution, asked for again and again. */
const z95 = normalQuantile(0.975);

/**
 * The interval of `hits` in `trials`, both as shares. Trials are seeds, which are independent; never use
 * it on messages behind one address, which are not. Throws a RangeError unless both are whole, 0 <= hits
 * <= trials and trials >= 1.
 */
export const wilson = (hits: number, trials: number, options: WilsonOptions = {}): Interval => {
  checkCounts('wilson', hits, trials);
  const { level = usualLevel, continuity = false } = options;
  const z = level === usualLevel ? z95 : -normalQuantile(tailOf('wilson', level));
  const z2 = z * z;
  const share = hits / trials;
  const missed = 1 - share;
  const middle = 2 * hits + z2;
  const whole = 2 * (trials + z2);
  const spread = (change: number): number =>
    continuity
      ? z * Math.sqrt(z2 + 2 * change - 1 / trials + 4 * share * (trials * missed - change)) + 1
      : z * Math.sqrt(z2 + 4 * hits * missed);
  return [
    hits === 0 ? 0 : Math.max(0, (middle - spread(-1)) / whole),
    hits === trials ? 1 : Math.min(1, (middle + spread(1)) / whole),
  ];
};

/** Throws a RangeError unless the two are counts, of one thing out of another. */
export const checkCounts = (what: string, hits: number, trials: number): void => {
  const whole = Number.isInteger(hits) && Number.isInteger(trials);
  if (whole && trials >= 1 && hits >= 0 && hits <= trials) return;
  throw new RangeError(
    `${what}: ${hits} of ${trials}; both are whole, hits lie between 0 and trials, ` +
      'and there is at least one trial.',
  );
};
