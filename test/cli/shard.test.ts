// Seeds parted over machines: every one in exactly one part, and parts of like size.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserMistake } from '../../cli/faults.ts';
import { shardOf } from '../../cli/seeds.ts';

const seeds = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

test('every seed is in one part, and no part has two more than another', () => {
  const cases = fc.integer({ min: 1, max: 40 }).chain((count) =>
    fc.tuple(fc.constant(count), fc.integer({ min: 1, max: count })));
  fc.assert(fc.property(cases, ([count, parts]) => {
    const shards = seeds(parts).map((part) => shardOf(seeds(count), `${part}/${parts}`));
    expect(shards.flat().sort()).toEqual(seeds(count).sort());
    const sizes = shards.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }));
});

test('without a shard all seeds are meant', () => {
  expect(shardOf(seeds(3), undefined)).toEqual(['1', '2', '3']);
});

const none = ['', '2', '0/4', '5/4', '1/0', '2/4/6', '-1/4', 'a/b', '1.5/2'];
test.each(none)('a shard of "%s" is refused', (shard) => {
  expect(() => shardOf(seeds(8), shard)).toThrow(UserMistake);
});

test('a part without any seed is refused', () => {
  expect(() => shardOf(seeds(2), '3/4')).toThrow('--shard 3/4 has none of 2 seeds');
});
