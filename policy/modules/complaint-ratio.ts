// Shuts a tenant whose recipients report its mail as spam too often. What is reported is held against what
// was delivered to receivers that report at all, as Amazon SES reckons: the others would only dilute it.

import { type Action, suspend, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, hours, type Milliseconds } from '../units.ts';
import { pass } from '../verdict.ts';
import type { ReceiverId } from '../words.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import {
  add, counted, held, isSlidingCount, newestSlot, slide, type Slicing, slicing, slotsWithin, totalCell,
} from './sliding-count.ts';

export interface ComplaintRatioParameters {
  /** Its name in reasons; `complaint-ratio` if left out. */
  readonly name?: string;
  /** Complaints a delivered copy from which the tenant is shut; a fraction from 0.00001 to 1. */
  readonly ratio: number;
  /** Complaints within the window below which the ratio is not looked at; 1 to 1,000,000. */
  readonly minimum: number;
  /**
   * Copies delivered within the window, to receivers with a loop, below which the ratio is not looked at; 1
   * to 1,000,000,000, 1 if left out.
   */
  readonly volume?: number;
  /** 1 hour to 31 days; several days, as a complaint follows its message by hours to days. */
  readonly window: Milliseconds;
  /** What becomes of the tenant's mail; the tenant is shut until a person's release if left out. */
  readonly action?: Action;
}

/**
 * A share needs no fine edge; few slices keep a track small. Remembered up to 1/4 of the window longer than
 * asked.
 */
const slices = 4;

/**
 * Receivers of a tenant told apart, so that the state has a bound. Where there are more, a new one takes the
 * place of one that never reported and got the least; those that reported keep theirs. So nobody hides his
 * complaints among mail to receivers of his own: what is forgotten only ever makes the denominator smaller.
 */
export const mostReceivers = 24;

/**
 * The first cells of the state: its leaf, a bit for each receiver that ever fed a complaint about this tenant
 * back, and how many receivers are told apart; behind them the complaints. Then come, for each receiver, its
 * id and the copies delivered there, in the slots of the complaints: those of the first three, which is all
 * that an office has as a rule, in the cells themselves, the others' in the leaf.
 */
const loops = 1;
const receivers = 2;
const firstCells = 3;
const slots = slices + 1;
/** Numbers of 32 bits for a receiver; 24 receivers take 576 bytes. */
const width = 1 + slots;
const inCells = 3;
/** Copies at a receiver in one slice stop here. */
const mostCopies = 0x7fff_ffff;

/**
 * Takes its action while minimum, volume and ratio are reached: as a rule, shuts the tenant. Which
 * receivers have a complaint loop is learned from their complaints about this very tenant, since what others'
 * recipients do must not change a verdict: a loop that has not spoken yet is missing from the denominator,
 * which the minimum makes up for. Counts deliveries to the 24 receivers that reported or got the most. A
 * release clears the record. Throws a RangeError for a parameter out of range.
 */
export const complaintRatio = (parameters: ComplaintRatioParameters): Module<Cells> => {
  const name = parameters.name ?? 'complaint-ratio';
  const ratio = inRange(name, 'ratio', parameters.ratio, 0.00001, 1);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000);
  const volume = countInRange(name, 'volume', parameters.volume ?? 1, 1, 1_000_000_000);
  const window = spanInRange(name, 'window', parameters.window, hours(1), days(31));
  const action = parameters.action ?? suspend('tenant');
  const by = slicing(window, slices, 1, firstCells);
  const calm = { cell: totalCell(by), addsRecipients: false, most: minimum - 1 };
  const layout = { cells: firstCells + by.cells + inCells * width, hasLeaf: true, calm };
  const rule = `complaints/delivered in ${spanText(window)}`;
  return {
    name,
    key: 'tenant',
    hears: ['delivered', 'complained', 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by) && hasRoomForAll(state),
    decide(state, _submission, now) {
      if (held(state, by) < minimum) return pass;
      const complaints = counted(state, by, now);
      if (complaints < minimum) return pass;
      // Reports of mail that has left the window count against at least themselves: never above 1, nor by
      // zero.
      const delivered = Math.max(deliveredInLoops(state, by, now), complaints);
      const seen = complaints / delivered;
      if (seen < ratio || delivered < volume) return pass;
      return verdictOf(action, { module: name, rule, seen, limit: ratio }, now);
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'delivered': {
          advance(state, by, now);
          const place = placeOf(state, by, signal.receiver);
          if (place < 0) break;
          const words = wordsOf(state, place);
          const cell = startOf(state, by, place) + 1 + newestSlot(state, by);
          words[cell] = Math.min(words[cell]! + signal.copies, mostCopies);
          break;
        }
        case 'complained':
          advance(state, by, now);
          add(state, by, 1, now);
          markLoop(state, placeOf(state, by, signal.receiver));
          break;
        case 'released':
          if (state.words[state.at] !== 0) state.leaves.free(state.words[state.at]!);
          state.words.fill(0, state.at, state.at + layout.cells);
          break;
        default: // Says nothing of what recipients think.
      }
    },
  };
};

/** Numbers of 16 bits that so many receivers take in the leaf. */
const dueFor = (count: number): number => Math.max(0, count - inCells) * width * 2;

/** Whether what was saved has room for as many receivers as it says. */
const hasRoomForAll = ({ at, leaves, words }: Readonly<Cells>): boolean => {
  const count = words[at + receivers]!;
  const length = words[at] === 0 ? 0 : leaves.lengthOf(words[at]!);
  if (count < 0 || count > mostReceivers || words[at + loops]! >>> count !== 0) return false;
  return length >= dueFor(count);
};

/** The list that has a receiver's numbers. */
const wordsOf = ({ at, leaves, words }: Readonly<Cells>, place: number): Int32Array =>
  place < inCells ? words : leaves.wordsOf(words[at]!);

/** Where in that list they begin. */
const startOf = ({ at, leaves, words }: Readonly<Cells>, by: Slicing, place: number): number =>
  place < inCells ? at + by.first + by.cells + place * width
  : (leaves.startOf(words[at]!) >> 1) + (place - inCells) * width;

/** Copies delivered in the window to receivers with a complaint loop. */
const deliveredInLoops = (state: Readonly<Cells>, by: Slicing, now: Milliseconds): number => {
  const known = state.words[state.at + loops]!;
  const within = slotsWithin(state, by, now);
  const newest = newestSlot(state, by);
  let delivered = 0;
  for (let place = 0; place < mostReceivers; place++) {
    if ((known >> place & 1) === 0) continue;
    const words = wordsOf(state, place);
    const start = startOf(state, by, place) + 1;
    for (let age = 0; age < within; age++) delivered += words[start + (newest - age + slots) % slots]!;
  }
  return delivered;
};

/** A receiver has a loop. All places may belong to such: what it reports counts all the same. */
const markLoop = ({ at, words }: Cells, place: number): void => {
  if (place >= 0) words[at + loops]! |= 1 << place;
};

/** Begins a new slice where one is due, of complaints and of copies. */
const advance = (state: Cells, by: Slicing, now: Milliseconds): void => {
  const begun = Math.min(slide(state, by, now), slots);
  if (begun === 0) return;
  const newest = newestSlot(state, by);
  for (let place = 0; place < state.words[state.at + receivers]!; place++) {
    const words = wordsOf(state, place);
    const start = startOf(state, by, place) + 1;
    for (let age = 0; age < begun; age++) words[start + (newest - age + slots) % slots] = 0;
  }
};

/** The place of a receiver among the tenant's, taken now if need be; -1 where all belong to loops. */
const placeOf = (state: Cells, by: Slicing, receiver: ReceiverId): number => {
  const { at, words } = state;
  const count = words[at + receivers]!;
  const start = at + by.first + by.cells;
  for (let place = 0; place < count && place < inCells; place++) {
    if (words[start + place * width] === receiver) return place;
  }
  for (let place = inCells; place < count; place++) {
    if (wordsOf(state, place)[startOf(state, by, place)] === receiver) return place;
  }
  return count === mostReceivers ? takeOver(state, by, receiver) : takePlace(state, by, receiver, count);
};

/** Gives a receiver the place of the one without a loop that got the least; -1 where each has one. */
const takeOver = (state: Cells, by: Slicing, receiver: ReceiverId): number => {
  const known = state.words[state.at + loops]!;
  let fewest = Infinity;
  let quietest = -1;
  for (let place = 0; place < mostReceivers; place++) {
    if ((known >> place & 1) === 1) continue;
    const words = wordsOf(state, place);
    const start = startOf(state, by, place) + 1;
    let sum = 0;
    for (let slot = 0; slot < by.room; slot++) sum += words[start + slot]!;
    if (sum < fewest) [fewest, quietest] = [sum, place];
  }
  if (quietest < 0) return -1;
  const words = wordsOf(state, quietest);
  const start = startOf(state, by, quietest);
  words.fill(0, start, start + width);
  words[start] = receiver;
  return quietest;
};

const takePlace = (state: Cells, by: Slicing, receiver: ReceiverId, place: number): number => {
  const { at, leaves, words } = state;
  const due = dueFor(place + 1);
  const before = words[at]!;
  if (due > 0 && (before === 0 || leaves.lengthOf(before) < due)) words[at] = leaves.remade(before, due);
  wordsOf(state, place)[startOf(state, by, place)] = receiver;
  words[at + receivers] = place + 1;
  return place;
};
