// The clock that foreign processes go by: the simulator moves it, and it stands still in between. A question
// holds it, so that no time can pass between the asking and the answer.

/** The clock was moved while a question was under way, or backwards. A mistake of ours, never of a daemon. */
export class ClockError extends Error {
  override readonly name = 'ClockError';
}

/** How a kind of clock is moved, and what a process is started with to go by it. */
export interface ClockBackend {
  /** Environment variables of a process that is to go by it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts it to so many milliseconds since 1970. */
  put(unixMs: number): void;
  /** Gives back whatever it holds: files, faked globals. */
  close(): void;
}

/** One clock, from the beginning of a run to its end. */
export class Clock {
  /** What time 0 of the run is to those who go by it, in milliseconds since 1970. */
  readonly epoch: number;
  readonly #backend: ClockBackend;
  #now = 0;
  #questions = 0;

  /** Begins at time 0 of the run. */
  constructor(backend: ClockBackend, epoch: number) {
    this.epoch = epoch;
    this.#backend = backend;
    backend.put(epoch);
  }

  /** Milliseconds since the run began. */
  get now(): number {
    return this.#now;
  }

  get environment(): Readonly<Record<string, string>> {
    return this.#backend.environment;
  }

  /**
   * Moves it to so many milliseconds since the run began. Throws a ClockError while a question is under way,
   * and for a time before the present one.
   */
  set(milliseconds: number): void {
    if (milliseconds === this.#now) return;
    if (this.#questions > 0) {
      throw new ClockError(`the clock cannot move to ${milliseconds} ms: a question is under way.`);
    }
    if (!(milliseconds > this.#now)) {
      throw new ClockError(`the clock stands at ${this.#now} ms and cannot go back to ${milliseconds} ms.`);
    }
    this.#now = milliseconds;
    this.#backend.put(this.epoch + milliseconds);
  }

  /** The clock stands until `release` has been called as often. */
  hold(): void {
    this.#questions += 1;
  }

  release(): void {
    this.#questions -= 1;
  }

  close(): void {
    this.#backend.close();
  }
}

/** Processes go by the real time: what a test of a clock holds its own against, and a daemon of a user's. */
export const realClock = (): ClockBackend =>
  ({ environment: {}, put: () => undefined, close: () => undefined });

const dayMs = 86_400_000;
/** 28 years: after them the calendar repeats, day of the week and leap day included, until 2100. */
const calendarMs = 10_227 * dayMs;

/**
 * The time that processes take for time 0 of the run: the plan's own, or whole cycles of 28 years after it,
 * so that it lies after today. Files bear real times, and software distrusts those that lie ahead of it.
 */
export const epochAfter = (planned: number, today: number): number => {
  const behind = today + dayMs - planned;
  return behind <= 0 ? planned : planned + Math.ceil(behind / calendarMs) * calendarMs;
};
