// Two transports, one truth: a scenario over real SMTP and DNS on loopback comes to what it comes to in
// memory. Not every scenario, for the wire is slow: those that differ in what goes over it.

import { describe, expect, test } from 'vitest';
import { acceptEverything, defaultPolicy } from '../../policy/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
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

/** Each kind of sender, receiver and register; then faults that show in answers and in silence. */
const onBoth = [
  'enron', 'compromised-account', 'mailing-list-one-provider', 'deliberate-spammer', 'register-upgrade',
  'dead-name-servers', 'any-answer-counts', 'backscatter',
];
const scenarios = smallScenarios().filter(({ name }) => onBoth.includes(name));

test('every scenario named here is there', () => {
  expect(scenarios.map(({ name }) => name).sort()).toEqual(onBoth.toSorted());
});

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
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

/**
 * A world in which greylisting, content filters, reputations, weights, mail without a sender and a fault of a
 * register all have their say.
 */
const everything = (): RunRequest => ({
  plan: readPlan(
    {
      title: 'all that a receiver can do', question: 'is it the same on the wire?', length: '10h',
      pools: [{
        name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'], cold: ['192.0.2.11'],
      }],
      registers: [
        { name: 'css', preset: 'spamhaus-css', coverage: '100%' },
        { name: 'psbl', preset: 'psbl', coverage: '100%' },
        { name: 'scatter', preset: 'backscatterer', coverage: '100%' },
      ],
      receivers: [
        { name: 'grey', preset: 'mimecast', share: '15%' },
        { name: 'scorer', preset: 'spamassassin-scoring', share: '15%' },
        { name: 'outlook', preset: 'outlook-consumer', share: '20%' },
        { name: 'orange', preset: 'orange', share: '15%', consults: ['css', 'scatter'] },
        { name: 'small', preset: 'small-postfix', share: '20%', consults: ['css', 'psbl'] },
        { name: 'qq', preset: 'qq', share: '15%', greylist: '5m' },
      ],
      tenants: [{
        name: 'offices', count: 4, pool: 'shared', stream: { kind: 'office', perDay: 40 },
      }],
      incidents: [
        {
          kind: 'compromised', at: '1h', who: { group: 'offices', member: 0 }, how: 'weak-password',
          rate: '200/h', length: '3h',
        },
        { kind: 'backscatter', at: '2h', who: { group: 'offices', member: 1 }, rate: '30/h', length: '1h' },
        { kind: 'register-fault', at: '3h', register: 'psbl', fault: 'resolver-blocked', length: '1h' },
        { kind: 'register-fault', at: '5h', register: 'css', fault: 'ns-blackhole', length: '30m' },
        { kind: 'receiver-upgrade', at: '6h', receiver: 'small', to: { greylist: '2m' }, length: '2h' },
      ],
    },
    'everything',
  ),
  traces: new Map(),
  seed: '1',
  policy: acceptEverything,
});

test('all that a receiver can do to mail, it does alike on the wire and in memory', async () => {
  const request = everything();
  const memory = runSeed(request);
  expect(await onTheWire(request)).toEqual(memory);
  const classes = new Set(memory.receivers.map((row) => row.class));
  for (const kind of ['greylist', 'spamBlock', 'reputationDefer', 'dnsblBlock', 'unknownUser'])
    expect(classes, kind).toContain(kind);
  // Not a few copies, but the fault's hour of refusing everything.
  const small = memory.receivers.find((row) => row.receiver === 'small' && row.class === 'dnsblBlock');
  expect(small!.wanted + small!.abusive).toBeGreaterThan(20);
}, 120_000);

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
