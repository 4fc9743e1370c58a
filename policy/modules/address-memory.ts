// Remembers addresses in bounded space: two open-addressing tables, a young one and the one before it. When
// the young one is full it becomes the old one, whose addresses not met since are forgotten.

import type { AddressKey } from '../words.ts';

/**
 * The state: plain JSON. Tables hold address keys, `empty` where there is none; their length is a power of
 * two.
 */
export interface AddressMemory {
  young: number[];
  old: number[];
  /** Addresses in the young table. */
  used: number;
}

/** Addresses of a young table; with as many in the old one, 4,096 in all. */
export const mostYoung = 2_048;

/** Not an address key, since those are 0 or more. */
const empty = -1;
const firstSlots = 16;

export const freshMemory = (): AddressMemory => ({ young: [], old: [], used: 0 });

/** Whether an address is remembered. */
export const isKnown = (memory: Readonly<AddressMemory>, address: AddressKey): boolean =>
  has(memory.young, address) || has(memory.old, address);

/** Remembers an address, and says whether it was unknown until now. */
export const remember = (memory: AddressMemory, address: AddressKey): boolean => {
  if (has(memory.young, address)) return false;
  const isNew = !has(memory.old, address);
  if (memory.used === mostYoung) {
    memory.old = memory.young;
    memory.young = table(firstSlots);
    memory.used = 0;
  } else if ((memory.used + 1) * 4 > memory.young.length * 3) {
    grow(memory);
  }
  put(memory.young, address);
  memory.used += 1;
  return isNew;
};

const has = (slots: readonly number[], address: number): boolean => {
  if (slots.length === 0) return false;
  const mask = slots.length - 1;
  let at = scatter(address) & mask;
  // A quarter of the slots at least is empty, so the search ends.
  for (let held = slots[at]!; held !== empty; held = slots[at]!) {
    if (held === address) return true;
    at = (at + 1) & mask;
  }
  return false;
};

const put = (slots: number[], address: number): void => {
  const mask = slots.length - 1;
  let at = scatter(address) & mask;
  while (slots[at] !== empty) at = (at + 1) & mask;
  slots[at] = address;
};

const grow = (memory: AddressMemory): void => {
  const held = memory.young;
  memory.young = table(Math.max(firstSlots, held.length * 2));
  for (let at = 0; at < held.length; at++) {
    if (held[at] !== empty) put(memory.young, held[at]!);
  }
};

const table = (slots: number): number[] => {
  const made: number[] = [];
  while (made.length < slots) made.push(empty);
  return made;
};

/**
 * Spreads a key of up to 53 bits over 32: both halves count, and neighbours part (Knuth's multiplicative
 * hash).
 */
const scatter = (key: number): number => {
  const mixed = Math.imul((key | 0) ^ (key / 0x1_0000_0000 | 0), 0x9e37_79b1);
  return mixed ^ (mixed >>> 16);
};
