// The policy's modules against the agenda alone, in a process of its own: what a message costs each of them,
// and the default policy, at 100 accounts (all in the processor's caches) and at 10,000 (hardly any of them).

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { PolicyFigures } from './policy-child.ts';
import type { Row, Section } from './row.ts';

const source = fileURLToPath(new URL('./policy-child.ts', import.meta.url));
const program = fileURLToPath(new URL('./build/policy.mjs', import.meta.url));

/**
 * Of the agenda's time for an event, at 10,000 keys and as many pending: a module, and the default policy.
 */
const bounds = { module: 2, policy: 6 };

export const run: Section = async (print) => {
  await build({ entryPoints: [source], outfile: program, bundle: true, platform: 'node', format: 'esm',
    packages: 'external' });
  const rows: Row[] = [];
  for (const accounts of [100, 10_000]) {
    print(`policy: ${accounts} accounts`);
    const flags = ['--expose-gc', program, String(accounts)];
    const { stdout } = await promisify(execFile)(process.execPath, flags);
    rows.push(...rowsOf(JSON.parse(stdout) as PolicyFigures));
  }
  return rows;
};

const rowsOf = ({ accounts, agendaNs, parts }: PolicyFigures): Row[] => [
  { name: `${accounts} accounts: agenda alone`, value: agendaNs, unit: 'ns/event' },
  ...parts.flatMap(({ name, ns, bytes }): Row[] => {
    const bound = accounts < 10_000 ? {} : { bound: name === 'default' ? bounds.policy : bounds.module };
    const what = `${accounts} accounts: ${name}`;
    return [
      { name: what, value: ns, unit: 'ns/message' },
      { name: `${what} over agenda`, value: ns / agendaNs, unit: '', ...bound },
      // Below 10,000 keys the heap's own noise is larger than the states.
      ...(accounts < 10_000 ? [] : [{ name: `${what}, heap`, value: bytes, unit: 'B/key' }]),
    ];
  }),
];
