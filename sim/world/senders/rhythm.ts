// When people write: a rate that changes by the hour of the week, inverted exactly. To find the next arrival
// one draws how much rate is to be used up (exponential, mean 1) and looks where it is: one event per
// message, none thrown away.

import type { Milliseconds } from '../../../policy/index.ts';

const hourMs = 3_600_000;
const weekHours = 168;

/**
 * Share of an office day's mail written in each hour, 0 to 23 local time; sums to 1. An assumption: the two
 * humps with a lunch dip of office work; nights are not empty.
 */
const officeHours = [
  0.003, 0.002, 0.001, 0.001, 0.001, 0.003, 0.01, 0.03, 0.075, 0.11, 0.118, 0.11,
  0.075, 0.085, 0.108, 0.105, 0.085, 0.045, 0.013, 0.006, 0.005, 0.004, 0.003, 0.002,
];
/** A Saturday's or Sunday's mail against a working day's; an assumption. */
const weekendShare = 0.06;

/** The messages of an ordinary working day spread over the week of a time zone. */
export class WeeklyRhythm {
  /**
   * Expected messages from Monday 0:00 local time to the start of each hour; the last entry is the whole
   * week.
   */
  readonly #before: readonly number[];
  readonly #aheadMs: number;

  constructor(perDay: number, hoursAheadOfUtc: number) {
    const before = [0];
    for (let hour = 0; hour < weekHours; hour += 1) {
      const weekend = Math.floor(hour / 24) >= 5 ? weekendShare : 1;
      before.push(before.at(-1)! + perDay * weekend * officeHours[hour % 24]!);
    }
    this.#before = before;
    this.#aheadMs = hoursAheadOfUtc * hourMs;
  }

  /**
   * Expected messages from Monday 0:00 local time of some week up to a time since Monday 0:00 UTC of that
   * week.
   */
  expected(sinceMonday: number): number {
    const local = sinceMonday + this.#aheadMs;
    const week = Math.floor(local / (weekHours * hourMs));
    const inWeek = local - week * weekHours * hourMs;
    const hour = Math.floor(inWeek / hourMs);
    const part = (inWeek - hour * hourMs) / hourMs;
    const before = this.#before[hour]!;
    return week * this.#before[weekHours]! + before + part * (this.#before[hour + 1]! - before);
  }

  /** The time since Monday 0:00 UTC by which `amount` more messages are expected than by `sinceMonday`. */
  after(sinceMonday: number, amount: number): number {
    const whole = this.#before[weekHours]!;
    const target = this.expected(sinceMonday) + amount;
    let week = Math.floor(target / whole);
    let rest = target - week * whole;
    if (rest >= whole) [week, rest] = [week + 1, 0];
    // The next message is mostly a few hours away, so looking on from the present hour beats halving the
    // week.
    const upTo = this.#before;
    let hour = Math.floor((sinceMonday + this.#aheadMs) / hourMs) - week * weekHours;
    if (hour < 0) hour = 0;
    while (hour > 0 && upTo[hour]! > rest) hour -= 1;
    while (upTo[hour + 1]! <= rest) hour += 1;
    const before = upTo[hour]!;
    const part = (rest - before) / (upTo[hour + 1]! - before);
    return (week * weekHours + hour + part) * hourMs - this.#aheadMs;
  }
}

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

/** Milliseconds from the last Monday 0:00 UTC to a date. */
export const sinceMonday = (epoch: string): number => {
  const atMs = Date.parse(epoch);
  const firstMonday = 4 * 24 * hourMs;
  return (atMs - firstMonday) % (weekHours * hourMs) + (atMs < firstMonday ? weekHours * hourMs : 0);
};
