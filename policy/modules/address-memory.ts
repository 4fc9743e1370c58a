// Remembers addresses in bounded space: two hash tables, a young one and the one before it. When the young
// one is full it becomes the old one, whose addresses not met since are forgotten.

import type { AddressKey } from '../words.ts';

/** The state: plain JSON. A table is a list of cells; each holds two fingerprints, or one, or 0. */
export interface AddressMemory {
  young: number[];
  old: number[];
  /** Addresses in the young table. */
  used: number;
}

/** Addresses of a young table; with as many in the old one, 4,096 in all. */
export const mostYoung = 2_048;

/**
 * An address is remembered by 26 bits of its key, so that two fit a double: half the space. The price: a
 * stranger passes for known with a chance of (addresses remembered) / 2^26, which is 1 in 300,000 beside 200
 * correspondents and 1 in 16,000 beside the most, 4,096. So of the strangers tried (tried, not let through:
 * a thief may try them all) that share gets by uncounted.
 */
const space = 2 ** 26;

/** Cells of the first table, and how much larger the next one is; 7 of 8 places are used before it grows. */
const firstCells = 8;
const growth = 2;
const load = 7 / 8;

export const freshMemory = (): AddressMemory => ({ young: [], old: [], used: 0 });

/** Whether an address is remembered. */
export const isKnown = (memory: Readonly<AddressMemory>, address: AddressKey): boolean => {
  const print = fingerprint(address);
  return has(memory.young, print) || has(memory.old, print);
};

/** Remembers an address, and says whether it was unknown until now. */
export const remember = (memory: AddressMemory, address: AddressKey): boolean => {
  const print = fingerprint(address);
  if (has(memory.young, print)) return false;
  const isNew = !has(memory.old, print);
  if (memory.used === mostYoung) {
    memory.old = memory.young;
    memory.young = table(firstCells);
    memory.used = 0;
  } else if (memory.used + 1 > memory.young.length * 2 * load) {
    memory.young = grown(memory.young);
  }
  put(memory.young, print);
  memory.used += 1;
  return isNew;
};

/**
 * From 1 to 2^26 - 1: both halves of the key of up to 53 bits count, and neighbours part. (The last two steps
 * and their multipliers are those of MurmurHash3; the first multiplier is Knuth's.)
 */
export const fingerprint = (key: AddressKey): number => {
  const high = (key / 0x1_0000_0000) | 0;
  let mixed = Math.imul(high ^ (high >>> 15), 0x9e37_79b1) ^ (key | 0);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 6 || 1;
};

/**
 * Where a fingerprint is looked for first; from there on to the first cell with room, which ends the
 * search.
 */
const home = (cells: readonly number[], print: number): number => Math.floor(print / space * cells.length);

// A cell is `first + second * space`; one below `space` has room.

const has = (cells: readonly number[], print: number): boolean => {
  const length = cells.length;
  if (length === 0) return false;
  for (let at = home(cells, print); ; at = at + 1 === length ? 0 : at + 1) {
    const cell = cells[at]!;
    const second = Math.floor(cell / space);
    if (second === print || cell - second * space === print) return true;
    if (second === 0) return false;
  }
};

const put = (cells: number[], print: number): void => {
  let at = home(cells, print);
  while (cells[at]! >= space) at = at + 1 === cells.length ? 0 : at + 1;
  cells[at] = cells[at] === 0 ? print : cells[at]! + print * space;
};

const grown = (cells: readonly number[]): number[] => {
  const larger = table(Math.max(firstCells, cells.length * growth));
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const second = Math.floor(cell / space);
    if (cell > 0) put(larger, cell - second * space);
    if (second > 0) put(larger, second);
  }
  return larger;
};

/** All zeros, in a list that is one of doubles from the start (0.5 is), as its cells will be. */
const table = (cells: number): number[] => {
  const made = [0.5];
  while (made.length < cells) made.push(0.5);
  // A slice has no room to spare, which a list that grew would have.
  return made.slice().fill(0);
};
