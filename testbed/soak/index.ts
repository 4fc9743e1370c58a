// `npm run soak -- [--minutes 30] [--seed 1] [--only serve,mocks]`: mixed load and faults on loopback, and an
// account of every answer at the end. Exit code 0 where all accounts balance, else 1.

import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { loads } from './loads.ts';
import { soak } from './soak.ts';
import { isSound, tableOf } from './table.ts';

const usage = 'npm run soak -- [--minutes 30] [--seed 1] [--only <load,load>]\n' +
  `loads: ${loads.map(({ name }) => name).join(', ')}`;

const refuse = (what: string): never => {
  console.error(`soak: ${what}\n${usage}`);
  process.exit(2);
};

const read = () => {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' },
        only: { type: 'string', default: '' }, help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
};

const { help, minutes, only, seed } = read();
if (help) {
  console.log(usage);
  process.exit(0);
}
const span = /^\d{1,4}(?:\.\d+)?$/.test(minutes) ? Number(minutes) : 0;
if (span < 0.05) refuse(`--minutes is ${JSON.stringify(minutes)}; it is a number from 0.05 to 9999.`);
if (seed === '') refuse('--seed is empty; it names the luck.');
const names = only === '' ? loads.map(({ name }) => name) : only.split(',');
const unknown = names.filter((name) => !loads.some((load) => load.name === name));
if (unknown.length > 0) refuse(`there is no load ${unknown.join(', ')}.`);

// Other work has the right of way.
setPriority(5);
const stop = new AbortController();
let presses = 0;
const press = (): void => {
  presses += 1;
  if (presses > 1) process.exit(130);
  console.error('Stopping; the books are closed. Press control-C again to quit at once.');
  stop.abort();
};
process.on('SIGINT', press);
process.on('SIGTERM', press);

const report = await soak({
  loads: loads.filter(({ name }) => names.includes(name)), minutes: span, seed, stop: stop.signal,
  tell: (line) => console.error(line),
});
console.log(tableOf(report, seed));
process.exit(presses > 0 ? 130 : isSound(report) ? 0 : 1);
