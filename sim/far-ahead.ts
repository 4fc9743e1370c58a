// The events beyond the agenda's present era of 2^32 ms. There are few, and each is looked at once an era: a
// plain list.

import { never } from '../policy/index.ts';
import type { Phase } from './agenda.ts';

export interface FarEvent<Event> {
  readonly time: number;
  readonly phase: Phase;
  readonly event: Event;
}

export class FarAhead<Event> {
  #waiting: FarEvent<Event>[] = [];
  #soonest: number = never;

  /** The earliest time; `never` where nothing waits. */
  get soonest(): number {
    return this.#soonest;
  }

  put(one: FarEvent<Event>): void {
    if (one.time < this.#soonest) this.#soonest = one.time;
    this.#waiting.push(one);
  }

  /** Takes out the events before a time, in the order they were put in. */
  takeBefore(time: number): readonly FarEvent<Event>[] {
    const due = this.#waiting.filter((one) => one.time < time);
    this.#waiting = this.#waiting.filter((one) => one.time >= time);
    this.#soonest = this.#waiting.reduce<number>((least, one) => Math.min(least, one.time), never);
    return due;
  }
}
