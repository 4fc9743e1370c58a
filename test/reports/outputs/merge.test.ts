// Shards of one run put together: what comes out is the run as if it had never been parted.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeShards } from '../../../reports/outputs/merge.ts';
import type { RunResult } from '../../../sim/index.ts';
import { makeResult } from '../fixture.ts';

const whole = makeResult({ seeds: 12 });
const shardOf = (seeds: readonly number[], change: Partial<RunResult> = {}): RunResult => ({
  ...whole,
  seedsAsked: seeds.length,
  seeds: seeds.map((seed) => whole.seeds[seed - 1]!),
  ...change,
});
const merge = (...results: RunResult[]) =>
  mergeShards(results.map((result, index) => ({ where: `shard-${index}`, result })));

test('however the seeds were parted, with some in several shards, the whole run comes out', () => {
  const parts = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), { maxLength: 4 });
  fc.assert(fc.property(parts, (shards) => {
    const rest = whole.seeds.map((_, index) => index + 1).filter((seed) => !shards.flat().includes(seed));
    const merging = merge(...[...shards, rest].map((seeds) => shardOf(seeds)));
    expect(merging).toEqual({ kind: 'merged', result: whole });
  }));
});

test('seeds that no shard finished stay lacking, and are counted once', () => {
  const stopped = shardOf([1, 2, 3], { seedsAsked: 12 });
  const asked = (...results: RunResult[]): number => {
    const merging = merge(...results);
    return merging.kind === 'merged' ? merging.result.seedsAsked : Number.NaN;
  };
  expect(asked(stopped)).toBe(12);
  expect(asked(stopped, shardOf([4, 5]))).toBe(12);
  expect(asked(stopped, stopped)).toBe(12);
  const named = { ...whole.seeds[0]!, seed: 'monday' };
  expect(asked(stopped, shardOf([], { seeds: [named], seedsAsked: 3 }))).toBe(15);
});

test('numbers come in their order, names after them', () => {
  const renamed = ['b', '10', '9', 'a'].map((seed, index) => ({ ...whole.seeds[index]!, seed }));
  const merging = merge(shardOf([], { seeds: renamed, seedsAsked: 4 }));
  const order = merging.kind === 'merged' ? merging.result.seeds.map(({ seed }) => seed) : [];
  expect(order).toEqual(['9', '10', 'a', 'b']);
});

test.each<[string, Partial<RunResult>, RegExp]>([
  ['plan', { planHash: 'another' }, /^plan was 9f8e.*, is another$/],
  ['policy', { policy: { ...whole.policy, name: 'strict' } }, /^policy was default, is strict$/],
  ['text of the policy', { policy: { ...whole.policy, digest: 'abc' } }, /^policy file was none, is abc$/],
  ['version of the tool', { tool: 'sharedfate 9.9.9' }, /^tool was sharedfate 0\.1\.0, is .* 9\.9\.9$/],
  ['transport', { transport: 'wire' }, /^transport was memory, is wire$/],
])('shards of another %s are refused', (_what, change, how) => {
  const merging = merge(shardOf([1]), shardOf([2], change));
  expect(merging).toMatchObject({ kind: 'different', one: 'shard-0', two: 'shard-1' });
  expect(merging.kind === 'different' && merging.how).toMatch(how);
});

test('one seed with two fingerprints is a conflict that names both', () => {
  const other = { ...whole.seeds[1]!, fingerprint: 'feedfeedfeedfeed' };
  const merging = merge(shardOf([1, 2]), shardOf([3]), shardOf([], { seeds: [other], seedsAsked: 1 }));
  expect(merging).toMatchObject({ kind: 'conflict', one: 'shard-0', two: 'shard-2' });
  expect(merging.kind === 'conflict' && merging.how).toMatch(/^seed 2 has .* and feedfeedfeedfeed in/);
});

test('one fingerprint with two sets of figures is a conflict, too: a file was changed', () => {
  const other = { ...whole.seeds[1]!, innocents: 7 };
  expect(merge(shardOf([2]), shardOf([], { seeds: [other], seedsAsked: 1 }))).toMatchObject({
    kind: 'conflict', how: expect.stringContaining('one of the files was changed') as string,
  });
});
