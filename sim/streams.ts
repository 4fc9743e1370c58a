// Named sequential streams of chance, one for each actor and purpose, in one bank: sfc32 generators of 16
// bytes each. A stream's state comes from (seed, name) alone, so opening or closing one never moves another's
// luck.

import seedrandom from 'seedrandom';
import { exponentialFrom } from './samplers.ts';

declare const stream: unique symbol;
/** A place in the bank of one `Streams`. */
export type StreamId = number & { readonly [stream]: true };

const words = 4;
const unit = 1 / 4_294_967_296;
/**
 * Steps thrown away after seeding: what the Rust project's port of sfc32 advises for a seed that may be poor.
 */
const settlingSteps = 15;

export class Streams {
  readonly #seed: string;
  #state = new Int32Array(words * 64);
  #count = 0;
  /**
   * The first 64 bits of every stream, in an open-addressing table at most half full: finds a name opened
   * twice.
   */
  #begun = new Int32Array(256);

  /** `seed` names the luck of the whole run; an empty one is an error, for nothing defaults to random. */
  constructor(seed: string) {
    this.#seed = checkedSeed(seed);
  }

  /** How many streams are open. */
  get size(): number {
    return this.#count;
  }

  /**
   * Opens the stream of that name; names differ if any part differs, be it only 7 and '7'. Throws where the
   * name is open already: two actors would draw the same luck.
   */
  open(...name: (string | number)[]): StreamId {
    if (name.length === 0) throw new Error('sim: a stream has no name; name it by actor and purpose.');
    const id = this.#count as StreamId;
    if (words * (id + 1) > this.#state.length) this.#grow();
    // seedrandom's alea, never its default: that keeps 3.3 kB a stream and was ten times slower in a whole
    // run.
    const source = seedrandom.alea(JSON.stringify([this.#seed, ...name]));
    const a = source.int32();
    const b = source.int32();
    if (!this.#remember(a, b)) {
      const twice = `stream ${JSON.stringify(name)} is opened twice`;
      throw new Error(`sim: ${twice}; two actors would draw the same luck. Give each its own name.`);
    }
    this.#state.set([a, b, source.int32(), 1], words * id);
    for (let step = 0; step < settlingSteps; step += 1) this.next(id);
    this.#count += 1;
    return id;
  }

  /** The stream's next number: in [0, 1), a multiple of 2^-32. */
  next(id: StreamId): number {
    return sfc32(this.#state, words * id) * unit;
  }

  /** An exponential draw of mean 1; at most 22.2, the largest that 32 bits give. */
  exponential(id: StreamId): number {
    return exponentialFrom(this.next(id));
  }

  /**
   * A normal draw of mean 0 and variance 1. Takes two numbers of the stream, or four with chance 0.21, and so
   * on.
   */
  normal(id: StreamId): number {
    // Marsaglia's polar method: log and sqrt only, which samplers.ts says may be relied on.
    for (;;) {
      const x = 2 * this.next(id) - 1;
      const y = 2 * this.next(id) - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /**
   * A whole number from 0 to n - 1, each as likely as the other to within n parts in 2^32; n is from 1 to
   * 2^32.
   */
  integer(id: StreamId, n: number): number {
    if (!(n >= 1 && n <= 2 ** 32)) throw new RangeError(`sim: a draw among ${n}; draw among 1 to 2^32.`);
    return Math.floor(this.next(id) * n);
  }

  /** The stream as a plain function, for samplers that take one; samplers.ts says what is safe. */
  source(id: StreamId): () => number {
    return () => this.next(id);
  }

  /**
   * Notes the first 64 bits of a new stream; false where another stream began with the same ones, so has its
   * name.
   */
  #remember(one: number, two: number): boolean {
    if (4 * (this.#count + 1) > this.#begun.length) {
      const fewer = this.#begun;
      this.#begun = new Int32Array(2 * fewer.length);
      for (let at = 0; at < fewer.length; at += 2) {
        if (fewer[at] !== 0) this.#enter(fewer[at]!, fewer[at + 1]!);
      }
    }
    return this.#enter(one, two);
  }

  #enter(one: number, two: number): boolean {
    const begun = this.#begun;
    const key = one === 0 ? 1 : one;
    let at = (2 * key) & (begun.length - 1);
    while (begun[at] !== 0) {
      if (begun[at] === key && begun[at + 1] === two) return false;
      at = (at + 2) & (begun.length - 1);
    }
    begun[at] = key;
    begun[at + 1] = two;
    return true;
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#state.length);
    larger.set(this.#state);
    this.#state = larger;
  }
}

/**
 * One step of sfc32, Chris Doty-Humphrey's small fast counting generator: four words at `at`; 32 bits come
 * out.
 */
export const sfc32 = (state: Int32Array, at: number): number => {
  const b = state[at + 1]!;
  const c = state[at + 2]!;
  const count = state[at + 3]!;
  const sum = (state[at]! + b + count) | 0;
  state[at] = b ^ (b >>> 9);
  state[at + 1] = (c + (c << 3)) | 0;
  state[at + 2] = (((c << 21) | (c >>> 11)) + sum) | 0;
  state[at + 3] = (count + 1) | 0;
  return sum >>> 0;
};

/**
 * The seed, if it is one: text that is not empty. Throws otherwise, since luck that nobody named cannot be
 * repeated.
 */
export const checkedSeed = (seed: string): string => {
  if (typeof seed === 'string' && seed !== '') return seed;
  const seen = seed === '' ? 'empty' : String(seed);
  throw new Error(`sim: the seed is ${seen}; a seed is any text of a letter or more.`);
};
