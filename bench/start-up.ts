// How long the command takes to start against node itself, and what a second core gives to a run of several
// seeds. Each pair in turns, and the best of each, since whatever else a machine does only ever adds.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Section } from './row.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const command = here('../cli/sharedfate.mjs');
const seeds = 8;

/** Seconds of wall time: it is what one waits for. */
const secondsOf = async (args: readonly string[]): Promise<number> => {
  const began = process.hrtime.bigint();
  await promisify(execFile)(process.execPath, args);
  return Number(process.hrtime.bigint() - began) / 1e9;
};

/** The best of so many turns of each, one after the other. */
const inTurns = async (
  turns: number, first: readonly string[], second: readonly string[],
): Promise<readonly [number, number]> => {
  let [one, two] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn += 1) {
    one = Math.min(one, await secondsOf(first));
    two = Math.min(two, await secondsOf(second));
  }
  return [one, two];
};

export const run: Section = async (print) => {
  print('start-up: the list of commands, and node itself');
  await secondsOf([command, '--help']); // Compiles it, where a source was edited.
  const [bare, help] = await inTurns(15, ['-e', '0'], [command, '--help']);
  print(`start-up: ${seeds} seeds on one thread and on two`);
  const out = await mkdtemp(join(tmpdir(), 'sharedfate-bench-'));
  const runOn = (threads: number): readonly string[] => [
    command, 'run', here('../scenarios/mixed-platform.ts'), '--seeds', String(seeds),
    '--jobs', String(threads), '--reporter', 'line', '--out', join(out, 'run'), '--force',
  ];
  try {
    const [one, two] = await inTurns(3, runOn(1), runOn(2));
    return [
      { name: 'bare node', value: bare * 1_000, unit: 'ms' },
      { name: 'sharedfate --help', value: help * 1_000, unit: 'ms' },
      { name: 'sharedfate --help over bare node', value: help / bare, unit: '', bound: 3 },
      { name: `${seeds} seeds on one thread`, value: one, unit: 's' },
      { name: `${seeds} seeds on two threads`, value: two, unit: 's' },
      // At least 1.65 times as fast.
      { name: 'two threads over one', value: two / one, unit: '', bound: 0.606 },
    ];
  } finally {
    await rm(out, { recursive: true });
  }
};
