// The agenda against std::priority_queue in C++, in the same run and round by round in turn: a ratio says
// more of the code, and less of the machine, than nanoseconds do. Both sides must hand out the same events in
// the same order.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Delays, exponentialDelays, Hold, meanMs, nearAndFarDelays, roundEvents } from './hold.ts';
import { fastest, type Row, type Section } from './row.ts';

const source = fileURLToPath(new URL('./cpp/hold.cpp', import.meta.url));
const build = fileURLToPath(new URL('./build/', import.meta.url));
const program = `${build}hold`;
const rounds = 9;

interface Case {
  readonly name: string;
  readonly pending: number;
  readonly delays: () => Delays;
  readonly bound?: number;
}

const exponential = (pending: number, mean: number, what: string, bound?: number): Case => {
  const name = `${pending} pending, exponential of ${what}`;
  return { name, pending, delays: () => exponentialDelays(mean), ...(bound === undefined ? {} : { bound }) };
};

// The bounds are those the project set itself for exponential delays. An hour is what mail's tenants have:
// few events a second, the hard case for a wheel. A second is the easy one: several events a millisecond at
// 10,000 pending.
const cases: readonly Case[] = [
  exponential(100, meanMs, 'an hour', 1.35),
  exponential(10_000, meanMs, 'an hour', 0.7),
  exponential(1_000_000, meanMs, 'an hour', 0.7),
  exponential(100, 1_000, 'a second', 1.35),
  exponential(10_000, 1_000, 'a second', 0.7),
  exponential(1_000_000, 1_000, 'a second', 0.7),
  { name: '10000 pending, near and far', pending: 10_000, delays: nearAndFarDelays },
  { name: '1000000 pending, near and far', pending: 1_000_000, delays: nearAndFarDelays },
];

/** Where no compiler is found the ratios are left out, and only the agenda's own time is reported. */
export const run: Section = async (print) => {
  const hasCompiler = compiled(print);
  const rows: Row[] = [];
  for (const one of cases) {
    print(`agenda: ${one.name}`);
    const delays = one.delays();
    const other = hasCompiler ? new Yardstick(one.pending, delays) : null;
    try {
      rows.push(...await compare(one, new Hold(one.pending, delays), other));
    } finally {
      await other?.close();
    }
  }
  return rows;
};

const compare = async (one: Case, ours: Hold, other: Yardstick | null): Promise<readonly Row[]> => {
  // The first round warms up and compares the order.
  const hash = ours.hash(roundEvents);
  const first = await other?.round();
  if (first !== undefined && first.hash !== hash) throw new Error(`bench: ${one.name}: the orders differ`);
  ours.round(roundEvents);
  await other?.round();

  const own: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(ours.round(roundEvents));
    if (other !== null) theirs.push((await other.round()).ns);
  }
  const time: Row = { name: `${one.name}: agenda`, value: fastest(own), unit: 'ns/event' };
  if (other === null) return [time];
  const bound = one.bound === undefined ? {} : { bound: one.bound };
  return [
    time,
    { name: `${one.name}: std::priority_queue`, value: fastest(theirs), unit: 'ns/event' },
    { name: `${one.name}: ratio`, value: fastest(own) / fastest(theirs), unit: '', ...bound },
  ];
};

const compiled = (print: (line: string) => void): boolean => {
  mkdirSync(build, { recursive: true });
  try {
    const words = ['-O3', '-march=native', '-o', program, source];
    execFileSync('g++', words, { stdio: ['ignore', 'ignore', 'pipe'] });
    return true;
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no g++ on this machine' : String(cause);
    print(`agenda: without the C++ yardstick: ${why}`);
    return false;
  }
};

/** The C++ program, which runs a round whenever it is sent a line. */
class Yardstick {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #file: string;

  constructor(pending: number, delays: Delays) {
    this.#file = `${build}delays-${process.pid}.bin`;
    writeFileSync(this.#file, new Uint8Array(delays.buffer));
    const words = [String(pending), String(roundEvents), this.#file];
    this.#child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async round(): Promise<{ readonly ns: number; readonly hash: number }> {
    this.#child.stdin!.write('round\n');
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('bench: the C++ yardstick ended early');
    const [ns, hash] = line.value.split(' ').map(Number);
    return { ns: ns!, hash: hash! };
  }

  async close(): Promise<void> {
    this.#child.stdin!.end();
    await this.#lines.next();
    rmSync(this.#file, { force: true });
  }
}
