// Counts by source address in bounded space: a hash table of numbers, plain JSON, in which a source takes
// seven. What left the window goes when the table would grow.

import type { Milliseconds } from '../units.ts';
import { mixed } from './address-memory.ts';

/**
 * `used` rows of `rows` are taken. A row is the source, 0 where there is none; the number of its newest
 * slice, of the window's quarters since the host began; and the counts of its last five slices, that of slice
 * n in place n % 5.
 */
export interface SourceTable {
  used: number;
  /** The slice in which room was last made: once in each is enough, however full the table is. */
  cleared: number;
  rows: number[];
  /** Of which the slices are quarters; not there before anything was counted. */
  window?: Milliseconds;
}

export const noSources = (): SourceTable => ({ used: 0, cleared: -1, rows: [] });

const slices = 4;
const slots = slices + 1;
const width = 2 + slots;
/** Rows at first, and at most; a power of 2, of which a quarter stays free. */
const fewest = 16;
const most = 65_536;

/** Whether what was saved is such a table: each source where it is looked for, and a free row to end at. */
export const isSourceTable = ({ cleared, rows, used, window }: Readonly<SourceTable>): boolean => {
  if (window !== undefined && !(window > 0)) return false;
  if (!Array.isArray(rows) || !rows.every(Number.isFinite) || !Number.isFinite(cleared)) return false;
  const places = rows.length / width;
  const isCut = places === 0 || (places >= fewest && places <= most && Number.isInteger(Math.log2(places)));
  const starts = isCut ? startsOf(rows) : [];
  return isCut && used === starts.length && (places === 0 || used < places) &&
    starts.every((row) => placeFor(rows, rows[row]!) === row && isRow(rows.slice(row + 1, row + width)));
};

const isRow = (numbers: readonly number[]): boolean =>
  Number.isSafeInteger(numbers[0]) && numbers.every((one) => one >= 0);

const sliceAt = (window: Milliseconds, now: Milliseconds): number => Math.floor(now * slices / window);

/** Where a row was found last, in whichever table, as whoever is judged is mostly learned of next: a hint. */
let hint = 0;

/** Where the row of a source begins, or would. */
const rowOf = (rows: readonly number[], source: number): number => {
  if (rows[hint] !== source) hint = placeFor(rows, source);
  return hint;
};

const placeFor = (rows: readonly number[], source: number): number => {
  const lastRow = (rows.length / width | 0) - 1;
  let row = mixed(source) & lastRow;
  for (;;) {
    const at = row * width;
    const found = rows[at];
    if (found === source || found === 0) return at;
    row = row + 1 & lastRow;
  }
};

/** Never less than what is counted of a source, at any time: where it is small, no closer look is due. */
export const heldOf = ({ rows }: Readonly<SourceTable>, source: number): number => {
  if (rows.length === 0) return 0;
  const first = rowOf(rows, source) + width - slots;
  return rows[first]! + rows[first + 1]! + rows[first + 2]! + rows[first + 3]! + rows[first + 4]!;
};

/** What is counted of a source in the window; never forgets what is younger than the window. */
export const countOf = (
  table: Readonly<SourceTable>, window: Milliseconds, source: number, now: Milliseconds,
): number => {
  const { rows } = table;
  if (rows.length === 0) return 0;
  const row = rowOf(rows, source);
  if (rows[row] === 0) return 0;
  const slice = sliceAt(window, now);
  if (isCutFor(table, window)) return countIn(rows, row, slice);
  return slice - newestAnew(table, window, row, slice) < slots ? countIn(rows, row, rows[row + 1]!) : 0;
};

const countIn = (rows: readonly number[], row: number, slice: number): number => {
  const newest = rows[row + 1]!;
  // A clock that steps back sees all that is held.
  const gone = slice > newest ? slice - newest : 0;
  let sum = 0;
  let slot = newest % slots;
  for (let left = slots - gone; left > 0; left--) {
    sum += rows[row + 2 + slot]!;
    slot = slot === 0 ? slots - 1 : slot - 1;
  }
  return sum;
};

/** Counts something of a source; `kept` is a count from which a source is not forgotten to make room. */
export const addTo = (
  table: SourceTable, window: Milliseconds, source: number, amount: number, now: Milliseconds, kept: number,
): void => {
  const slice = sliceAt(window, now);
  cutFor(table, window, now);
  table.window ??= window;
  if (isFull(table) && (table.rows.length < most * width || slice > table.cleared)) {
    makeRoom(table, slice, kept);
  }
  const { rows } = table;
  const row = rowOf(rows, source);
  if (rows[row] === 0) {
    if (isFull(table)) return;
    table.used += 1;
    rows[row] = source;
    rows[row + 1] = slice;
  }
  // A clock that steps back counts in the newest slice as well.
  const newest = Math.max(slice, rows[row + 1]!);
  let left = Math.min(newest - rows[row + 1]!, slots);
  rows[row + 1] = newest;
  const slot = newest % slots;
  for (let empty = slot; left > 0; left--) {
    rows[row + 2 + empty] = 0;
    empty = empty === 0 ? slots - 1 : empty - 1;
  }
  rows[row + 2 + slot]! += amount;
};

const isCutFor = (table: Readonly<SourceTable>, window: Milliseconds): boolean =>
  (table.window ?? window) === window;

/**
 * Where the window was changed, and a number of a slice means another time: what is held of a source counts
 * in the slice in which its newest one ended, or in the one that `now` is in where that is older.
 */
export const cutFor = (table: SourceTable, window: Milliseconds, now: Milliseconds): void => {
  if (isCutFor(table, window)) return;
  const { rows } = table;
  const slice = sliceAt(window, now);
  for (const row of startsOf(rows)) {
    const held = countIn(rows, row, rows[row + 1]!);
    const newest = newestAnew(table, window, row, slice);
    rows.fill(0, row + 1, row + width);
    rows[row + 1] = newest;
    rows[row + 2 + newest % slots] = held;
  }
  table.cleared = -1;
  table.window = window;
};

const newestAnew = (
  { rows, window: before }: Readonly<SourceTable>, window: Milliseconds, row: number, slice: number,
): number => Math.min(Math.floor((rows[row + 1]! + 1) * (before! / window)), slice);

const isFull = ({ rows, used }: Readonly<SourceTable>): boolean => used * width * 4 >= rows.length * 3;

/** Drops what left the window; then, in a table that cannot grow, the quieter half of what may go. */
const makeRoom = (table: SourceTable, slice: number, kept: number): void => {
  let starts = startsOf(table.rows).filter((row) => countIn(table.rows, row, slice) > 0);
  if (starts.length * 2 > most) {
    const counts = starts.map((row) => countIn(table.rows, row, slice)).sort((one, two) => one - two);
    const median = Math.min(counts[counts.length >> 1]!, kept);
    starts = starts.filter((row) => countIn(table.rows, row, slice) >= median);
    // Where half of all stand at the median, its own go as well, unless they may not.
    if (starts.length * 2 > most && median < kept) {
      starts = starts.filter((row) => countIn(table.rows, row, slice) > median);
    }
  }
  let places = fewest;
  while (places < starts.length * 2 && places < most) places *= 2;
  const rows = Array<number>(places * width).fill(0);
  for (const start of starts) {
    const row = rowOf(rows, table.rows[start]!);
    for (let at = 0; at < width; at++) rows[row + at] = table.rows[start + at]!;
  }
  table.rows = rows;
  table.cleared = slice;
  table.used = starts.length;
};

const startsOf = (rows: readonly number[]): number[] => {
  const starts: number[] = [];
  for (let row = 0; row < rows.length; row += width) if (rows[row] !== 0) starts.push(row);
  return starts;
};
