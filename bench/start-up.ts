// How long the command takes to start against node itself. In turns, and the best of each, since whatever
// else a machine does only ever adds.

import { fileURLToPath } from 'node:url';
import type { Section } from './row.ts';
import { secondsOf } from './wall.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const command = here('../cli/sharedfate.mjs');

/** The best of so many turns of each, one after the other. */
const inTurns = async (
  turns: number, first: readonly string[], second: readonly string[],
): Promise<readonly [number, number]> => {
  let [one, two] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn += 1) {
    one = Math.min(one, await secondsOf(process.execPath, first));
    two = Math.min(two, await secondsOf(process.execPath, second));
  }
  return [one, two];
};

export const run: Section = async (print) => {
  print('start-up: the list of commands, and node itself');
  await secondsOf(process.execPath, [command, '--help']); // Compiles it, where a source was edited.
  const [bare, help] = await inTurns(15, ['-e', '0'], [command, '--help']);
  return [
    { name: 'bare node', value: bare * 1_000, unit: 'ms' },
    { name: 'sharedfate --help', value: help * 1_000, unit: 'ms' },
    { name: 'sharedfate --help over bare node', value: help / bare, unit: '', bound: 3 },
  ];
};
