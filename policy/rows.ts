// Rows of numbers, one for each key of a kind, in blocks of 2,048. A row that was never opened reads as zeros
// and takes no room.

/** Rows of a block, as a power of 2. */
const rowBits = 11;
const rowMask = (1 << rowBits) - 1;
/** The first block starts with so few, and doubles. */
const firstRows = 16;

const none = new Int32Array(0);

export class Rows {
  /** A row of zeros, to judge by where there is no other. Nobody may write to it. */
  readonly blank: Int32Array;
  readonly #width: number;
  readonly #blocks: Int32Array[] = [];

  /** Rows of `width` numbers each. */
  constructor(width: number) {
    this.#width = width;
    this.blank = new Int32Array(width);
  }

  /** Rows there may be, from 0 on; further ones were never opened. */
  get length(): number {
    if (this.#width === 0) return 0;
    const last = this.#blocks.length - 1;
    return last < 0 ? 0 : (last << rowBits) + this.#blocks[last]!.length / this.#width;
  }

  /** The block a row lies in; `blank` where it was never opened. */
  wordsFor(number: number): Int32Array {
    const block = number >> rowBits;
    if (number < 0 || block >= this.#blocks.length) return this.blank;
    const words = this.#blocks[block]!;
    return (number & rowMask) * this.#width < words.length ? words : this.blank;
  }

  /** Where a row begins in what `wordsFor` or `openFor` gave for it. */
  startIn(words: Int32Array, number: number): number {
    return words === this.blank ? 0 : (number & rowMask) * this.#width;
  }

  /** The block a row lies in, with room for the row. */
  openFor(number: number): Int32Array {
    const words = this.wordsFor(number);
    return words === this.blank && this.#width > 0 ? this.#make(number) : words;
  }

  clear(): void {
    this.#blocks.length = 0;
  }

  #make(number: number): Int32Array {
    const block = number >> rowBits;
    while (this.#blocks.length <= block) this.#blocks.push(none);
    const before = this.#blocks[block]!;
    let rows = block === 0 ? Math.max(firstRows, before.length / this.#width) : rowMask + 1;
    while (rows <= (number & rowMask)) rows *= 2;
    const words = new Int32Array(rows * this.#width);
    words.set(before);
    this.#blocks[block] = words;
    return words;
  }
}
