// When people write: a rate that repeats, by the hour of the week, inverted exactly. To find the next arrival
// one draws how much rate is to be used up (exponential, mean 1) and looks where it is: one event per
// message, none thrown away.

import type { Milliseconds } from '../../../policy/index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

/** A rate that repeats after a period, held as what is expected from the period's start on. */
export class Rhythm {
  /** Expected messages from the start of a period to the start of each step; the last entry is the whole. */
  readonly #before: readonly number[];
  readonly #stepMs: number;
  readonly #periodMs: number;
  readonly #aheadMs: number;

  /**
   * `before`: expected messages from a period's start to the start of each of its equal steps and to its end;
   * starts at 0, never falls, ends above 0. Within a step the rate is even. `aheadMs`: how far its clock is
   * ahead of UTC.
   */
  constructor(before: readonly number[], periodMs: number, aheadMs = 0) {
    if (!(before.length > 1 && before[0] === 0 && before.at(-1)! > 0))
      throw new RangeError('sim: a rhythm starts at 0 and expects something in its period.');
    this.#before = before;
    this.#stepMs = periodMs / (before.length - 1);
    this.#periodMs = periodMs;
    this.#aheadMs = aheadMs;
  }

  /** Expected messages from the start of some period up to a time since the start of that period in UTC. */
  expected(since: number): number {
    const local = since + this.#aheadMs;
    const period = Math.floor(local / this.#periodMs);
    const within = local - period * this.#periodMs;
    const steps = this.#before.length - 1;
    const step = Math.min(steps - 1, Math.floor(within / this.#stepMs));
    const part = (within - step * this.#stepMs) / this.#stepMs;
    const before = this.#before[step]!;
    return period * this.#before[steps]! + before + part * (this.#before[step + 1]! - before);
  }

  /** The time, counted as `since` is, by which `amount` more messages are expected than by `since`. */
  after(since: number, amount: number): number {
    const upTo = this.#before;
    const steps = upTo.length - 1;
    const whole = upTo[steps]!;
    const target = this.expected(since) + amount;
    let period = Math.floor(target / whole);
    let rest = target - period * whole;
    if (rest >= whole) [period, rest] = [period + 1, 0];
    // The next message is mostly a few steps away, so looking on from the present one beats halving the
    // period.
    let step = Math.floor((since + this.#aheadMs - period * this.#periodMs) / this.#stepMs);
    if (step < 0) step = 0;
    if (step >= steps) step = steps - 1;
    while (step > 0 && upTo[step]! > rest) step -= 1;
    while (upTo[step + 1]! <= rest) step += 1;
    const before = upTo[step]!;
    const part = (rest - before) / (upTo[step + 1]! - before);
    return period * this.#periodMs + (step + part) * this.#stepMs - this.#aheadMs;
  }
}

/** A rhythm from what a rate in closed form comes to: `upTo(time)` is expected from a period's start on. */
export const tabulated = (upTo: (time: number) => number, periodMs: number, steps: number): Rhythm =>
  new Rhythm(Array.from({ length: steps + 1 }, (_, step) => upTo((step * periodMs) / steps)), periodMs);

/**
 * Share of an office day's mail written in each hour, 0 to 23 local time; sums to 1. An assumption: the two
 * humps with a lunch dip of office work; nights are not empty.
 */
const officeHours = [
  0.003, 0.002, 0.001, 0.001, 0.001, 0.003, 0.01, 0.03, 0.075, 0.11, 0.118, 0.11,
  0.075, 0.085, 0.108, 0.105, 0.085, 0.045, 0.013, 0.006, 0.005, 0.004, 0.003, 0.002,
];
/** Each day's mail against a working day's, Monday first; an assumption. */
const officeDays = [1, 1, 1, 1, 1, 0.06, 0.06];

/**
 * Share of a day's orders in each hour, 0 to 23 local time; sums to 1. An assumption: few at night, a plateau
 * by day, most after dinner.
 */
const shopHours = [
  0.016, 0.009, 0.006, 0.005, 0.005, 0.007, 0.013, 0.022, 0.033, 0.043, 0.05, 0.053,
  0.054, 0.052, 0.05, 0.05, 0.051, 0.054, 0.06, 0.072, 0.09, 0.093, 0.073, 0.039,
];
/** Each day's orders against an average day's, Monday first; an assumption: people buy at weekends. */
const shopDays = [1, 0.95, 0.93, 0.93, 0.95, 1.08, 1.16];

/** The week of an office that writes `perDay` messages on a working day, its clock so far ahead of UTC. */
export const officeWeek = (perDay: number, hoursAhead: number): Rhythm =>
  weekOf(perDay, officeHours, officeDays, hoursAhead);

/** The week of a shop that writes `perDay` messages on an average day. */
export const shopWeek = (perDay: number, hoursAhead: number): Rhythm =>
  weekOf(perDay, shopHours, shopDays, hoursAhead);

const weekOf = (
  perDay: number, hours: readonly number[], days: readonly number[], hoursAhead: number,
): Rhythm => {
  const before = [0];
  for (let hour = 0; hour < 168; hour += 1)
    before.push(before[hour]! + perDay * days[Math.floor(hour / 24)]! * hours[hour % 24]!);
  return new Rhythm(before, weekMs, hoursAhead * hourMs);
};

/**
 * A rate that climbs evenly from nothing to `perHour` within `ramp`, then stays: the time by which `amount`
 * messages are due.
 */
export const rampedTime = (amount: number, perHour: number, ramp: Milliseconds): number => {
  const perMs = perHour / hourMs;
  const duringRamp = (perMs * ramp) / 2;
  if (amount < duringRamp) return Math.sqrt((2 * amount * ramp) / perMs);
  return amount / perMs + ramp / 2;
};

/** Milliseconds between messages at a pace an hour. */
export const gapAt = (perHour: number): number => hourMs / perHour;

/** Milliseconds from the last Monday 0:00 UTC to a date. */
export const sinceMonday = (epoch: string): number => {
  const atMs = Date.parse(epoch);
  const firstMonday = 4 * dayMs;
  return (atMs - firstMonday) % weekMs + (atMs < firstMonday ? weekMs : 0);
};
