// The simulator as the worker threads call it: in memory, or over real sockets on loopback.

import { assumptionsOf } from '../sim/assumptions.ts';
import type { SeedResult } from '../sim/result.ts';
import { type RunRequest, runSeed as runInMemory, runSeedLive } from '../sim/run.ts';
import type { Wire } from '../testbed/index.ts';

export const runSeed = (request: RunRequest, wire: boolean): SeedResult | Promise<SeedResult> =>
  wire ? runOnTheWire(request) : runInMemory(request);

export const assumptions = assumptionsOf;

/** The servers are closed whatever happens: an open one would keep its port, and the thread alive. */
const runOnTheWire = async (request: RunRequest): Promise<SeedResult> => {
  const { startWire } = await import('../testbed/index.ts');
  const opened: Wire[] = [];
  try {
    return await runSeedLive(request, async (world) => {
      const wire = await startWire(world);
      opened.push(wire);
      return wire;
    });
  } finally {
    await Promise.all(opened.map((wire) => wire.close()));
  }
};
