// The whole run in memory against the agenda alone: 10,000 offices behind one address under the default
// policy, about one and ten million messages. BENCH_QUICK=1 leaves the ten million out, which take minutes.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';
import type { Row, Section } from './row.ts';
import type { RunFigures } from './run-child.ts';

const source = fileURLToPath(new URL('./run-child.ts', import.meta.url));
const program = fileURLToPath(new URL('./build/run.mjs', import.meta.url));

/** An event, with all it does, costs at most so many of the agenda's; peak memory is at most so many MB. */
const bounds = { ratio: 15, memory: 300, growth: 1.1 };

/** Lengths that come out at about as many messages: 40 a working day and office, few at weekends. */
const cases = [
  { name: '1 M messages', length: '61h' },
  { name: '10 M messages', length: '780h' },
];

export const run: Section = async (print) => {
  await bundle(source, program);
  const rows: Row[] = [];
  const peaks: number[] = [];
  for (const { name, length } of process.env['BENCH_QUICK'] === '1' ? cases.slice(0, 1) : cases) {
    print(`run: ${name}`);
    const { stdout } = await promisify(execFile)(process.execPath, [program, length]);
    const figures = JSON.parse(stdout) as RunFigures;
    peaks.push(figures.peakMb);
    rows.push(...rowsOf(name, figures));
  }
  if (peaks.length === 2) {
    const growth = peaks[1]! / peaks[0]!;
    rows.push({ name: 'peak memory of 10 M over 1 M', value: growth, unit: '', bound: bounds.growth });
  }
  return rows;
};

const rowsOf = (name: string, figures: RunFigures): readonly Row[] => [
  { name: `${name}: agenda alone`, value: figures.agendaNs, unit: 'ns/event' },
  { name: `${name}: an event`, value: figures.nsPerEvent, unit: 'ns' },
  { name: `${name}: a message`, value: figures.nsPerMessage, unit: 'ns' },
  {
    name: `${name}: event over agenda`, value: figures.nsPerEvent / figures.agendaNs, unit: '',
    bound: bounds.ratio,
  },
  { name: `${name}: message over agenda`, value: figures.nsPerMessage / figures.agendaNs, unit: '' },
  { name: `${name}: peak memory`, value: figures.peakMb, unit: 'MB', bound: bounds.memory },
];
