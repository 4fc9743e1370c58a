// Remembers addresses in bounded space: four bytes each while they are few, then two bytes each and 128 for
// all. Those met since the memory was last half full are young, the others old; when it is half full of young
// ones again, the old are forgotten.

import type { Cells } from '../cells.ts';
import type { AddressKey } from '../words.ts';

/**
 * The first cells of a state that remembers: the handle of its leaf, the young addresses, all addresses, and
 * which mark (0 or 1) the young ones bear now. The leaf of a few addresses is their prints, 32 bits each, in
 * the order of their coming; all are young, with mark 0. That of more is 64 numbers of 16 bits that say where
 * the prints of a group end, and then the prints, group by group and ascending in each, without gaps.
 */
export const memoryCells = 4;
const young = 1;
const all = 2;
const mark = 3;

/** Addresses that are young at most; with as many old ones, 4,096 in all, which take 9 KB. */
export const mostYoung = 2_048;

/**
 * An address is remembered by 21 bits of its key: 6 choose the group, 15 are its print there, and the 16th
 * bit of a half is the mark. The price: a stranger passes for known with a chance of (addresses remembered) /
 * 2^21, which is 1 in 10,000 beside 200 correspondents and 1 in 512 beside the most, 4,096. So of the
 * strangers tried (tried, not let through: a thief may try them all) that share gets by uncounted.
 */
const groups = 64;
const printBits = 15;
const printMask = (1 << printBits) - 1;
/** Addresses that are few: up to here they take less room so, and are soon looked through. */
const few = 48;
/** The leaf of a few grows by so many. */
const fewMore = 8;
/** Of the 21 bits, the 12 first ones tell well enough where among 4,096 prints one lies. */
const fineBits = 12;
const coarseBits = 21 - fineBits;

/** Whether what was saved is such a memory. Few addresses were once kept in groups as well. */
export const isMemory = ({ at, leaves, words }: Readonly<Cells>): boolean => {
  const handle = words[at]!;
  const youngNow = words[at + young]!;
  const count = words[at + all]!;
  const markNow = words[at + mark]!;
  if (handle === 0) return youngNow === 0 && count === 0 && markNow === 0;
  const start = leaves.startOf(handle);
  const length = leaves.lengthOf(handle);
  if (count <= few) {
    const prints = leaves.wordsOf(handle).subarray(start >> 1, (start >> 1) + count);
    return count > 0 && youngNow === count && markNow === 0 &&
      length === 2 * fewMore * Math.ceil(count / fewMore) &&
      prints.every((print) => print >>> printBits < groups);
  }
  if (length < groups + count || youngNow < 0 || youngNow > mostYoung) return false;
  if (count - youngNow > mostYoung || markNow >>> 1 !== 0) return false;
  const leaf = leaves.halvesOf(handle).subarray(start, start + groups + count);
  const ends = leaf.subarray(0, groups);
  const marked = leaf.subarray(groups).filter((print) => print >> printBits === markNow);
  return ends[groups - 1] === count && marked.length === youngNow &&
    ends.every((end, group) => group === 0 || end >= ends[group - 1]!);
};

/** Whether an address is remembered. */
export const isKnown = (state: Readonly<Cells>, address: AddressKey): boolean => {
  const handle = state.words[state.at]!;
  if (handle === 0) return false;
  const print = fingerprint(address);
  const count = state.words[state.at + all]!;
  if (count <= few) return isAmongFew(state, print);
  const halves = state.leaves.halvesOf(handle);
  const start = state.leaves.startOf(handle);
  const found = placeOf(halves, start, count, print);
  return found < endOf(halves, start, print) && (halves[found]! & printMask) === (print & printMask);
};

/** Remembers an address, and says whether it was unknown until now. */
export const remember = (state: Cells, address: AddressKey): boolean => {
  const { at, leaves, words } = state;
  const print = fingerprint(address);
  const handle = words[at]!;
  if (words[at + all]! <= few) {
    if (isAmongFew(state, print)) return false;
  } else {
    const halves = leaves.halvesOf(handle);
    const start = leaves.startOf(handle);
    const place = placeOf(halves, start, words[at + all]!, print);
    if (place < endOf(halves, start, print) && (halves[place]! & printMask) === (print & printMask)) {
      if (halves[place]! >> printBits === words[at + mark]) return false;
      if (words[at + young] === mostYoung) {
        forgetOld(state);
        insert(state, print);
      } else {
        halves[place] = halves[place]! ^ 1 << printBits;
        words[at + young]! += 1;
      }
      return false;
    }
  }
  if (words[at + young] === mostYoung) forgetOld(state);
  insert(state, print);
  return true;
};

/** 21 bits in which both halves of the key of up to 53 bits count, and neighbours part. */
export const fingerprint = (key: AddressKey): number => mixed(key) >>> 11;

/**
 * 32 such bits, as a number with a sign. (The last two steps and their multipliers are those of MurmurHash3;
 * the first multiplier is Knuth's.)
 */
export const mixed = (key: number): number => {
  const high = (key * 2 ** -32) | 0;
  let bits = Math.imul(high ^ (high >>> 15), 0x9e37_79b1) ^ (key | 0);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
};

/** Where the group of a print ends in its leaf, which begins at `start`. */
const endOf = (halves: Uint16Array, start: number, print: number): number =>
  start + groups + halves[start + (print >> printBits)]!;

/**
 * Where a print is in its group, or would be: the first one there that is no less, or the group's end. Looks
 * first where it lies if prints are spread evenly, near which it is: so the memory, where most of the time
 * goes, is asked for that place while it still brings the group's ends.
 */
const placeOf = (halves: Uint16Array, start: number, count: number, print: number): number => {
  const group = print >> printBits;
  const wanted = print & printMask;
  const first = start + groups;
  const likely = first + ((print >> coarseBits) * count >> fineBits);
  const isLikely = (halves[likely]! & printMask) === wanted;
  const end = first + halves[start + group]!;
  let place = first + (group === 0 ? 0 : halves[start + group - 1]!);
  if (isLikely && likely >= place && likely < end) return likely;
  while (place < end && (halves[place]! & printMask) < wanted) place++;
  return place;
};

/** Whether a print is among those of a state that holds few. */
const isAmongFew = ({ at, leaves, words }: Readonly<Cells>, print: number): boolean => {
  const handle = words[at]!;
  if (handle === 0) return false;
  const leaf = leaves.wordsOf(handle);
  const start = leaves.startOf(handle) >> 1;
  const end = start + words[at + all]!;
  for (let place = start; place < end; place++) if (leaf[place] === print) return true;
  return false;
};

/** Adds a print that is not there, as a young one. */
const insert = (state: Cells, print: number): void => {
  const count = state.words[state.at + all]!;
  if (count < few) {
    insertAmongFew(state, print, count);
  } else {
    if (count === few) formGroups(state);
    insertInGroup(state, print, count);
  }
};

const insertAmongFew = ({ at, leaves, words }: Cells, print: number, count: number): void => {
  if (count % fewMore === 0) words[at] = leaves.remade(words[at]!, 2 * (count + fewMore));
  const handle = words[at]!;
  leaves.wordsOf(handle)[(leaves.startOf(handle) >> 1) + count] = print;
  words[at + young]! += 1;
  words[at + all] = count + 1;
};

/** They are no longer few: puts them into their groups. */
const formGroups = (state: Cells): void => {
  const { at, leaves, words } = state;
  const handle = words[at]!;
  const start = leaves.startOf(handle) >> 1;
  const held = leaves.wordsOf(handle).slice(start, start + few);
  words[at] = leaves.renewed(handle, groups + few + 1);
  words[at + young] = words[at + all] = 0;
  for (let one = 0; one < few; one++) insertInGroup(state, held[one]!, one);
};

const insertInGroup = (state: Cells, print: number, count: number): void => {
  const { at, leaves, words } = state;
  if (groups + count === leaves.lengthOf(words[at]!)) {
    words[at] = leaves.remade(words[at]!, groups + count + 1);
  }
  const halves = leaves.halvesOf(words[at]!);
  const start = leaves.startOf(words[at]!);
  const place = placeOf(halves, start, count, print);
  halves.copyWithin(place + 1, place, start + groups + count);
  halves[place] = print & printMask | words[at + mark]! << printBits;
  moveEnds(leaves.wordsOf(words[at]!), halves, start + (print >> printBits), start + groups);
  words[at + young]! += 1;
  words[at + all] = count + 1;
};

/** One more before the ends of groups from the first to the last: two at a time, for they are many. */
const moveEnds = (pairs: Int32Array, halves: Uint16Array, first: number, last: number): void => {
  if ((first & 1) === 1) halves[first]! += 1;
  for (let pair = (first + 1) >> 1; pair < last >> 1; pair++) pairs[pair]! += 0x1_0001;
};

/** Forgets the addresses that are old, and makes the young ones old. */
const forgetOld = (state: Cells): void => {
  const { at, leaves, words } = state;
  const halves = leaves.halvesOf(words[at]!);
  const start = leaves.startOf(words[at]!);
  const prints = start + groups;
  let kept = 0;
  let place = 0;
  for (let group = 0; group < groups; group++) {
    for (const end = halves[start + group]!; place < end; place++) {
      const print = halves[prints + place]!;
      if (print >> printBits === words[at + mark]) halves[prints + kept++] = print;
    }
    halves[start + group] = kept;
  }
  words[at + mark] = 1 - words[at + mark]!;
  words[at + young] = 0;
  words[at + all] = kept;
};
