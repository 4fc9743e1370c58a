// The luck of a message: what befalls it, drawn from a hash of (seed, actor, message number, purpose) instead
// of from a sequence. Whoever asks, in whatever order, gets the same answer, so two policies meet the same
// mail with the same fate.

import seedrandom from 'seedrandom';
import { checkedSeed } from './streams.ts';

export interface Luck {
  /**
   * A number in [0, 1), a multiple of 2^-32: always the same for the same arguments, unrelated for any
   * others. `actor`, `purpose` and `extra` are whole numbers of 32 bits, `message` a safe integer of 0 or
   * more. `purpose` tells the draws of one message apart; `extra` the draws of one purpose, such as the
   * copies of a message.
   */
  draw(actor: number, message: number, purpose: number, extra?: number): number;
}

/** The luck of a run. An empty seed is an error. */
export const luckOf = (seed: string): Luck => {
  const source = seedrandom.alea(JSON.stringify({ luck: checkedSeed(seed) }));
  return new MessageLuck(source.int32(), source.int32());
};

// Two lanes of 32 bits. Every step maps the pair of lanes one to one, so no two messages of an actor, and no
// two actors' first 2^32 messages, ever share their state, and with it all their luck. The first two
// multipliers were found by the search of the hash-prospector project, the third is 2^32 over the golden
// ratio; test/sim/luck.test.ts holds the whole to avalanche, uniformity and independence.
const m1 = 0x21f0_aaad;
const m2 = 0x735a_2d97;
const golden = 0x9e37_79b9 | 0;
const unit = 1 / 4_294_967_296;

class MessageLuck implements Luck {
  readonly #one: number;
  readonly #two: number;

  constructor(one: number, two: number) {
    this.#one = one;
    this.#two = two;
  }

  draw(actor: number, message: number, purpose: number, extra = 0): number {
    let a = Math.imul(this.#one ^ actor, m1);
    let b = Math.imul(this.#two ^ message, m2);
    a ^= (a >>> 15) ^ (message * unit);
    b ^= b >>> 16;
    a = Math.imul(a, m2) + b;
    b = Math.imul(b, m1) ^ ((a << 13) | (a >>> 19));
    a ^= Math.imul(purpose, golden);
    b = (b + Math.imul(extra, golden)) | 0;
    a = Math.imul(a ^ (a >>> 16), m1) + b;
    b = Math.imul(b ^ (b >>> 15), m2) ^ ((a << 13) | (a >>> 19));
    a = Math.imul(a ^ (a >>> 15), m1) ^ b;
    a = Math.imul(a ^ (a >>> 15), m2);
    return ((a ^ (a >>> 15)) >>> 0) * unit;
  }
}
