// The agenda: which event comes next. A hierarchical timing wheel on whole milliseconds, so that putting an
// event in and taking the next one out cost the same at a hundred pending events and at a million. The order
// is exactly (time, phase, insertion), with no sequence numbers: equal times always share one
// first-in-first-out list.

import { type Milliseconds, never } from '../policy/index.ts';

/** Order among events of the same millisecond: 0 first, 3 last. */
export type Phase = 0 | 1 | 2 | 3;

// An event lies on the level of the highest byte in which its time differs from `now`, in the slot that byte
// names: level 0 holds the rest of this 256 ms block, level 3 reaches 2^32 ms (49.7 days). That place depends
// on nothing but the time, so it stays right as `now` moves through the events in order, until a list's own
// block is entered; then its events move to lower levels, in their order. Level 0 has a list for each slot
// and phase.
const upperLists = 256 * 4;
const lists = upperLists + 256 * 3;
const eraLength = 2 ** 32;

/** An event beyond the present era of 2^32 ms; it waits outside the wheel. */
interface Distant<Event> {
  readonly time: number;
  readonly phase: Phase;
  readonly event: Event;
}

export class Agenda<Event extends object> {
  #now = 0;
  #size = 0;
  #eraEnd = eraLength;

  /**
   * Two words an event: the low 32 bits of its time; the next event of its list (or of the free list) and its
   * phase.
   */
  #nodes = new Int32Array(2 * 64);
  #events: (Event | undefined)[] = [];
  #free = -1;

  /**
   * The last node of each list, whose link leads round to the first. Right only where `#occupied` has the
   * list's bit.
   */
  readonly #tails = new Int32Array(lists);
  /** Earliest time (low 32 bits) in each list above level 0; right only where the list is occupied. */
  readonly #soonest = new Int32Array(lists);
  /**
   * One bit a list, the first list highest, and above it one bit a word: level 0 apart from levels 1 to 3.
   */
  readonly #occupied = new Int32Array(lists / 32);
  #occupiedLow = 0;
  #occupiedHigh = 0;

  #distant: Distant<Event>[] = [];
  #soonestDistant: number = never;

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
    if (this.#occupiedLow !== 0) {
      const word = Math.clz32(this.#occupiedLow);
      const slot = (word * 32 + Math.clz32(this.#occupied[word]!)) >> 2;
      return (this.#now - (this.#now & 255) + slot) as Milliseconds;
    }
    if (this.#occupiedHigh !== 0) {
      const word = 32 + Math.clz32(this.#occupiedHigh);
      const low = this.#soonest[word * 32 + Math.clz32(this.#occupied[word]!)]! >>> 0;
      return (this.#eraEnd - eraLength + low) as Milliseconds;
    }
    return this.#soonestDistant as Milliseconds;
  }

  /**
   * Puts an event in, `delay` milliseconds after now: a whole number, 0 or more. Throws a RangeError for any
   * other delay, and for one that reaches past the last representable instant.
   */
  after(delay: Milliseconds, event: Event, phase: Phase = 1): void {
    const time = this.#now + delay;
    if (!(Number.isSafeInteger(delay) && delay >= 0 && time < never)) throw badDelay(delay, this.#now);
    this.#size += 1;
    if (time < this.#eraEnd) this.#insert(time | 0, event, phase);
    else this.#postpone({ time, phase, event });
  }

  /** Takes out the next event and moves `now` to its time. Throws where no event is pending. */
  take(): Event {
    if (this.#occupiedLow === 0) this.#descend();
    const word = Math.clz32(this.#occupiedLow);
    const bits = this.#occupied[word]!;
    const bit = Math.clz32(bits);
    const list = word * 32 + bit;
    const nodes = this.#nodes;

    const tail = this.#tails[list]!;
    const node = nodes[2 * tail + 1]! >> 2;
    if (node === tail) {
      const rest = bits & ~(0x8000_0000 >>> bit);
      this.#occupied[word] = rest;
      if (rest === 0) this.#occupiedLow &= ~(0x8000_0000 >>> word);
    } else {
      nodes[2 * tail + 1] = nodes[2 * node + 1]!;
    }
    nodes[2 * node + 1] = this.#free;
    this.#free = node;
    this.#size -= 1;
    this.#now += (list >> 2) - (this.#now & 255);

    const event = this.#events[node]!;
    this.#events[node] = undefined;
    return event;
  }

  #insert(low: number, event: Event, phase: Phase): void {
    let node = this.#free;
    if (node < 0) {
      node = this.#events.length;
      this.#events.push(event);
      if (2 * node >= this.#nodes.length) this.#grow();
    } else {
      this.#free = this.#nodes[2 * node + 1]!;
      this.#events[node] = event;
    }
    this.#nodes[2 * node] = low;
    this.#append(node, low, phase);
  }

  /** Puts a node at the end of the list that its time has, seen from `now`. */
  #append(node: number, low: number, phase: number): void {
    const difference = low ^ (this.#now | 0);
    const level = (31 - Math.clz32(difference | 1)) >> 3;
    const list = level === 0 ? (low & 255) * 4 + phase : 768 + level * 256 + ((low >>> (level * 8)) & 255);
    const word = list >> 5;
    const bit = 0x8000_0000 >>> (list & 31);
    const nodes = this.#nodes;
    const bits = this.#occupied[word]!;
    if ((bits & bit) === 0) {
      this.#occupied[word] = bits | bit;
      if (level === 0) this.#occupiedLow |= 0x8000_0000 >>> word;
      else this.#occupiedHigh |= 0x8000_0000 >>> (word - 32);
      this.#soonest[list] = low;
      nodes[2 * node + 1] = node * 4 + phase;
    } else {
      // Times of one list differ only in lower bytes, so comparing them as signed numbers is right.
      if (low < this.#soonest[list]!) this.#soonest[list] = low;
      const tail = this.#tails[list]!;
      const link = nodes[2 * tail + 1]!;
      nodes[2 * node + 1] = (link & ~3) | phase;
      nodes[2 * tail + 1] = node * 4 + (link & 3);
    }
    this.#tails[list] = node;
  }

  /** Moves `now` to the next event's time and its list down to lower levels, of which all are empty. */
  #descend(): void {
    if (this.#occupiedHigh === 0) return this.#enterNextEra();
    const word = 32 + Math.clz32(this.#occupiedHigh);
    const bits = this.#occupied[word]!;
    const bit = Math.clz32(bits);
    const list = word * 32 + bit;
    const rest = bits & ~(0x8000_0000 >>> bit);
    this.#occupied[word] = rest;
    if (rest === 0) this.#occupiedHigh &= ~(0x8000_0000 >>> (word - 32));
    this.#now = this.#eraEnd - eraLength + (this.#soonest[list]! >>> 0);

    const nodes = this.#nodes;
    const tail = this.#tails[list]!;
    let node = tail;
    let link = nodes[2 * tail + 1]!;
    do {
      node = link >> 2;
      link = nodes[2 * node + 1]!;
      this.#append(node, nodes[2 * node]!, link & 3);
    } while (node !== tail);
  }

  /**
   * Nothing is left in the wheel: goes on in the era of the soonest distant event and brings that era's
   * events in.
   */
  #enterNextEra(): void {
    if (this.#distant.length === 0) throw new Error('sim: take() from an empty agenda; look at size or nextAt first.');
    const waiting = this.#distant;
    this.#now = this.#soonestDistant;
    this.#eraEnd = (Math.floor(this.#now / eraLength) + 1) * eraLength;
    this.#distant = [];
    this.#soonestDistant = never;
    for (const one of waiting) {
      if (one.time < this.#eraEnd) this.#insert(one.time | 0, one.event, one.phase);
      else this.#postpone(one);
    }
  }

  #postpone(one: Distant<Event>): void {
    if (one.time < this.#soonestDistant) this.#soonestDistant = one.time;
    this.#distant.push(one);
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#nodes.length);
    larger.set(this.#nodes);
    this.#nodes = larger;
  }
}

const badDelay = (delay: number, now: number): RangeError =>
  Number.isSafeInteger(delay) && delay >= 0
    ? new RangeError(`sim: a delay of ${delay} ms from ${now} ms ends after the last instant, ${never - 1} ms.`)
    : new RangeError(`sim: a delay is ${delay}; it is a whole number of milliseconds, 0 or more. Round it first.`);
