// Lists of 16-bit numbers for states that grow, end to end in a few large blocks: a million lists of their
// own would cost some 300 bytes each on top. A list keeps its length; who needs more room makes another.

/** Numbers in a block at most, which makes 1 MB; the first of each length is small, for small platforms. */
const blockLength = 2 ** 19;
const firstPlaces = 16;

/** A handle is a length's index in `lengths` (7 bits), a block (12 bits) and a place in it (12 bits). */
const placeBits = 12;
const indexShift = 24;
const placeMask = (1 << placeBits) - 1;
const blockMask = (1 << (indexShift - placeBits)) - 1;

/**
 * The lengths a list can have, from 16 to 15,360: eighths of powers of 2, so at most a ninth is to spare from
 * 128 on. Index 0 is no length, so that handle 0 can be none.
 */
const lengths: readonly number[] =
  [0, ...Array.from({ length: 80 }, (_, index) => 8 + index % 8 << 1 + (index >> 3))];
export const longestLeaf = lengths.at(-1)!;

/** The index of the shortest length that is at least this one, which is at most `longestLeaf`. */
const indexFor = (length: number): number => {
  if (length <= lengths[1]!) return 1;
  const power = 31 - Math.clz32(length - 1);
  return 1 + (power - 4) * 8 + Math.ceil((length - (1 << power)) / (1 << (power - 3)));
};

interface Block {
  readonly halves: Uint16Array;
  /** The same numbers two by two, for lists of 32-bit numbers. */
  readonly words: Int32Array;
  readonly places: number;
  /** Places ever given out: all below. */
  given: number;
  /** Those of them that were given back. */
  readonly free: number[];
}

const hasRoom = (block: Block | undefined): boolean =>
  block !== undefined && (block.free.length > 0 || block.given < block.places);

/** The lists of all keys of one kind. */
export class Leaves {
  /** By index of length, the blocks of such lists; one that emptied is dropped, and leaves a gap. */
  readonly #blocks: readonly (Block | undefined)[][] = lengths.map(() => []);
  /** By index of length, the block that had room last. */
  readonly #open: number[] = lengths.map(() => 0);

  /** Voids all handles. */
  clear(): void {
    for (const blocks of this.#blocks) blocks.length = 0;
    this.#open.fill(0);
  }

  /** A list of at least `length` zeros. Throws a RangeError above `longestLeaf`. */
  make(length: number): number {
    if (length > longestLeaf) {
      throw new RangeError(`a leaf of ${length} numbers; the longest has ${longestLeaf}.`);
    }
    const index = indexFor(length);
    const number = this.#blockWithRoom(index);
    const block = this.#blocks[index]![number]!;
    const place = block.free.pop() ?? block.given++;
    const start = place * lengths[index]!;
    block.halves.fill(0, start, start + lengths[index]!);
    return index << indexShift | number << placeBits | place;
  }

  /** Makes a list all zeros. */
  wipe(handle: number): void {
    const words = this.wordsOf(handle);
    const start = this.startOf(handle) >> 1;
    const end = start + (this.lengthOf(handle) >> 1);
    // A short list is sooner filled one by one than by a call out of the compiled code.
    for (let at = start; at < end; at++) words[at] = 0;
  }

  /** A list of at least `length` zeros in the place of another, which is given back; handle 0 is none. */
  renewed(handle: number, length: number): number {
    if (handle === 0) return this.make(length);
    if (indexFor(length) === handle >> indexShift) {
      this.wipe(handle);
      return handle;
    }
    this.free(handle);
    return this.make(length);
  }

  /** A longer list that begins with what is in another, which is given back; a new one for handle 0. */
  remade(handle: number, length: number): number {
    const longer = this.make(length);
    if (handle === 0) return longer;
    const from = this.wordsOf(handle);
    const to = this.wordsOf(longer);
    const first = this.startOf(handle) >> 1;
    const target = this.startOf(longer) >> 1;
    for (let at = this.lengthOf(handle) >> 1; at-- > 0;) to[target + at] = from[first + at]!;
    this.free(handle);
    return longer;
  }

  /** The list that a handle stands for: numbers of `halvesOf` from `startOf` on, `lengthOf` of them. */
  halvesOf(handle: number): Uint16Array {
    return this.#blocks[handle >> indexShift]![handle >> placeBits & blockMask]!.halves;
  }

  /** The same as 32-bit numbers with a sign; the list begins at half of `startOf`. */
  wordsOf(handle: number): Int32Array {
    return this.#blocks[handle >> indexShift]![handle >> placeBits & blockMask]!.words;
  }

  startOf(handle: number): number {
    return (handle & placeMask) * lengths[handle >> indexShift]!;
  }

  lengthOf(handle: number): number {
    return lengths[handle >> indexShift]!;
  }

  /** Gives a list back; its handle is void. */
  free(handle: number): void {
    const blocks = this.#blocks[handle >> indexShift]!;
    const number = handle >> placeBits & blockMask;
    const block = blocks[number]!;
    block.free.push(handle & placeMask);
    if (block.free.length < block.given || number === 0) return;
    blocks[number] = undefined;
  }

  #blockWithRoom(index: number): number {
    const blocks = this.#blocks[index]!;
    const last = this.#open[index]!;
    const open = hasRoom(blocks[last]) ? last : blocks.findIndex(hasRoom);
    this.#open[index] = open < 0 ? this.#append(index) : open;
    return this.#open[index]!;
  }

  #append(index: number): number {
    const blocks = this.#blocks[index]!;
    const gap = blocks.indexOf(undefined);
    const number = gap < 0 ? blocks.length : gap;
    if (number > blockMask) throw new RangeError(`too many leaves of ${lengths[index]!} numbers.`);
    const most = Math.min(Math.floor(blockLength / lengths[index]!), placeMask + 1);
    const places = number === 0 ? firstPlaces : most;
    const halves = new Uint16Array(places * lengths[index]!);
    blocks[number] = { halves, words: new Int32Array(halves.buffer), places, given: 0, free: [] };
    return number;
  }
}
