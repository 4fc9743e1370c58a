// The policy's modules against the agenda alone, each in a process of its own: what a message costs each of
// them, and the default policy, at 100 accounts (all in the processor's caches), at 10,000 (hardly any of
// them) and at 1 M. What making the messages takes is measured with nobody to judge them, and taken off.
// BENCH_QUICK=1 leaves the million out, which takes minutes.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultPolicy } from '../policy/index.ts';
import { bundle } from './bundle.ts';
import type { PolicyFigures } from './policy-child.ts';
import { detectors } from './policy-detectors.ts';
import { fastest, type Row, type Section } from './row.ts';

const source = fileURLToPath(new URL('./policy-child.ts', import.meta.url));
const program = fileURLToPath(new URL('./build/policy.mjs', import.meta.url));

/**
 * Of the agenda's time for an event, at 10,000 keys and as many pending: a module, and the default policy.
 * Bytes a key, of a module. Peak memory at 1 M in MB.
 */
const bounds = { module: 2, policy: 6, bytes: 256, peakMb: 1_500 };

/**
 * People an account knows: many, and as few as those in the Enron trace do, who wrote to 18 different ones of
 * their fellows on average, 83 at most. Memory of addresses hangs on it.
 */
const correspondents = { many: 200, few: 20 };

export const run: Section = async (print) => {
  await bundle(source, program);
  const rows: Row[] = [];
  for (const accounts of [100, 10_000]) {
    print(`policy: ${accounts} accounts`);
    const policy = await figuresOf(accounts, correspondents.many);
    const load = await loadNs(accounts);
    rows.push({ name: `${accounts} accounts: agenda alone`, value: policy.agendaNs, unit: 'ns/event' });
    rows.push({ name: `${accounts} accounts: making a message`, value: load, unit: 'ns/message' });
    rows.push(...rowsOf(policy, load));
    for (const place of [...defaultPolicy.modules, ...detectors].keys()) {
      rows.push(...rowsOf(await figuresOf(accounts, correspondents.many, place), load));
    }
  }
  rows.push(await stateOfFew());
  return process.env['BENCH_QUICK'] === '1' ? rows : [...rows, ...await million(print)];
};

/** Of making a message; the fastest of three, as it is taken off all others. */
const loadNs = async (accounts: number): Promise<number> => {
  const taken: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    taken.push((await figuresOf(accounts, correspondents.many, 'none')).ns);
  }
  return fastest(taken);
};

/** What the memory of addresses takes of an account that knows few people. */
const stateOfFew = async (): Promise<Row> => {
  const place = defaultPolicy.modules.findIndex(({ name }) => name === 'first-time-recipients');
  const { bytes, name } = await figuresOf(10_000, correspondents.few, place);
  const what = `10000 accounts of ${correspondents.few} correspondents: ${name}, state`;
  return { name: what, value: bytes, unit: 'B/key', bound: bounds.bytes };
};

const million = async (print: (line: string) => void): Promise<readonly Row[]> => {
  print('policy: 1,000,000 accounts');
  const { agendaNs, bytes, ns, peakMb } = await figuresOf(1_000_000, correspondents.few);
  const what = `1000000 accounts of ${correspondents.few} correspondents: default`;
  return [
    { name: what, value: ns, unit: 'ns/message' },
    { name: `${what} over agenda`, value: ns / agendaNs, unit: '' },
    { name: `${what}, state`, value: bytes, unit: 'B/key' },
    { name: `${what}, peak memory`, value: peakMb, unit: 'MB', bound: bounds.peakMb },
  ];
};

const figuresOf = async (
  accounts: number, known: number, ...place: readonly (number | 'none')[]
): Promise<PolicyFigures> => {
  const args = ['--expose-gc', program, ...[accounts, known, ...place].map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as PolicyFigures;
};

/** `load`: nanoseconds of making a message, which are not the policy's. */
const rowsOf = ({ accounts, agendaNs, bytes, name, ns: all }: PolicyFigures, load: number): Row[] => {
  const ns = all - load;
  const isPolicy = name === 'default';
  const bound = accounts < 10_000 ? {} : { bound: isPolicy ? bounds.policy : bounds.module };
  const what = `${accounts} accounts: ${name}`;
  return [
    { name: what, value: ns, unit: 'ns/message' },
    { name: `${what} over agenda`, value: ns / agendaNs, unit: '', ...bound },
    // Below 10,000 keys the heap's own noise is larger than the states.
    ...(accounts < 10_000 ? [] : [{
      name: `${what}, state`, value: bytes, unit: 'B/key', ...(isPolicy ? {} : { bound: bounds.bytes }),
    }]),
  ];
};
