// The published figures of area E that this folder's tests are judged by.

import { readFileSync } from 'node:fs';

interface Oracle {
  readonly id: string;
  readonly inputs: Readonly<Record<string, never>>;
  readonly expected: Readonly<Record<string, never>>;
  readonly tolerance: number | string;
}

const file = new URL('../../oracles/oracles.json', import.meta.url);
const { oracles } = JSON.parse(readFileSync(file, 'utf8')) as { readonly oracles: readonly Oracle[] };

interface Shaped<Inputs, Expected> {
  readonly inputs: Inputs;
  readonly expected: Expected;
  /** A number wherever the published figure is exact; a sentence where it was drawn by lot. */
  readonly tolerance: number;
}

/** Inputs, expectation and tolerance of one entry, of the shape the caller states. */
export const oracle = <Inputs, Expected>(id: string): Shaped<Inputs, Expected> => {
  const found = oracles.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`oracles.json has no entry ${id}`);
  return found as unknown as Shaped<Inputs, Expected>;
};

/** Every area E entry there is, so that a test can see that none is left out. */
export const statisticsOracles: readonly string[] = oracles
  .filter((entry) => (entry as { readonly area?: string }).area === 'E')
  .map(({ id }) => id);
