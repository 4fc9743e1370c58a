// The README's main job, from the command's start to the finished report, against the bare simulation of the
// same seeds, one after another in this process. The command has a worker thread for each core.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultPolicy } from '../policy/index.ts';
import story from '../scenarios/enron.ts';
import { parseTrace, readPlan, runSeed } from '../sim/index.ts';
import type { Section } from './row.ts';

const seeds = 20;
/** The whole command takes at most so many times the bare simulation. */
const most = 3;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const run: Section = async (print) => {
  print(`enron: ${seeds} seeds, bare`);
  const plan = readPlan(story.plan, 'scenarios/enron.ts');
  const file = 'traces/enron.csv';
  const trace = parseTrace(await readFile(here(`../scenarios/${file}`), 'utf8'), file);
  const traces = new Map([[file, trace]]);
  const bare = await secondsOf(() => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      runSeed({ plan, seed: String(seed), policy: defaultPolicy, traces });
    }
  });
  print(`enron: ${seeds} seeds by the command`);
  const out = await mkdtemp(join(tmpdir(), 'sharedfate-bench-'));
  const words = ['run', here('../scenarios/enron.ts'), '--seeds', String(seeds), '--out', join(out, 'run')];
  const command = [here('../cli/sharedfate.mjs'), ...words];
  const whole = await secondsOf(() => promisify(execFile)(process.execPath, command));
  await rm(out, { recursive: true });
  return [
    { name: `${seeds} seeds, bare simulation`, value: bare, unit: 's' },
    { name: `${seeds} seeds, command to report`, value: whole, unit: 's' },
    { name: 'command over bare simulation', value: whole / bare, unit: '', bound: most },
  ];
};

/** Wall time, since that is what one waits for. */
const secondsOf = async (work: () => unknown): Promise<number> => {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
};
