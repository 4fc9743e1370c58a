// The hold model: a fixed number of events is pending; each event that is taken is put in again after a drawn
// delay. It measures an event's way through the agenda and nothing else, and is the yardstick of the other
// benches.

import { milliseconds, type Milliseconds } from '../policy/index.ts';
import { Agenda, Streams } from '../sim/index.ts';
import { cpuNs, median } from './row.ts';

/** Drawn beforehand, so that drawing is no part of what is measured; 2^16 of them, read round and round. */
export type Delays = Float64Array;

const drawnDelays = (draw: (streams: Streams) => () => number): Delays => {
  const next = draw(new Streams('bench'));
  return new Float64Array(2 ** 16).map(() => Math.round(next()));
};

/** Exponential delays of the given mean. */
export const exponentialDelays = (meanMs: number): Delays =>
  drawnDelays((streams) => {
    const id = streams.open('exponential');
    return () => meanMs * streams.exponential(id);
  });

/**
 * Near and far, as mail's timers are: 90 % exponential of 100 ms, 9 % exponential of 15 min, 1 % evenly 1 to
 * 4 days.
 */
export const nearAndFarDelays = (): Delays =>
  drawnDelays((streams) => {
    const id = streams.open('near and far');
    return () => {
      const kind = streams.next(id);
      if (kind < 0.9) return 100 * streams.exponential(id);
      return kind < 0.99 ? 900_000 * streams.exponential(id) : 86_400_000 * (1 + 3 * streams.next(id));
    };
  });

interface HeldEvent {
  readonly id: number;
}

/**
 * A running hold model. `round` times an event; `hash` folds the ids of a round in the order they were taken.
 */
export class Hold {
  readonly #agenda = new Agenda<HeldEvent>();
  readonly #delays: Delays;
  #inserted = 0;
  #hash = 0;

  constructor(pending: number, delays: Delays) {
    this.#delays = delays;
    for (let id = 0; id < pending; id += 1) {
      this.#agenda.after(milliseconds(delays[id % delays.length]!), { id });
    }
    this.#inserted = pending;
  }

  /**
   * CPU nanoseconds an event, over so many. The event itself is not looked into: that is its handler's time.
   */
  round(events: number): number {
    const from = this.#inserted;
    this.#inserted += events;
    return cpuNs(() => hold(this.#agenda, this.#delays, from, events)) / events;
  }

  /** The same without timing, folding the order into the hash that bench/cpp/hold.cpp prints. */
  hash(events: number): number {
    const mask = this.#delays.length - 1;
    for (let step = 0; step < events; step += 1) {
      const event = this.#agenda.take();
      this.#hash = (Math.imul(this.#hash, 31) + event.id) >>> 0;
      this.#agenda.after(this.#delays[(this.#inserted + step) & mask] as Milliseconds, event);
    }
    this.#inserted += events;
    return this.#hash;
  }
}

const hold = (agenda: Agenda<HeldEvent>, delays: Delays, from: number, events: number): void => {
  const mask = delays.length - 1;
  for (let step = 0; step < events; step += 1) {
    const event = agenda.take();
    agenda.after(delays[(from + step) & mask] as Milliseconds, event);
  }
};

export const roundEvents = 1_000_000;
export const meanMs = 3_600_000;

/**
 * The agenda's own CPU time for one event (taking it and putting it in again), in nanoseconds, with so many
 * pending and exponential delays of an hour, from five rounds of a million events: their median to be held
 * against what ran once, `fastest` against what was taken so itself.
 */
export const agendaNsPerEvent = (
  pending: number, figureOf: (rounds: readonly number[]) => number = median,
): number => {
  const model = new Hold(pending, exponentialDelays(meanMs));
  model.round(Math.max(pending, roundEvents));
  return figureOf(Array.from({ length: 5 }, () => model.round(roundEvents)));
};
