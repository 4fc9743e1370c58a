// Two transports, one truth: every scenario over real SMTP and DNS on loopback comes to what it comes to in
// memory.

import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/index.ts';
import { type RunRequest, runSeed, runSeedLive } from '../../sim/run.ts';
import { startWire, type Wire } from '../../testbed/index.ts';
import { shrink, smallScenarios } from './small.ts';

const onTheWire = async (request: RunRequest) => {
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

describe.each(smallScenarios().map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  (_, { plan, traces }) => {
    test('has the same fingerprint, metrics, listings and replies on the wire as in memory', async () => {
      const request: RunRequest = { plan: shrink(plan, 2), traces, seed: '1', policy: defaultPolicy };
      const memory = runSeed(request);
      const wire = await onTheWire(request);
      expect(wire.fingerprint).toBe(memory.fingerprint);
      expect(wire.metrics).toEqual(memory.metrics);
      expect(wire.receivers).toEqual(memory.receivers);
      expect(wire).toEqual(memory);
      // Nothing would be shown by a run in which no receiver ever refused anything.
      expect(wire.receivers.filter((row) => row.class !== 'accepted').length).toBeGreaterThan(0);
    }, 30_000);
  },
);

test('a run in memory given a transport that answers later says so', async () => {
  const [{ plan, traces }] = smallScenarios() as [ReturnType<typeof smallScenarios>[number]];
  const request: RunRequest = {
    plan,
    traces,
    seed: '1',
    policy: defaultPolicy,
    observe: (world) => {
      const { deliver, ask } = world.transport;
      world.transport = { deliver: async (envelope) => deliver(envelope), ask };
    },
  };
  await expect(async () => runSeed(request)).rejects.toThrow('runSeedLive');
});
