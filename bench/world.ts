// The full world (every receiver, every register, the desk, the default policy) against the first version of
// this simulator, which is taken from the repository's history; and how both time and memory grow with
// tenants and with messages.

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';
import { median, type Row, type Section } from './row.ts';
import type { WorldFigures } from './world-child.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The commit that ended the first version: three receivers, three registers, a first desk. */
const firstVersion = 'a943d62';

const bounds = { overFirst: 1.8, tenants: 3, bytesPerTenant: 1_500, growth: 1.1 };

/** The first version's whole run as a program; null where the history is not at hand. */
const firstProgram = async (): Promise<string | null> => {
  const folder = at('./build/first');
  try {
    mkdirSync(folder, { recursive: true });
    const archive = execFileSync('git', ['archive', firstVersion, 'bench', 'policy', 'sim', 'package.json'], {
      cwd: at('..'), maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'],
    });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
  } catch {
    return null;
  }
  await bundle(`${folder}/bench/run-child.ts`, at('./build/first-run.mjs'));
  return at('./build/first-run.mjs');
};

const figuresOf = async (program: string, ...args: readonly string[]): Promise<WorldFigures> => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return JSON.parse(stdout) as WorldFigures;
};

export const run: Section = async (print) => {
  const program = at('./build/world.mjs');
  await bundle(at('./world-child.ts'), program);
  const rows: Row[] = [];
  const first = await firstProgram();
  if (first === null) print('world: no history here, so nothing to compare the first version with');
  else rows.push(...await againstFirst(first, program, print));
  rows.push(...await growth(program, print));
  return rows;
};

/** In turns, so that a noisy machine disturbs both alike. */
const againstFirst = async (
  first: string, program: string, print: (line: string) => void,
): Promise<readonly Row[]> => {
  const old: number[] = [];
  const now: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    print(`world: 10,000 offices, first version and full world, turn ${turn + 1} of 3`);
    old.push((await figuresOf(first, '24h')).nsPerMessage);
    now.push((await figuresOf(program, '10000', '24h')).nsPerMessage);
  }
  return [
    { name: 'first version: a message', value: median(old), unit: 'ns' },
    { name: 'full world: a message', value: median(now), unit: 'ns' },
    {
      name: 'full world over first version', value: median(now) / median(old), unit: '',
      bound: bounds.overFirst,
    },
  ];
};

const growth = async (program: string, print: (line: string) => void): Promise<readonly Row[]> => {
  print('world: 1,000 and 100,000 offices, and a long run');
  const few = await figuresOf(program, '1000', '240h');
  const many = await figuresOf(program, '100000', '24h');
  // The same mail from a thousand and from a hundred thousand: what is more is the tenants', not the queue's.
  const memory = async (tenants: string, policy: string, perDay: string): Promise<WorldFigures> =>
    figuresOf(program, tenants, '24h', policy, perDay);
  const bare = await memory('1000', 'accept-everything', '40');
  const bareMany = await memory('100000', 'accept-everything', '0.4');
  const kept = await memory('1000', 'default', '40');
  const keptMany = await memory('100000', 'default', '0.4');
  // One address cannot empty the queue of so many for the receivers that take little of it: it fills for the
  // five days that mail is kept, and only then can a run's memory be flat.
  const filling = await figuresOf(program, '10000', '120h');
  const long = await figuresOf(program, '10000', '240h');
  const longer = await figuresOf(program, '10000', '480h');
  const perTenant = (figures: WorldFigures, base: WorldFigures): number =>
    ((figures.peakMb - base.peakMb) * 1e6) / 99_000;
  return [
    {
      name: 'a message at 100,000 tenants over one at 1,000', value: many.nsPerMessage / few.nsPerMessage,
      unit: '', bound: bounds.tenants,
    },
    {
      name: 'memory a tenant, without policy', value: perTenant(bareMany, bare), unit: 'bytes',
      bound: bounds.bytesPerTenant,
    },
    { name: 'memory a tenant, default policy', value: perTenant(keptMany, kept), unit: 'bytes' },
    { name: 'peak memory of 20 days over 5', value: longer.peakMb / filling.peakMb, unit: '' },
    {
      name: 'peak memory of 20 days over 10', value: longer.peakMb / long.peakMb, unit: '',
      bound: bounds.growth,
    },
  ];
};
