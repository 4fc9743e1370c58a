// How long signals take to reach the platform: the delays of signals.json as lognormal times, by the luck of
// whatever caused the signal.

import { type Milliseconds, milliseconds } from '../../../policy/index.ts';
import { signalPresets } from '../../presets/index.ts';
import { normal } from '../normal.ts';

/** A delay that is never below `least`, half the time below `middle` and 19 times in 20 below `high`. */
export interface Delay {
  readonly leastMs: number;
  readonly middleMs: number;
  readonly sigma: number;
}

/** The 95 % point of a standard normal distribution. */
const high = 1.644_853_6;

/** A lognormal delay through two points, cut off below. An assumption: signals.json gives no shapes. */
export const delayThrough = (leastMs: number, middleMs: number, highMs: number): Delay => ({
  leastMs,
  middleMs,
  sigma: middleMs > 0 ? Math.log(highMs / middleMs) / high : 0,
});

/** The delay of a signal of signals.json, by its id. Throws a RangeError for an unknown one. */
export const delayOf = (id: string): Delay => {
  const { min, p50, p95 } = presetOf(id).delayS;
  return delayThrough(min * 1_000, p50 * 1_000, p95 * 1_000);
};

/**
 * What is left of a signal's delay for a report on a whole day, once the day is over: signals.json counts
 * from the causing event, which lies 12 h before midnight in the middle, and 22.8 h at its 95 % point.
 */
export const afterMidnight = (id: string): Delay => {
  const { min, p50, p95 } = presetOf(id).delayS;
  return delayThrough(min * 1_000, Math.max(min, p50 - 43_200) * 1_000, (p95 - 82_080) * 1_000);
};

const presetOf = (id: string): (typeof signalPresets)[number] => {
  const found = signalPresets.find((preset) => preset.id === id);
  if (found === undefined) throw new RangeError(`no signal preset is called "${id}"`);
  return found;
};

/** Nothing is told later than this many standard deviations; 3 in 100,000 would be. */
const latest = 4;

/** One delay, from two uniform draws. */
export const drawDelay = ({ leastMs, middleMs, sigma }: Delay, one: number, two: number): Milliseconds =>
  milliseconds(
    Math.round(Math.max(leastMs, middleMs * Math.exp(sigma * Math.min(latest, normal(one, two))))),
  );
