// What size costs: tenants, messages, days, registers and addresses, each varied alone, every run in a
// process of its own. docs/SCALE.md has the figures and what follows from them. From 100,000 tenants on a run
// takes minutes; BENCH_QUICK=1 leaves those out.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';
import type { Row, Section } from './row.ts';
import type { ScaleFigures, ScaleSize } from './scale-child.ts';

const source = fileURLToPath(new URL('./scale-child.ts', import.meta.url));
const program = fileURLToPath(new URL('./build/scale.mjs', import.meta.url));

/** The heap that node may have, in MB: a million tenants need more than it takes by itself. */
const heapMb = 16_000;

const usual: ScaleSize = { tenants: 1_000, perDay: 4, days: 1, registers: 3, addresses: 1 };
const small: ScaleSize = { ...usual, tenants: 10_000 };
const sizes: readonly (ScaleSize & { readonly isLarge?: true })[] = [
  usual, small, { ...usual, perDay: 40 }, { ...small, perDay: 40 },
  { ...usual, days: 7 }, { ...usual, days: 30 }, { ...usual, days: 90 },
  { ...small, registers: 0 }, { ...small, registers: 12 },
  { ...small, addresses: 100 }, { ...small, addresses: 1_000 }, { ...small, addresses: 10_000 },
  { ...usual, tenants: 100_000, isLarge: true }, { ...usual, tenants: 1_000_000, perDay: 1, isLarge: true },
];

export const run: Section = async (print) => {
  await bundle(source, program);
  const rows: Row[] = [];
  for (const { isLarge, ...size } of sizes) {
    if (isLarge === true && process.env['BENCH_QUICK'] === '1') continue;
    const name = nameOf(size);
    print(`scale: ${name}`);
    const args = [`--max-old-space-size=${heapMb}`, program, JSON.stringify(size)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    rows.push(...rowsOf(name, JSON.parse(stdout) as ScaleFigures));
  }
  return rows;
};

const nameOf = ({ tenants, perDay, days, registers, addresses }: ScaleSize): string =>
  `${tenants} tenants, ${perDay} a day, ${days} d, ${registers} registers, ${addresses} addresses`;

const rowsOf = (name: string, { cpuS, messages, peakMb, agendaNs }: ScaleFigures): readonly Row[] => [
  { name: `${name}: messages`, value: messages, unit: '' },
  { name: `${name}: whole run`, value: cpuS, unit: 's' },
  { name: `${name}: a message, all told`, value: cpuS * 1e6 / messages, unit: 'us' },
  { name: `${name}: whole run over agenda`, value: cpuS * 1e9 / agendaNs / messages, unit: 'events/message' },
  { name: `${name}: peak memory`, value: peakMb, unit: 'MB' },
];
