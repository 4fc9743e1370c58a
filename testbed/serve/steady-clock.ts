// The time that a served policy lives in: whole milliseconds since it was first served. It follows the
// system's clock forward, and never goes back: where that clock is set back, time goes on at its pace until
// the clock has caught up.

import { type Milliseconds, milliseconds } from '../../policy/index.ts';

/** Where time comes from; the system's own in service, a virtual one in tests. */
export interface TimeSource {
  /** Milliseconds since 1970, UTC; may be set to anything at any time. */
  wall(): number;
  /** Milliseconds since some instant; only ever grows. */
  steady(): number;
}

export const systemTime: TimeSource = { wall: () => Date.now(), steady: () => performance.now() };

const dayMs = 86_400_000;

/**
 * Where time begins for a policy first served at `wall`: Monday, 00:00 UTC, of that week, so that what counts
 * by the day or the week counts by days and weeks of the calendar.
 */
export const epochFor = (wall: number): number => {
  const midnight = Math.floor(wall / dayMs) * dayMs;
  // 1 January 1970 was a Thursday.
  return midnight - ((Math.floor(wall / dayMs) + 3) % 7) * dayMs;
};

export class SteadyClock {
  readonly epoch: number;
  readonly #source: TimeSource;
  #last: number;
  /** Policy time less the steady clock's. */
  #ahead: number;

  /** Goes on from `last`, the latest time that is on record. */
  constructor(source: TimeSource, epoch: number, last: Milliseconds) {
    this.epoch = epoch;
    this.#source = source;
    this.#last = Math.max(last, source.wall() - epoch);
    this.#ahead = this.#last - source.steady();
  }

  now(): Milliseconds {
    const steady = this.#source.steady();
    let now = steady + this.#ahead;
    const wall = this.#source.wall() - this.epoch;
    if (wall > now) {
      now = wall;
      this.#ahead = wall - steady;
    }
    this.#last = Math.max(this.#last, Math.floor(now));
    return milliseconds(this.#last);
  }
}
