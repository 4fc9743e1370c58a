// What a second core gives to a run of eight seeds: the whole command on one core, on two with one thread,
// and on two with two. In turns, and the best of each, since whatever else a machine does only ever adds.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { officesPlan } from './offices.ts';
import type { Row, Section } from './row.ts';
import { secondsOf } from './wall.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const seeds = 8;
const turns = 2;
/** At least 1.65 times as fast. */
const bound = 0.606;

/** Seconds a seed, so that compiling hot code is a small part of it. */
const longPlan = officesPlan(1_000, '20d');

/** One core alone is Linux' to give. */
const canPin = (): Promise<boolean> =>
  secondsOf('taskset', ['-c', '0', 'true']).then(() => true, () => false);

const rowsOf = async (name: string, scenario: string, out: string): Promise<readonly Row[]> => {
  const command = (threads: number): readonly string[] => [
    here('../cli/sharedfate.mjs'), 'run', scenario, '--seeds', String(seeds), '--jobs', String(threads),
    '--reporter', 'line', '--out', join(out, 'run'), '--force',
  ];
  const isPinned = await canPin();
  let [core, one, two] = [Infinity, Infinity, Infinity];
  for (let turn = 0; turn < turns; turn += 1) {
    if (isPinned) {
      const alone = ['-c', '0', process.execPath, ...command(1)];
      core = Math.min(core, await secondsOf('taskset', alone));
    }
    one = Math.min(one, await secondsOf(process.execPath, command(1)));
    two = Math.min(two, await secondsOf(process.execPath, command(2)));
  }
  const rows: Row[] = [
    { name: `${name}: ${seeds} seeds, one thread`, value: one, unit: 's' },
    { name: `${name}: two threads`, value: two, unit: 's' },
    // One thread has the second core too, for collecting garbage and for compiling.
    { name: `${name}: two threads over one`, value: two / one, unit: '' },
  ];
  if (!isPinned) return rows;
  return [
    { name: `${name}: one core`, value: core, unit: 's' }, ...rows,
    { name: `${name}: two cores over one`, value: two / core, unit: '', bound },
  ];
};

export const run: Section = async (print) => {
  const out = await mkdtemp(join(tmpdir(), 'sharedfate-bench-'));
  try {
    const plan = join(out, 'offices.json');
    await writeFile(plan, JSON.stringify(longPlan));
    print(`cores: ${seeds} short seeds`);
    const short = await rowsOf('mixed-platform', here('../scenarios/mixed-platform.ts'), out);
    print(`cores: ${seeds} long seeds`);
    return [...short, ...await rowsOf('1,000 offices, 20 days', plan, out)];
  } finally {
    await rm(out, { recursive: true });
  }
};
