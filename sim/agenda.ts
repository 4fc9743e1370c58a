// The agenda: which event comes next. A hierarchical timing wheel on whole milliseconds, so that putting an
// event in and taking the next one out cost the same at a hundred pending events and at a million. The order
// is exactly (time, phase, insertion), with no sequence numbers: equal times always share one list, kept in
// order.

import { type Milliseconds, never } from '../policy/index.ts';
import { FarAhead } from './far-ahead.ts';

/** Order among events of the same millisecond: 0 first, 3 last. */
export type Phase = 0 | 1 | 2 | 3;

// An event whose time agrees with `now` in all but the low 8 bits lies on level 0: one list for each
// millisecond and phase. One that agrees in all but the low 20 bits lies on level 1: 4,096 lists of 256 ms.
// The rest of this era of 2^32 ms (49.7 days) is level 2: 4,096 lists of 2^20 ms (17.5 min). An event's list
// depends on nothing but its time and `now`, and stays right while `now` moves from event to event, until the
// list's own span is entered: then the lists below are all empty, and its events move down into them, in
// order.
const firstBroad = 4 * 256;
const firstBroadest = firstBroad + 4_096;
const lists = firstBroadest + 4_096;
const eraLength = 2 ** 32;

/** No event is as late. A copy: some loaders make every look at an imported value a call. */
const end: number = never;

// A list is a chain of chunks of 16 entries: a key (the time's low 30 bits, then 2 bits of phase) and an
// event. Neighbours in a list are neighbours in memory; linked nodes took three times as long at a million
// pending.
const entries = 16;
const last = entries - 1;

/** Bit 0 of a word, counted from the left as Math.clz32 does. */
const leftmost = 0x8000_0000 | 0;

export class Agenda<Event extends object> {
  #now = 0;
  #size = 0;
  #eraEnd = eraLength;
  #keys = new Int32Array(64 * entries);
  #events: (Event | undefined)[] = [];
  /** The next chunk of the same list, or of the free chunks. */
  #links = new Int32Array(64);
  #freeChunk = -1;
  #chunks = 0;
  // A list's first and last entry, and its earliest time (low 32 bits); right where the list is occupied.
  readonly #heads = new Int32Array(lists);
  readonly #tails = new Int32Array(lists);
  readonly #soonest = new Int32Array(lists);
  // Occupied lists: a bit each; a bit a word of those; a bit a group of 32 words, of which level 0 is the
  // first.
  readonly #occupied = new Int32Array(lists / 32);
  readonly #groups = new Int32Array(lists / 1_024);
  #narrow = 0;
  #broad = 0;
  readonly #farAhead = new FarAhead<Event>();

  /** The time of the event taken last; 0 before the first. */
  get now(): Milliseconds {
    return this.#now as Milliseconds;
  }

  /** How many events are pending. */
  get size(): number {
    return this.#size;
  }

  /** The time of the next event, `never` where there is none. Looking changes nothing. */
  get nextAt(): Milliseconds {
    if (this.#narrow === 0 && this.#broad === 0) return this.#farAhead.soonest as Milliseconds;
    const group = Math.clz32(this.#broad);
    const first = this.#narrow !== 0 ? this.#narrow : this.#groups[group]!;
    const word = (this.#narrow !== 0 ? 0 : group << 5) | Math.clz32(first);
    const list = (word << 5) | Math.clz32(this.#occupied[word]!);
    return (this.#eraEnd - eraLength + (this.#soonest[list]! >>> 0)) as Milliseconds;
  }

  /**
   * Puts an event in, `delay` milliseconds after now: a whole number, 0 or more. Throws a RangeError for any
   * other delay, and for one that reaches past the last representable instant.
   */
  after(delay: Milliseconds, event: Event, phase: Phase = 1): void {
    const time = this.#now + delay;
    if (!(Number.isSafeInteger(delay) && delay >= 0 && time < end)) throw badDelay(delay, this.#now);
    this.#size += 1;
    if (time < this.#eraEnd) this.#append(time | 0, phase, event);
    else this.#farAhead.put({ time, phase, event });
  }

  /** Takes out the next event and moves `now` to its time. Throws where no event is pending. */
  take(): Event {
    if (this.#narrow === 0) {
      const alone = this.#descend();
      if (alone !== undefined) return alone;
    }
    const word = Math.clz32(this.#narrow);
    const bits = this.#occupied[word]!;
    const bit = Math.clz32(bits);
    const list = (word << 5) | bit;
    const entry = this.#heads[list]!;
    if (entry === this.#tails[list]!) {
      const rest = bits & ~(leftmost >>> bit);
      this.#occupied[word] = rest;
      if (rest === 0) this.#narrow &= ~(leftmost >>> word);
      this.#release(entry >> 4);
    } else if ((entry & last) === last) {
      this.#heads[list] = this.#links[entry >> 4]! << 4;
      this.#release(entry >> 4);
    } else {
      this.#heads[list] = entry + 1;
    }
    this.#now += (list >> 2) - (this.#now & 255);
    return this.#lift(entry);
  }

  /** Puts an event of this era at the end of the list that its time has, seen from `now`. */
  #append(low: number, phase: number, event: Event): void {
    const key = (low << 2) | phase;
    const difference = low ^ this.#now;
    const list =
      difference >>> 8 === 0 ? key & 1_023
      : difference >>> 20 === 0 ? firstBroad + ((low >>> 8) & 4_095)
      : firstBroadest + (low >>> 20);
    const word = list >> 5;
    const bit = leftmost >>> (list & 31);
    const bits = this.#occupied[word]!;
    let entry: number;
    if ((bits & bit) === 0) {
      this.#occupied[word] = bits | bit;
      if (word < 32) {
        this.#narrow |= leftmost >>> word;
      } else {
        this.#groups[word >> 5]! |= leftmost >>> (word & 31);
        this.#broad |= leftmost >>> (word >> 5);
      }
      this.#soonest[list] = low;
      entry = this.#freshChunk() << 4;
      this.#heads[list] = entry;
    } else {
      // Times of one list differ only in lower bits, so comparing them as signed numbers is right.
      if (low < this.#soonest[list]!) this.#soonest[list] = low;
      const tail = this.#tails[list]!;
      entry = (tail + 1) | 0;
      if ((entry & last) === 0) {
        entry = this.#freshChunk() << 4;
        this.#links[tail >> 4] = entry >> 4;
      }
    }
    this.#tails[list] = entry;
    this.#keys[entry] = key;
    this.#events[entry] = event;
  }

  /**
   * Level 0 is empty: moves `now` to the next event's time, and the events of its list to lower lists. Where
   * the list holds only that event, which is the rule when few are pending, it is taken at once and returned.
   */
  #descend(): Event | undefined {
    if (this.#broad === 0) return this.#enterNextEra();
    const list = this.#emptyFirstBroad();
    const soonest = this.#soonest[list]!;
    this.#now = this.#eraEnd - eraLength + (soonest >>> 0);

    let entry = this.#heads[list]!;
    const tail = this.#tails[list]!;
    if (entry === tail) {
      this.#release(entry >> 4);
      return this.#lift(entry);
    }
    // All of a list share the bits that its place stands for: the top 12 at least. A key lacks the top 2.
    const top = soonest & 0xfff0_0000;
    for (;;) {
      const key = this.#keys[entry]!;
      this.#append(top | ((key >>> 2) & 0x000f_ffff), key & 3, this.#events[entry]!);
      this.#events[entry] = undefined;
      if (entry !== tail && (entry & last) !== last) {
        entry += 1;
        continue;
      }
      const next = this.#links[entry >> 4]!;
      this.#release(entry >> 4);
      if (entry === tail) return undefined;
      entry = next << 4;
    }
  }

  /** The first occupied list above level 0, no longer marked as occupied. */
  #emptyFirstBroad(): number {
    const group = Math.clz32(this.#broad);
    const words = this.#groups[group]!;
    const place = Math.clz32(words);
    const word = (group << 5) | place;
    const bits = this.#occupied[word]!;
    const bit = Math.clz32(bits);
    const rest = bits & ~(leftmost >>> bit);
    this.#occupied[word] = rest;
    if (rest === 0) {
      const others = words & ~(leftmost >>> place);
      this.#groups[group] = others;
      if (others === 0) this.#broad &= ~(leftmost >>> group);
    }
    return (word << 5) | bit;
  }

  /** Nothing is left in the wheel: goes on in the era of the soonest event far ahead, and brings it in. */
  #enterNextEra(): undefined {
    if (this.#size === 0) throw new Error('sim: take() from an empty agenda; look at its size first.');
    this.#now = this.#farAhead.soonest;
    this.#eraEnd = (Math.floor(this.#now / eraLength) + 1) * eraLength;
    const due = this.#farAhead.takeBefore(this.#eraEnd);
    for (const one of due) this.#append(one.time | 0, one.phase, one.event);
    return undefined;
  }

  /** Hands out the event of an entry and lets go of it. */
  #lift(entry: number): Event {
    const event = this.#events[entry]!;
    this.#events[entry] = undefined;
    this.#size -= 1;
    return event;
  }

  #release(chunk: number): void {
    this.#links[chunk] = this.#freeChunk;
    this.#freeChunk = chunk;
  }

  #freshChunk(): number {
    const free = this.#freeChunk;
    if (free >= 0) {
      this.#freeChunk = this.#links[free]!;
      return free;
    }
    if (this.#chunks === this.#links.length) {
      this.#links = doubled(this.#links);
      this.#keys = doubled(this.#keys);
    }
    for (let count = 0; count < entries; count += 1) this.#events.push(undefined);
    this.#chunks += 1;
    return this.#chunks - 1;
  }
}

const doubled = (column: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
};

const badDelay = (delay: number, now: number): RangeError =>
  new RangeError(`sim: a delay is ${delay} ms at ${now} ms; it is whole, 0 or more, ends before ${end} ms.`);
