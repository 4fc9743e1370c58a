// The fingerprint of a run: every event's time, kind and subject folded, in order, into 64 bits. Two runs
// with the same fingerprint did the same; where two differ, journal.ts finds the first event at which they
// part.

const unit = 1 / 4_294_967_296;

export class Fingerprint {
  #one = 0x243f_6a88;
  #two = 0x13198a2e; // Both from the digits of pi, as good as any: nothing up the sleeve.

  /** Adds an event. `time` and `subject` are safe integers, `kind` a whole number of 16 bits. */
  fold(time: number, kind: number, subject: number): void {
    // Each lane is multiplied and turned before the next event comes in, so swapping two events changes both.
    // What goes into the first lane comes back out of it into the second: one event more, less or different
    // moves all 64 bits.
    const one = Math.imul(this.#one ^ time, 0x21f0_aaad) + (subject | 0);
    const two = Math.imul(this.#two ^ subject ^ (kind << 16), 0x735a_2d97);
    const high = (time * unit) ^ ((subject * unit) << 8);
    this.#one = (one ^ (one >>> 15)) + Math.imul(high, 0x9e37_79b9) + two | 0;
    this.#two = (two ^ (two >>> 16)) + ((one << 13) | (one >>> 19)) | 0;
  }

  /** 16 hexadecimal digits. Folding may go on afterwards. */
  toString(): string {
    return word(finish(this.#one + finish(this.#two))) + word(finish(this.#two ^ finish(this.#one + 1)));
  }
}

const finish = (word: number): number => {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0_aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
  return mixed ^ (mixed >>> 15);
};

const word = (bits: number): string => (bits >>> 0).toString(16).padStart(8, '0');
