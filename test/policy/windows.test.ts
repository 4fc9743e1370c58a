// The sliding count, the memory of addresses, and the two modules made of them, against slow and obvious
// twins.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstTimeRecipients, hours, milliseconds, minutes, type Module, recipientWindow, seconds, type Verdict,
} from '../../policy/index.ts';
import { type Cells, freshCells } from '../../policy/cells.ts';
import {
  fingerprint, isKnown, memoryCells, mostYoung, remember,
} from '../../policy/modules/address-memory.ts';
import { add, counted, held, slicing } from '../../policy/modules/sliding-count.ts';
import { addresses, submissionOf, submitted } from '../../laws/build.ts';

const gaps = fc.constantFrom(0, 0, 1, 99, 100, 101, 500, 1_199, 1_200, 1_201, 5_000);

test('a sliding count forgets nothing in its window, and all a slice after (oracle: a log)', () => {
  const by = slicing(seconds(1_200), 12, 3, 2);
  const steps = fc.array(fc.tuple(gaps, fc.nat({ max: 5 }), fc.nat({ max: 2 })));
  fc.assert(fc.property(steps, gaps, (events, wait) => {
    const state = freshCells({ cells: 2 + by.cells });
    const log: [number, number, number][] = [];
    let now = 0;
    for (const [gap, amount, track] of events) {
      now += gap;
      add(state, by, amount, seconds(now), track);
      log.push([now, amount, track]);
    }
    now += wait;
    for (const track of [0, 1, 2]) {
      const within = (span: number): number =>
        log.reduce((sum, [time, one, on]) => on === track && time > now - span ? sum + one : sum, 0);
      const seen = counted(state, by, seconds(now), track);
      expect(seen).toBeGreaterThanOrEqual(within(1_200));
      expect(seen).toBeLessThanOrEqual(within(1_300));
      if (track === 0) expect(held(state, by)).toBeGreaterThanOrEqual(seen);
    }
    expect([...state.words.subarray(0, 2)]).toEqual([0, 0]);
  }), { numRuns: 500 });
});

test('a sliding count stops at the most a cell can hold, and does not turn negative', () => {
  const by = slicing(hours(1), 8);
  const state = freshCells({ cells: by.cells });
  for (let time = 0; time < 3; time++) add(state, by, 2 ** 31 - 2, hours(time / 4));
  expect(held(state, by)).toBe(2 ** 31 - 1);
  expect(counted(state, by, hours(1))).toBeGreaterThan(2 ** 31);
});

test('a sliding count that stopped is never below what its window holds', () => {
  const by = slicing(seconds(1_200), 12);
  const state = freshCells({ cells: by.cells });
  for (const time of [0, 500, 1_100]) add(state, by, 2 ** 31 - 5, seconds(time));
  for (const time of [1_250, 1_299, 1_350, 1_800, 2_500]) {
    add(state, by, 1, seconds(time));
    expect(held(state, by)).toBeGreaterThanOrEqual(Math.min(counted(state, by, seconds(time)), 2 ** 31 - 1));
  }
});

test('a count taken over by a module with another window still empties', () => {
  const day = slicing(hours(24), 8);
  const hour = slicing(hours(1), 8);
  for (const [before, after] of [[day, hour], [hour, day]] as const) {
    const state = freshCells({ cells: before.cells });
    for (let time = 0; time < hours(30); time += minutes(7)) add(state, before, 1, milliseconds(time));
    expect(counted(state, after, hours(30))).toBeGreaterThan(0);
    expect(counted(state, after, hours(60))).toBe(0);
  }
});

describe('the memory of addresses', () => {
  const fresh = (): Cells => freshCells({ cells: memoryCells, hasLeaf: true });

  test('below its size it is a set of fingerprints (oracle: Set), even of keys that collide', () => {
    const small = fc.nat({ max: 40 });
    const key = fc.oneof(small, fc.maxSafeNat(), small.map((high) => high * 2 ** 32));
    fc.assert(fc.property(fc.array(key, { maxLength: 300 }), key, (keys, other) => {
      const memory = fresh();
      const twin = new Set<number>();
      for (const address of addresses(...keys)) {
        expect(remember(memory, address)).toBe(!twin.has(fingerprint(address)));
        twin.add(fingerprint(address));
      }
      const [probe] = addresses(other);
      expect(isKnown(memory, probe!)).toBe(twin.has(fingerprint(probe!)));
    }));
  });

  test('a stranger passes for known once in 2^21 / (addresses remembered) times, be keys near or far', () => {
    for (const spread of [1, 2 ** 32 + 1, 2 ** 20 + 7]) {
      const memory = fresh();
      for (let key = 0; key < 4_096; key++) remember(memory, addresses(key * spread)[0]!);
      let taken = 0;
      for (let key = 5_000; key < 405_000; key++) {
        if (isKnown(memory, addresses(key * spread)[0]!)) taken += 1;
      }
      // 780 are expected (400,000 * 4,092 prints / 2^21), give or take 28; six of those are 168.
      expect(taken).toBeGreaterThan(780 - 168);
      expect(taken).toBeLessThan(780 + 168);
    }
  });

  test('20 people take 96 bytes, 48 take 192, 200 at most 640, the most of them at most 9.25 KB', () => {
    const memory = fresh();
    const bytesAfter = (count: number): number => {
      for (let key = 0; key < count; key++) remember(memory, addresses(key * 7_919)[0]!);
      return memory.leaves.lengthOf(memory.words[0]!) * 2;
    };
    expect(bytesAfter(20)).toBe(96);
    expect(bytesAfter(48)).toBe(192);
    expect(bytesAfter(200)).toBeLessThanOrEqual(640);
    expect(bytesAfter(100_000)).toBeLessThanOrEqual(9_216 + 256);
  });

  test('few are told apart by all their 21 bits, and give their leaf back when they are many', () => {
    const memory = fresh();
    const last = (key: number): number => fingerprint(addresses(key)[0]!) & 0x7fff;
    let alike = 1;
    while (last(alike) !== last(0)) alike += 1;
    remember(memory, addresses(0)[0]!);
    expect(isKnown(memory, addresses(alike)[0]!)).toBe(false);
    for (let key = 1; key < 48; key++) remember(memory, addresses(key * 7_919)[0]!);
    const [handle] = memory.words;
    remember(memory, addresses(48 * 7_919)[0]!);
    expect(memory.leaves.make(memory.leaves.lengthOf(handle!))).toBe(handle);
  });

  test('it keeps the latest 2,048 whatever comes, and of the older ones no more than that', () => {
    const memory = fresh();
    for (let key = 0; key < 20_000; key++) {
      remember(memory, addresses(key * 7_919)[0]!);
      // Met again and again, one is never forgotten.
      if (key % 500 === 0) expect(remember(memory, addresses(0)[0]!)).toBe(false);
    }
    for (let key = 20_000 - mostYoung; key < 20_000; key++) {
      expect(isKnown(memory, addresses(key * 7_919)[0]!)).toBe(true);
    }
    let known = 0;
    for (let key = 1; key < 20_000; key++) if (isKnown(memory, addresses(key * 7_919)[0]!)) known += 1;
    // Beside the 4,096 some 30 of the others pass for known (16,000 * 4,096 / 2^21).
    expect(known).toBeLessThan(2 * mostYoung + 80);
  });
});

type Message = readonly [time: number, recipients: readonly number[], allowance?: number];

const send = <State extends object>(module: Module<State>, messages: readonly Message[]): Verdict[] => {
  const state = module.fresh();
  return messages.map(([time, recipients, allowance = 0]) => {
    const submission = submissionOf({ recipients, allowance });
    const verdict = module.decide(state, submission, milliseconds(time));
    module.learn(state, submitted(submission, verdict), milliseconds(time));
    return verdict;
  });
};
const kinds = (verdicts: readonly Verdict[]): string => verdicts.map((verdict) => verdict.kind).join(' ');

describe('the recipient window', () => {
  test('never lets more than its limit through in any window (oracle: a log)', () => {
    const module = recipientWindow({ limit: 6, window: hours(1) });
    const wait = fc.constantFrom(0, 1, minutes(4), minutes(5), minutes(6), minutes(59), hours(1));
    fc.assert(fc.property(fc.array(fc.tuple(wait, fc.integer({ min: 1, max: 4 }))), (sent) => {
      let now = 0;
      const messages = sent.map(([gap, size]) => [now += gap, [1, 2, 3, 4].slice(0, size)] as const);
      const passed = messages.filter((_, index) => send(module, messages)[index]!.kind === 'pass');
      for (const [end] of passed) {
        const inside = passed.filter(([time]) => time > end - hours(1) && time <= end);
        expect(inside.reduce((sum, [, to]) => sum + to.length, 0)).toBeLessThanOrEqual(6);
      }
    }), { numRuns: 50 });
  });

  test('says what it counted and what is allowed', () => {
    const [, last] = send(recipientWindow({ limit: 3, window: hours(24) }), [[0, [1, 2]], [1, [1, 2]]]);
    const reason = { module: 'recipient-window', rule: 'recipients/24h', seen: 4, limit: 3 };
    expect(last).toEqual({ kind: 'defer', reason });
  });

  test("a contract raises the limit to a quarter above its worth in a window, and never lowers it", () => {
    const module = recipientWindow({ limit: 3, window: hours(2) });
    expect(kinds(send(module, [[0, [1, 2], 2], [0, [3, 4, 5], 2], [0, [6], 2]]))).toBe('pass pass defer');
    expect(kinds(send(module, [[0, [1, 2, 3], 1]]))).toBe('pass');
  });

  test('refuses parameters out of range', () => {
    expect(() => recipientWindow({ name: 'day', limit: 0.5, window: hours(1) }))
      .toThrow('day: limit is 0.5; it is a whole number from 1 to 10000000.');
    expect(() => recipientWindow({ limit: 1, window: milliseconds(5) })).toThrow(/from 1m to 31d/);
  });
});

describe('first-time recipients', () => {
  const module = firstTimeRecipients({ limit: 3, window: hours(24) });

  test('people who are written to again do not count', () => {
    const again = Array.from({ length: 50 }, () => [1_000, [1, 2, 3]] as const);
    expect(new Set(send(module, again).map((verdict) => verdict.kind))).toEqual(new Set(['pass']));
  });

  test('one stranger too many is refused, the known are not, and retrying makes nobody known', () => {
    const retries: Message[] = [[1, [3, 4]], [2, [3, 4]]];
    const verdicts = send(module, [[0, [1, 2]], ...retries, [3, [1, 2]], [4, [3]], [5, [4]], [6, [1, 3]]]);
    expect(kinds(verdicts)).toBe('pass defer defer pass pass defer pass');
    expect(verdicts[1]).toMatchObject({ reason: { rule: 'first-time recipients/24h', seen: 4, limit: 3 } });
  });

  test('an address given twice in one message is one stranger', () => {
    expect(kinds(send(module, [[0, [1, 1, 2, 2, 3, 3]], [1, [4]]]))).toBe('pass defer');
  });

  test('over its limit after a contract fell, it still refuses strangers (found by the laws)', () => {
    expect(kinds(send(module, [[0, [1, 2, 3, 4, 5], 1], [1, [6]], [2, [1]]]))).toBe('pass defer pass');
  });
});
