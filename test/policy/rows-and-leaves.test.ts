// Where states of numbers lie: rows for keys in any order, leaves of any length, and the lists they are saved
// as.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, fill, freshCells, listOf } from '../../policy/cells.ts';
import { defaultPolicy, pass, PolicyEngine, type Snapshot, zero } from '../../policy/index.ts';
import { Leaves, longestLeaf } from '../../policy/leaves.ts';
import { Rows } from '../../policy/rows.ts';
import { submissionOf, submitted } from '../../laws/build.ts';

test('a row keeps what was written to it, whatever rows are opened later (oracle: Map)', () => {
  const key = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(2_047, 2_048, 4_095, 4_096, 10_000));
  fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat())), (writes) => {
    const rows = new Rows(3);
    const twin = new Map<number, number>();
    for (const [number, value] of writes) {
      const words = rows.openFor(number);
      words[rows.startIn(words, number) + 2] = value;
      twin.set(number, value);
    }
    for (const number of [...twin.keys(), 41, 2_049, 100_000]) {
      const words = rows.wordsFor(number);
      const start = rows.startIn(words, number);
      expect([...words.subarray(start, start + 3)]).toEqual([0, 0, twin.get(number) ?? 0]);
    }
    expect(rows.length).toBeGreaterThan(Math.max(-1, ...twin.keys()));
  }));
});

describe('leaves', () => {
  test('keep apart, and one given back is empty when it is made again (oracle: a list of lists)', () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.constant(0));
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const leaves = new Leaves();
      const held: { handle: number; mark: number }[] = [];
      steps.forEach((length, at) => {
        if (length === 0) {
          const gone = held.shift();
          if (gone !== undefined) leaves.free(gone.handle);
          return;
        }
        const handle = leaves.make(length);
        const start = leaves.startOf(handle);
        expect(leaves.lengthOf(handle)).toBeGreaterThanOrEqual(length);
        const leaf = leaves.halvesOf(handle).subarray(start, start + leaves.lengthOf(handle));
        expect(leaf.every((half) => half === 0)).toBe(true);
        leaf.fill(at + 1);
        held.push({ handle, mark: at + 1 });
      });
      for (const { handle, mark } of held) {
        const start = leaves.startOf(handle);
        const leaf = leaves.halvesOf(handle).subarray(start, start + leaves.lengthOf(handle));
        expect(leaf.every((half) => half === mark)).toBe(true);
      }
    }), { numRuns: 30 });
  });

  test('of a block that emptied are made anew in its place', () => {
    const leaves = new Leaves();
    const many = (length: number): number[] => Array.from({ length: 300 }, () => leaves.make(length));
    for (let round = 0; round < 20; round++) {
      for (const length of [4_096, 5_120]) for (const handle of many(length)) leaves.free(handle);
    }
    const blocks = new Set([...many(4_096), ...many(5_120)].map((handle) => leaves.halvesOf(handle)));
    expect(blocks.size).toBeLessThanOrEqual(2 + 3 + 3);   // 102 or 128 to a block, and the first 16 apart
  });

  test('have a greatest length', () => {
    expect(() => new Leaves().make(longestLeaf + 1)).toThrow(`the longest has ${longestLeaf}`);
  });
});

describe('a state of numbers as a list', () => {
  const layout = { cells: 3, hasLeaf: true };
  const grown = (): Cells => {
    const state = freshCells(layout);
    state.words.set([state.leaves.make(70), -5, 2 ** 31 - 1]);
    state.leaves.halvesOf(state.words[0]!)[7] = 65_535;
    return state;
  };

  test('comes back from JSON, its leaf with it, over whatever was there', () => {
    const list = listOf(grown(), layout);
    const other = grown();
    fill(other, layout, JSON.parse(JSON.stringify(list)));
    expect(listOf(other, layout)).toEqual(list);
    expect(list.slice(1, 3)).toEqual([-5, 2 ** 31 - 1]);
  });

  test.each<readonly [string, unknown]>([
    ['an object', { paidUntil: 0 }], ['too short a list', [0, 1]], ['a leaf that is not there', [16, 0, 0]],
    ['a leaf nobody spoke of', [0, 0, 0, 9]], ['words', ['0', '0', '0']],
  ])('is refused where it is %s', (_, list) => {
    expect(() => fill(freshCells(layout), layout, list)).toThrow(TypeError);
  });
});

describe("the default policy's states", () => {
  const busy = (): PolicyEngine => {
    const engine = new PolicyEngine(defaultPolicy);
    for (const account of [3, 70, 5_000]) {
      const submission = submissionOf({ account, recipients: Array.from({ length: 60 }, (_, at) => at) });
      engine.learn(submitted(submission, pass), zero);
    }
    return engine;
  };

  test('are saved and come back for accounts in any block', () => {
    const saved = busy().snapshot();
    expect(saved.states['first-time-recipients']!.map(([account]) => account)).toEqual([3, 70, 5_000]);
    const other = new PolicyEngine(defaultPolicy);
    for (let turn = 0; turn < 2; turn++) other.restore(saved);
    expect(other.snapshot()).toEqual(saved);
  });

  test('of another form are refused by the name of their module', () => {
    const states = { 'token-bucket': [[0, { paidUntil: 5 }]] } as Snapshot['states'];
    const odd = { policy: 'default', states, suspended: { accounts: [], tenants: [] } };
    expect(() => busy().restore(odd)).toThrow(/module token-bucket: the snapshot does not fit/);
    for (const key of ['x', -1, 0.5, 2 ** 31]) {
      const elsewhere = { ...odd, states: { 'token-bucket': [[key, [0, 0]]] } } as Snapshot;
      expect(() => busy().restore(elsewhere)).toThrow(/token-bucket: the snapshot .* no account/);
    }
  });
});
