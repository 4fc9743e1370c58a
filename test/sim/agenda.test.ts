// The agenda against its slow twin, at the edges of its blocks and eras, and what it refuses.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { milliseconds, never, type Milliseconds } from '../../policy/index.ts';
import { Agenda, type Phase } from '../../sim/agenda.ts';

interface Card {
  readonly number: number;
}

/**
 * The slow obvious twin: keeps everything in one list, sorted stably by time and phase whenever it is asked.
 */
class Twin {
  now = 0;
  pending: { readonly time: number; readonly phase: number; readonly card: Card }[] = [];

  after(delay: number, card: Card, phase: number): void {
    this.pending.push({ time: this.now + delay, phase, card });
  }

  next(): Twin['pending'][number] | undefined {
    return this.pending.toSorted((left, right) => left.time - right.time || left.phase - right.phase)[0];
  }

  take(): Card {
    const next = this.next()!;
    this.pending.splice(this.pending.indexOf(next), 1);
    this.now = next.time;
    return next.card;
  }
}

type Step =
  | { readonly verb: 'after'; readonly delay: number; readonly phase: Phase }
  | { readonly verb: 'take' };

const era = 2 ** 32;
const phase = fc.constantFrom<Phase>(0, 1, 2, 3);
const near = fc.integer({ min: -2, max: 2 });
const nearEdge = (bits: number, more: number): number => Math.max(0, 2 ** bits + more);
/**
 * Delays at which the wheel has something to get wrong: ties, the ends of blocks of any level, several eras
 * ahead.
 */
const delay = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 3 }) },
  { weight: 3, arbitrary: fc.constantFrom(1_000, 300_000, 2_000_000, era + 5) },
  { weight: 2, arbitrary: fc.nat({ max: 2_000 }) },
  { weight: 2, arbitrary: fc.tuple(fc.nat({ max: 34 }), near).map(([bits, more]) => nearEdge(bits, more)) },
  { weight: 1, arbitrary: fc.nat({ max: 2 ** 31 - 1 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 600 })).map(([eras, more]) => eras * era + more),
  },
);
const stepOf = fc.oneof(
  { weight: 3, arbitrary: fc.record({ verb: fc.constant<'after'>('after'), delay, phase }) },
  { weight: 2, arbitrary: fc.constant<Step>({ verb: 'take' }) },
);

/** Plays the steps on both, then empties both; every card, time, size and next time must agree. */
const compare = (steps: readonly Step[], look: boolean): void => {
  const agenda = new Agenda<Card>();
  const twin = new Twin();
  const check = (): void => {
    expect(agenda.size).toBe(twin.pending.length);
    expect(agenda.now).toBe(twin.now);
    if (look) expect(agenda.nextAt).toBe(twin.next()?.time ?? never);
  };
  const take = (): void => {
    expect(agenda.take().number).toBe(twin.take().number);
    check();
  };
  steps.forEach((step, number) => {
    if (step.verb === 'after') {
      agenda.after(milliseconds(step.delay), { number }, step.phase);
      twin.after(step.delay, { number }, step.phase);
      check();
    } else if (twin.pending.length > 0) {
      take();
    }
  });
  while (twin.pending.length > 0) take();
};

const atEach = (agenda: Agenda<Card>): string[] => {
  const seen: string[] = [];
  while (agenda.size > 0) {
    const { number } = agenda.take();
    seen.push(`${agenda.now}:${number}`);
  }
  return seen;
};

describe('the order of events', () => {
  test('is that of a stable sort by time and phase, whatever comes and goes between (oracle)', () => {
    fc.assert(fc.property(fc.array(stepOf, { maxLength: 120 }), (steps) => compare(steps, true)));
  });

  test('is the same when nobody looks at the next time', () => {
    fc.assert(fc.property(fc.array(stepOf, { maxLength: 120 }), (steps) => compare(steps, false)));
  });

  test('is that of insertion where all share one instant and one phase', () => {
    fc.assert(fc.property(delay, fc.integer({ min: 1, max: 300 }), (when, count) => {
      const agenda = new Agenda<Card>();
      for (let number = 0; number < count; number += 1) agenda.after(milliseconds(when), { number });
      for (let number = 0; number < count; number += 1) expect(agenda.take().number).toBe(number);
    }));
  });

  test('holds over thousands of pending events and several eras, as a long run has them', () => {
    const agenda = new Agenda<Card>();
    const twin: { readonly time: number; readonly number: number }[] = [];
    let state = 12_345;
    const draw = (most: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / era) * most);
    };
    for (let number = 0; number < 20_000; number += 1) {
      const time = draw(3) === 0 ? draw(50) * 3_600_000 : draw(5) * era + draw(era);
      agenda.after(milliseconds(time), { number });
      twin.push({ time, number });
    }
    twin.sort((left, right) => left.time - right.time || left.number - right.number);
    expect(atEach(agenda)).toEqual(twin.map(({ time, number }) => `${time}:${number}`));
  });

  test('puts a lower phase first in one millisecond, also an event put in during that millisecond', () => {
    const agenda = new Agenda<Card>();
    agenda.after(milliseconds(5), { number: 3 }, 3);
    agenda.after(milliseconds(5), { number: 1 });
    agenda.after(milliseconds(5), { number: 0 }, 0);
    expect(agenda.take().number).toBe(0);
    agenda.after(milliseconds(0), { number: 9 }, 0);
    agenda.after(milliseconds(0), { number: 2 }, 2);
    expect(atEach(agenda)).toEqual(['5:9', '5:1', '5:2', '5:3']);
  });
});

describe('the ends of blocks and eras', () => {
  for (const wait of [0, 200, 1_000, 300_000, 2_000_000, era + 5]) {
    test(`phases are kept over a wait of ${wait} ms`, () => {
      const agenda = new Agenda<Card>();
      for (const number of [2, 0, 3, 1] as const) agenda.after(milliseconds(wait), { number }, number);
      expect(atEach(agenda)).toEqual([0, 1, 2, 3].map((number) => `${wait}:${number}`));
    });
  }

  for (const edge of [2 ** 8, 2 ** 16, 2 ** 20, 2 ** 24, 2 ** 31, era, 3 * era]) {
    test(`events around ${edge} ms leave in order, put in from far below, from near and from there`, () => {
      for (const start of [0, edge - 200, edge - 1, edge]) {
        const agenda = new Agenda<Card>();
        agenda.after(milliseconds(start), { number: 0 });
        agenda.take();
        const all = [edge + 256, edge + 1, edge, edge - 1, edge + 255, edge];
        const times = all.filter((time) => time >= start);
        times.forEach((time, number) => agenda.after(milliseconds(time - start), { number }));
        const cards = times.map((time, number) => ({ time, number }));
        const sorted = cards.toSorted((one, two) => one.time - two.time);
        expect(agenda.nextAt).toBe(sorted[0]!.time);
        expect(atEach(agenda)).toEqual(sorted.map(({ time, number }) => `${time}:${number}`));
      }
    });
  }

  test('an event before the next one can still be put in after looking at the next time', () => {
    const agenda = new Agenda<Card>();
    agenda.after(milliseconds(7 * era + 70_000), { number: 2 });
    expect(agenda.nextAt).toBe(7 * era + 70_000);
    agenda.after(milliseconds(70_000), { number: 1 });
    expect(agenda.nextAt).toBe(70_000);
    agenda.after(milliseconds(3), { number: 0 });
    expect(agenda.nextAt).toBe(3);
    expect(atEach(agenda)).toEqual(['3:0', '70000:1', `${7 * era + 70_000}:2`]);
  });

  test('the last instant of all can be reached, and nothing beyond it', () => {
    const agenda = new Agenda<Card>();
    const last = milliseconds(never - 1);
    agenda.after(last, { number: 1 });
    agenda.after(milliseconds(0), { number: 0 });
    expect(() => agenda.after(never, { number: 9 })).toThrow(RangeError);
    expect(atEach(agenda)).toEqual(['0:0', `${last}:1`]);
    expect(() => agenda.after(milliseconds(1), { number: 9 })).toThrow(/ends before/);
  });
});

describe('what the agenda refuses', () => {
  for (const wrong of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
    test(`a delay of ${wrong} ms, with nothing put in`, () => {
      const agenda = new Agenda<Card>();
      expect(() => agenda.after(wrong as Milliseconds, { number: 0 })).toThrow(RangeError);
      expect(agenda.size).toBe(0);
      expect(agenda.nextAt).toBe(never);
    });
  }

  test('taking from an empty agenda, before the first event and after the last', () => {
    const agenda = new Agenda<Card>();
    expect(() => agenda.take()).toThrow(/empty agenda/);
    agenda.after(milliseconds(4), { number: 0 });
    agenda.take();
    expect(() => agenda.take()).toThrow(/empty agenda/);
    expect(agenda.now).toBe(4);
  });
});

/** Fills and empties an agenda; its events are then held by nobody but, if it leaks, the agenda. */
const fillAndEmpty = (agenda: Agenda<Card>): WeakRef<Card>[] => {
  const gone = Array.from({ length: 50 }, (_, number) => {
    const card = { number };
    agenda.after(milliseconds(number % 7 === 0 ? 1 : 90_000 * number), card);
    return new WeakRef(card);
  });
  while (agenda.size > 0) agenda.take();
  return gone;
};

test('an event that was taken is not kept alive by the agenda', async () => {
  const agenda = new Agenda<Card>();
  const gone = fillAndEmpty(agenda);
  // A WeakRef holds on until the running job ends; then a collection clears it.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(gone.filter((card) => card.deref() !== undefined)).toEqual([]);
  expect(agenda.size).toBe(0);
});

test('room for pending events is used again: 200,000 that came and went take no more', () => {
  const agenda = new Agenda<object>();
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 100_000; count += 1) {
    agenda.after(1 as Milliseconds, agenda);
    agenda.after(2 as Milliseconds, agenda);
    agenda.take();
    agenda.take();
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});
