// A simulator that takes its time: seeds 1 and 2 are the real one's, the others last until they are told to
// stop. With FAULT set it fails as asked; with DEAF it does not listen; with QUICK every seed is the real
// one's.

import { writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { assumptionsOf } from '../../sim/assumptions.ts';
import { type RunRequest, runSeed as real, RunStopped } from '../../sim/run.ts';
import type { SeedResult } from '../../sim/result.ts';

export const assumptions = assumptionsOf;

export const runSeed = async (request: RunRequest): Promise<SeedResult> => {
  if (process.env['FAULT'] === 'port') await listenTwice();
  if (process.env['FAULT'] === 'policy') throw policyFault(request);
  if (process.env['FAULT'] === 'ours') throw new RangeError('the agenda lost an event');
  if (process.env['QUICK'] === 'yes' || ['1', '2'].includes(request.seed)) return real(request);
  writeSync(2, `seed ${request.seed} is under way\n`);
  // The thread is busy, as a simulation's is: nothing but the shared stop sign can reach it.
  while (request.onProgress?.(0) !== true || process.env['DEAF'] === 'yes');
  throw new RunStopped('stopped');
};

/** As the simulator throws it when a module of the policy threw. */
const policyFault = ({ seed }: RunRequest): Error => {
  const error = new Error('TypeError: no such tenant', { cause: new TypeError('no such tenant') });
  error.name = 'PolicyFault';
  return Object.assign(error, { at: 22_462_120, seed, submission: 81_204, module: 'brittle' });
};

const listenTwice = async (): Promise<void> => {
  const first = createServer().listen(0, '127.0.0.1');
  await once(first, 'listening');
  const { port } = first.address() as { readonly port: number };
  try {
    await once(createServer().listen(port, '127.0.0.1'), 'listening');
  } finally {
    first.close();
  }
};
