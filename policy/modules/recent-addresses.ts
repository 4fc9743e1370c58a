// The different addresses of a sliding window, and how many they are. Each counts in the slice in which it
// was last met, so that the count is exact but for addresses whose prints collide. Few of them, which is what
// most accounts write to in an hour, lie in the cells themselves; more have a leaf.

import type { Cells } from '../cells.ts';
import type { Milliseconds } from '../units.ts';
import type { AddressKey } from '../words.ts';
import { mixed } from './address-memory.ts';

/**
 * The first cells of the state: the handle of its leaf, 0 while there is none; how many addresses it holds;
 * the second at which the newest slice began that was counted in, up to 136 years (a number of slices would
 * mean another time to a module that takes the state over with another window); and the addresses while they
 * are few (what stands behind those held means nothing).
 */
export const heldCell = 1;
const beganCell = 2;
const firstFew = 3;
const few = 5;
export const recentCells = firstFew + few;

/**
 * Addresses in a window at most; what goes beyond is not counted. With a quarter of the places free they fill
 * the longest leaf, of 7,680.
 */
export const mostRecent = 5_760;

/**
 * An address is held by 28 bits of its key (never 0, as 0 is an empty place) and 4 bits of the number of the
 * slice it was last met in. Whatever left the window is dropped before that number could come round.
 */
const sliceBits = 4;
const sliceMask = (1 << sliceBits) - 1;
const prints = 2 ** (32 - sliceBits);
const printOf = (address: AddressKey): number => Math.max(mixed(address) >>> sliceBits, 1);

/** Whether what was saved are such addresses: each where it is looked for, and a free place to end at. */
export const areRecent = (state: Readonly<Cells>): boolean => {
  const { at, leaves, words } = state;
  const handle = words[at]!;
  const held = words[at + heldCell]!;
  if (held < 0 || held > mostRecent) return false;
  if (handle === 0) return held <= few;
  const start = leaves.startOf(handle) >> 1;
  const places = placesOf(state);
  const list = leaves.wordsOf(handle);
  const leaf = list.subarray(start, start + places);
  return leaf.includes(0) && leaf.filter((entry) => entry !== 0).length === held &&
    leaf.every((entry, place) =>
      entry === 0 || placeOf(list, start, places, entry >>> sliceBits) === start + place);
};

/** How a window is cut. */
export interface Cut {
  /** Seconds of a slice; a whole number, rounded up. */
  readonly slice: number;
  /** Slices that count: one more than the window has, for the one passing out of it; at most 16. */
  readonly room: number;
}

export const cutOf = (window: Milliseconds, slices: number): Cut =>
  ({ slice: Math.ceil(window / slices / 1_000), room: slices + 1 });

/** Slices that began since the newest one held did; none where the clock stepped back. */
const gone = ({ at, words }: Readonly<Cells>, by: Cut, now: Milliseconds): number => {
  const since = now / 1_000 - (words[at + beganCell]! >>> 0);
  return since < by.slice ? 0 : Math.floor(since / by.slice);
};

/** The number of the newest slice, of those since time 0. */
const newestOf = ({ at, words }: Readonly<Cells>, by: Cut): number =>
  Math.floor((words[at + beganCell]! >>> 0) / by.slice);

/** How many slices before the newest one an address was last met. */
const ageOf = (entry: number, newest: number): number => (newest - entry) & sliceMask;

/** The place of a leaf's `places` from `start` on where a print is, or would be. */
const placeOf = (leaf: Int32Array, start: number, places: number, print: number): number => {
  let place = Math.floor(print * (places / prints));
  while (leaf[start + place] !== 0 && leaf[start + place]! >>> sliceBits !== print) {
    place = place + 1 === places ? 0 : place + 1;
  }
  return start + place;
};

const placesOf = ({ at, leaves, words }: Readonly<Cells>): number => leaves.lengthOf(words[at]!) >> 1;

/** Whether an address was met within the window that ends `now`. */
export const isRecent = (
  state: Readonly<Cells>, by: Cut, address: AddressKey, now: Milliseconds,
): boolean => {
  const entry = entryOf(state, printOf(address));
  return entry !== 0 && ageOf(entry, newestOf(state, by)) + gone(state, by, now) < by.room;
};

/** What is held of a print; 0 for nothing. */
const entryOf = (state: Readonly<Cells>, print: number): number => {
  const { at, leaves, words } = state;
  const handle = words[at]!;
  if (handle !== 0) {
    const leaf = leaves.wordsOf(handle);
    return leaf[placeOf(leaf, leaves.startOf(handle) >> 1, placesOf(state), print)]!;
  }
  const first = at + firstFew;
  for (let cell = first; cell < first + words[at + heldCell]!; cell++) {
    if (words[cell]! >>> sliceBits === print) return words[cell]!;
  }
  return 0;
};

/** How many the window holds that ends `now`; the held cell is never less. */
export const recentCount = (state: Readonly<Cells>, by: Cut, now: Milliseconds): number => {
  const since = gone(state, by, now);
  return since === 0 ? state.words[state.at + heldCell]! : keep(state, by, by.room - since);
};

/** Begins the slice that `now` is in, for each `meet` of a message, and drops what left the window. */
export const moveOn = (state: Cells, by: Cut, now: Milliseconds): void => {
  const { at, words } = state;
  const since = gone(state, by, now);
  if (since === 0) return;
  if (words[at] === 0) {
    dropFew(state, newestOf(state, by), by.room - since);
  } else {
    const count = keep(state, by, by.room - since);
    if (count < words[at + heldCell]!) refill(state, count, count);
  }
  words[at + beganCell]! += since * by.slice;
};

/** Drops from the cells what was last met `room` slices before the newest one, or earlier: no branches. */
const dropFew = ({ at, words }: Cells, newest: number, room: number): void => {
  const first = at + firstFew;
  const held = words[at + heldCell]!;
  let count = 0;
  for (let one = 0; one < held; one++) {
    const entry = words[first + one]!;
    words[first + count] = entry;
    count += (ageOf(entry, newest) - room) >>> 31;
  }
  words[at + heldCell] = count;
};

/** What is carried from one form of a state to the next; nothing lasts here. */
const kept = new Int32Array(mostRecent);

/** Copies to `kept` what was last met in the newest slice or in `most` slices with it; how many those are. */
const keep = (state: Readonly<Cells>, by: Cut, most: number): number => {
  const { at, leaves, words } = state;
  const handle = words[at]!;
  const list = handle === 0 ? words : leaves.wordsOf(handle);
  const first = handle === 0 ? at + firstFew : leaves.startOf(handle) >> 1;
  const end = first + (handle === 0 ? words[at + heldCell]! : placesOf(state));
  const newest = newestOf(state, by);
  let count = 0;
  for (let place = first; place < end; place++) {
    const entry = list[place]!;
    if (entry !== 0 && ageOf(entry, newest) < most) kept[count++] = entry;
  }
  return count;
};

/** Makes a state hold the first `count` of `kept` and nothing else, with room for `wanted` of them. */
const refill = (state: Cells, count: number, wanted: number): void => {
  const { at, leaves, words } = state;
  words[at + heldCell] = count;
  if (wanted <= few) {
    if (words[at] !== 0) leaves.free(words[at]!);
    words[at] = 0;
    for (let one = 0; one < count; one++) words[at + firstFew + one] = kept[one]!;
    return;
  }
  const places = Math.min(Math.max(fewest, Math.ceil(wanted * 1.8)), mostPlaces);
  const handle = words[at] = leaves.renewed(words[at]!, places * 2);
  const leaf = leaves.wordsOf(handle);
  const start = leaves.startOf(handle) >> 1;
  for (let one = 0; one < count; one++) {
    leaf[placeOf(leaf, start, placesOf(state), kept[one]! >>> sliceBits)] = kept[one]!;
  }
};

/** Of a leaf. */
const fewest = 16;
const mostPlaces = mostRecent * 4 / 3;

/** Counts an address as met in the newest slice, where it may have been counted in an older one. */
export const meet = (state: Cells, by: Cut, address: AddressKey): void => {
  const { at, words } = state;
  const print = printOf(address);
  const entry = print << sliceBits | newestOf(state, by) & sliceMask;
  if (words[at] === 0) {
    const first = at + firstFew;
    const held = words[at + heldCell]!;
    let cell = first;
    while (cell < first + held && words[cell]! >>> sliceBits !== print) cell++;
    if (cell < first + few) {
      words[cell] = entry;
      if (cell === first + held) words[at + heldCell] = held + 1;
      return;
    }
  }
  meetInLeaf(state, by, print, entry);
};

const meetInLeaf = (state: Cells, by: Cut, print: number, entry: number): void => {
  const { at, leaves, words } = state;
  const before = words[at + heldCell]!;
  if (words[at] === 0 || (before < mostRecent && before * 4 >= placesOf(state) * 3)) {
    refill(state, keep(state, by, by.room), before + 1);
  }
  const held = words[at + heldCell]!;
  const handle = words[at]!;
  const leaf = leaves.wordsOf(handle);
  const place = placeOf(leaf, leaves.startOf(handle) >> 1, placesOf(state), print);
  if (leaf[place] === 0) {
    if (held >= mostRecent) return;
    words[at + heldCell] = held + 1;
  }
  leaf[place] = entry;
};
