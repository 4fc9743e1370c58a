// The published figures of area E that this folder's tests are judged by.

import { readFileSync } from 'node:fs';

interface Oracle {
  readonly id: string;
  readonly inputs: Readonly<Record<string, never>>;
  readonly expected: Readonly<Record<string, never>>;
}

const file = new URL('../../oracles/oracles.json', import.meta.url);
const { oracles } = JSON.parse(readFileSync(file, 'utf8')) as { readonly oracles: readonly Oracle[] };

/** Inputs and expectation of one entry, of the shape the caller states. */
export const oracle = <Inputs, Expected>(
  id: string,
): { readonly inputs: Inputs; readonly expected: Expected } => {
  const found = oracles.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`oracles.json has no entry ${id}`);
  return found as unknown as { readonly inputs: Inputs; readonly expected: Expected };
};
