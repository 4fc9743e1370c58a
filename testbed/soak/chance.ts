// Chance for those who work and those who disturb: each has a stream of its own, named after it, so that a
// seed means the same faults of each whatever the others do. When they strike is still up to the machine.

import { type StreamId, Streams } from '../../sim/index.ts';

export class Chance {
  readonly #streams: Streams;
  readonly #id: StreamId;

  constructor(streams: Streams, ...name: (string | number)[]) {
    this.#streams = streams;
    this.#id = streams.open(...name);
  }

  /** True in so many cases of one, 0 to 1. */
  is(share: number): boolean {
    return this.#streams.next(this.#id) < share;
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    return this.#streams.integer(this.#id, n);
  }

  /** A span of that mean, exponential, in milliseconds. */
  around(meanMs: number): number {
    return Math.round(meanMs * this.#streams.exponential(this.#id));
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** That many bytes of nothing in particular. */
  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}
