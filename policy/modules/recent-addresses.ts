// The different addresses of a sliding window, and how many they are. Each counts in the slice in which it
// was last met, so that the count is exact but for addresses whose prints collide.

import type { Cells } from '../cells.ts';
import type { Milliseconds } from '../units.ts';
import type { AddressKey } from '../words.ts';
import { mixed } from './address-memory.ts';
import { newestSlot, type Slicing, slide } from './sliding-count.ts';

/** The first cells of the state: the handle of its leaf, and how many places of the leaf are taken. */
export const recentCells = 2;
const taken = 1;

/**
 * Addresses in a window at most; what goes beyond is not counted. With a quarter of the places free they fill
 * the longest leaf, of 7,680.
 */
export const mostRecent = 5_760;

/**
 * A place holds 26 bits of an address' key (never 0, as 0 is an empty place) and 6 bits of the number of the
 * slice it was last met in. Whatever left the window is cleared away before that number could come round.
 */
const sliceBits = 6;
const sliceMask = (1 << sliceBits) - 1;
/** It is cleared every 32 slices. */
const sweepBits = 5;

const printOf = (address: AddressKey): number => Math.max(mixed(address) >>> sliceBits, 1);

/** The number of the newest slice that was counted in, and of the one that `now` is in if that is later. */
const newestNumber = ({ at, words }: Readonly<Cells>, by: Slicing): number =>
  Math.round((words[at + by.first]! >>> 0) * 1_000 / by.slice) - 1;
const numberAt = (state: Readonly<Cells>, by: Slicing, now: Milliseconds): number =>
  Math.max(newestNumber(state, by), Math.floor(now / by.slice));

/** How many slices before the newest one an address was last met. */
const ageOf = (entry: number, newest: number): number => (newest - (entry & sliceMask)) & sliceMask;

/** The place where a print is, or would be. */
const placeOf = (words: Int32Array, start: number, places: number, print: number): number => {
  let place = print % places;
  while (words[start + place] !== 0 && words[start + place]! >>> sliceBits !== print) {
    place = place + 1 === places ? 0 : place + 1;
  }
  return start + place;
};

/** Whether an address was met within the window that ends `now`. */
export const isRecent = (
  state: Readonly<Cells>, by: Slicing, address: AddressKey, now: Milliseconds,
): boolean => {
  const handle = state.words[state.at]!;
  if (handle === 0) return false;
  const leaf = state.leaves.wordsOf(handle);
  const start = state.leaves.startOf(handle) >> 1;
  const entry = leaf[placeOf(leaf, start, state.leaves.lengthOf(handle) >> 1, printOf(address))]!;
  if (entry === 0) return false;
  const newest = newestNumber(state, by);
  return numberAt(state, by, now) - newest + ageOf(entry, newest) < by.room;
};

/** Begins the slice that `now` is in, and gives its number, for each `meet` of a message. */
export const moveOn = (state: Cells, by: Slicing, now: Milliseconds): number => {
  const gone = slide(state, by, now);
  const newest = newestNumber(state, by);
  if (gone === 0 || state.words[state.at] === 0) return newest;
  if (gone >= by.room) {
    empty(state);
  } else {
    const isDue = newest - gone >> sweepBits !== newest >> sweepBits;
    if (isDue || state.words[state.at + taken]! * 2 > mostRecent) remake(state, by, newest);
  }
  return newest;
};

/** Forgets all; a short leaf stays for the next window, as most accounts write to few people in each. */
const empty = ({ at, leaves, words }: Cells): void => {
  const handle = words[at]!;
  words[at + taken] = 0;
  if (leaves.lengthOf(handle) <= shortLeaf) {
    leaves.wipe(handle);
  } else {
    leaves.free(handle);
    words[at] = 0;
  }
};
const shortLeaf = 32;

/** Counts an address as met in the newest slice, where it may have been counted in an older one. */
export const meet = (state: Cells, by: Slicing, address: AddressKey, newest: number): void => {
  const { at, leaves, words } = state;
  const used = words[at + taken]!;
  if (used < mostRecent && used * 4 >= placesOf(state) * 3) remake(state, by, newest);
  const handle = words[at]!;
  const leaf = leaves.wordsOf(handle);
  const print = printOf(address);
  const place = placeOf(leaf, leaves.startOf(handle) >> 1, leaves.lengthOf(handle) >> 1, print);
  const entry = leaf[place]!;
  const age = entry === 0 ? by.room : ageOf(entry, newest);
  if (age === 0) return;
  if (entry === 0) {
    const takenNow = words[at + taken]!;
    if (takenNow >= mostRecent) return;
    words[at + taken] = takenNow + 1;
  }
  leaf[place] = print << sliceBits | newest & sliceMask;
  const slots = at + by.first + 3;
  const slot = newestSlot(state, by);
  words[slots + slot]! += 1;
  if (age < by.room) words[slots + (slot - age + by.room) % by.room]! -= 1;
  else words[at + by.first + 2]! += 1;
};

/** Fewer places fill up too soon with what left the window. */
const fewest = 16;
const mostPlaces = mostRecent * 4 / 3;

const placesOf = ({ at, leaves, words }: Readonly<Cells>): number =>
  words[at] === 0 ? 0 : leaves.lengthOf(words[at]!) >> 1;

/** What is carried from a leaf to the one that follows it; nothing lasts here. */
const kept = new Int32Array(mostPlaces);

/** Clears away what left the window, and makes room for at least a third more than remains. */
const remake = (state: Cells, by: Slicing, newest: number): void => {
  const { at, leaves, words } = state;
  const before = words[at]!;
  let count = 0;
  if (before !== 0) {
    const leaf = leaves.wordsOf(before);
    const start = leaves.startOf(before) >> 1;
    for (let place = start; place < start + placesOf(state); place++) {
      if (leaf[place] !== 0 && ageOf(leaf[place]!, newest) < by.room) kept[count++] = leaf[place]!;
    }
  }
  const places = Math.min(Math.max(fewest, Math.ceil(count * 1.8)), mostPlaces);
  words[at] = leaves.renewed(before, places * 2);
  const leaf = leaves.wordsOf(words[at]!);
  const start = leaves.startOf(words[at]!) >> 1;
  for (let one = 0; one < count; one++) {
    leaf[placeOf(leaf, start, placesOf(state), kept[one]! >>> sliceBits)] = kept[one]!;
  }
  words[at + taken] = count;
};
