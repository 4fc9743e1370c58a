// The simulator as the worker threads call it: in memory, or over real sockets on loopback; and beside it the
// foreign software that the policy may speak for.

import { assumptionsOf } from '../sim/assumptions.ts';
import type { SeedResult } from '../sim/result.ts';
import { type RunRequest, runSeed as runInMemory, runSeedLive } from '../sim/run.ts';
import { hasHosts } from './hosts.ts';

export const runSeed = (request: RunRequest, wire: boolean): SeedResult | Promise<SeedResult> =>
  wire || hasHosts(request.policy) ? runLive(request, wire) : runInMemory(request);

export const assumptions = assumptionsOf;

/** Servers and daemons are ended whatever happens: they would keep their ports, and the thread alive. */
const runLive = async (request: RunRequest, isOnWire: boolean): Promise<SeedResult> => {
  const { startHosts, startWire } = await import('../testbed/index.ts');
  const opened: { close(): Promise<void> }[] = [];
  const keep = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
    opened.push(one);
    return one;
  };
  try {
    return await runSeedLive(request, async (world) => {
      if (hasHosts(request.policy)) world.host = keep(await startHosts(request.policy, world));
      return isOnWire ? keep(await startWire(world)) : world.transport;
    });
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
};
