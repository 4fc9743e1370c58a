// Counts of mail in a sliding window, by address: seen, taken for spam, and asked for in vain. The window is
// cut into a few buckets, so it slides in steps of one; a row of whole numbers per address holds all of it.

/** A window slides in this many steps. */
const buckets = 24;
/** Places in a row: the bucket of the present, the three sums, then three counts a bucket. */
const sums = 1;
const counts = 4;
const width = counts + 3 * buckets;

/** What is counted, in the order of a row. */
const columns = { seen: 0, spam: 1, errors: 2 } as const;
export type Column = keyof typeof columns;

export class Traffic {
  readonly #rows: Int32Array;
  #span: number;

  /** `window` in milliseconds, above 0. */
  constructor(addresses: number, window: number) {
    this.#rows = new Int32Array(width * addresses);
    this.#span = window / buckets;
  }

  add(address: number, now: number, column: Column): void {
    const rows = this.#rows;
    const row = this.#rowOn(address, now);
    const place = columns[column];
    rows[row + counts + 3 * (rows[row]! % buckets) + place]! += 1;
    rows[row + sums + place]! += 1;
  }

  /** How many there were within the window. */
  sum(address: number, now: number, column: Column): number {
    return this.#rows[this.#rowOn(address, now) + sums + columns[column]]!;
  }

  /**
   * How many there were within the newest share of the window, of 1 / 24 to 1, rounded up to whole buckets.
   */
  newest(address: number, now: number, column: Column, share: number): number {
    const rows = this.#rows;
    const row = this.#rowOn(address, now);
    let sum = 0;
    for (let back = 0; back < share * buckets; back += 1) {
      const bucket = (rows[row]! - back + buckets) % buckets;
      if (rows[row]! >= back) sum += rows[row + counts + 3 * bucket + columns[column]]!;
    }
    return sum;
  }

  /** Lengthens or shortens the window; what was counted stays counted where it lies within the new one. */
  resize(window: number, now: number): void {
    const span = window / buckets;
    const old = this.#rows.slice();
    const oldSpan = this.#span;
    this.#rows.fill(0);
    this.#span = span;
    for (let row = 0; row < old.length; row += width) {
      const newest = old[row]!;
      const present = Math.floor(now / span);
      this.#rows[row] = present;
      for (let back = Math.min(buckets - 1, newest); back >= 0; back -= 1) {
        const bucket = Math.floor(Math.min(now, (newest - back) * oldSpan) / span);
        if (bucket <= present - buckets) continue;
        for (let place = 0; place < 3; place += 1) {
          const count = old[row + counts + 3 * ((newest - back) % buckets) + place]!;
          this.#rows[row + counts + 3 * (bucket % buckets) + place]! += count;
          this.#rows[row + sums + place]! += count;
        }
      }
    }
  }

  /** Where an address' row begins, its buckets moved on to the present. */
  #rowOn(address: number, now: number): number {
    const rows = this.#rows;
    const row = width * address;
    const present = Math.floor(now / this.#span);
    const last = rows[row]!;
    if (last === present) return row;
    if (present - last >= buckets) {
      rows.fill(0, row + sums, row + width);
    } else {
      for (let bucket = last + 1; bucket <= present; bucket += 1) {
        const at = row + counts + 3 * (bucket % buckets);
        for (let place = 0; place < 3; place += 1) {
          rows[row + sums + place]! -= rows[at + place]!;
          rows[at + place] = 0;
        }
      }
    }
    rows[row] = present;
    return row;
  }
}
