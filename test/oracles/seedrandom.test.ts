// The generator that the state of every stream is derived from is the published one, to the last digit, on
// every Node: a fingerprint rests on it.

import { readFileSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';

interface Published {
  readonly prng_first: readonly number[];
  readonly int32: number;
  readonly quick: number;
  readonly alea: readonly number[];
  readonly xorshift7: number;
  readonly xor128: number;
  readonly tychei: number;
}
const { oracles } = JSON.parse(readFileSync(new URL('./oracles.json', import.meta.url), 'utf8')) as {
  readonly oracles: readonly { readonly id: string; readonly expected: unknown }[];
};
const published = oracles.find(({ id }) => id === 'seedrandom')!.expected as Published;
const seed = 'hello.';

test('seedrandom and its alea draw the published numbers', () => {
  const first = seedrandom(seed);
  expect([first(), first()]).toEqual(published.prng_first);
  expect(seedrandom(seed).int32()).toBe(published.int32);
  expect(seedrandom(seed).quick()).toBe(published.quick);
  const alea = seedrandom.alea(seed);
  expect([alea(), alea()]).toEqual(published.alea);
  expect(seedrandom.xorshift7(seed)()).toBe(published.xorshift7);
  expect(seedrandom.xor128(seed)()).toBe(published.xor128);
  expect(seedrandom.tychei(seed)()).toBe(published.tychei);
});
