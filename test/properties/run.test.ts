// Small random worlds: whatever is planned, a run ends, nobody's mail is lost from the count, and numbers are numbers.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptEverything, defaultPolicy, hours, type Module, policy, recipientWindow } from '../../policy/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { receiverPresets } from '../../sim/presets/index.ts';
import { type MetricName, metricUnits, type SeedResult } from '../../sim/result.ts';
import { runSeed } from '../../sim/run.ts';
import { step } from '../../sim/world/step.ts';
import type { World } from '../../sim/world/world.ts';

type Tenants = PlanInput['tenants'][number];
type Incident = NonNullable<PlanInput['incidents']>[number];
type Receiver = PlanInput['receivers'][number];

const count = (most: number) => fc.integer({ min: 1, max: most });
const kinds = fc.constantFrom('opt-in', 'stale', 'purchased', 'harvested', 'clean').map((kind) => ({ kind }) as const);

const group = (index: number): fc.Arbitrary<Tenants> => fc.record({
  name: fc.constant(`group${index}`),
  count: count(3),
  accounts: count(2),
  pool: fc.constantFrom('shared', 'alternative'),
  stream: fc.oneof(
    fc.record({ kind: fc.constant('office' as const), perDay: count(60), recipients: fc.constantFrom(1, 1.3, 4), zone: fc.integer({ min: -12, max: 14 }), list: kinds }),
    fc.record({ kind: fc.constant('newsletter' as const), size: count(80), every: fc.constantFrom('1d' as const, '7d' as const), first: fc.constantFrom('0s' as const, '9h' as const), pace: fc.constantFrom('60/h' as const, '5000/h' as const), list: kinds }),
    fc.constant({ kind: 'quiet' as const }),
  ),
});

const at = fc.integer({ min: 0, max: 47 }).map((hour) => `${hour}h` as const);
const who = fc.constant({ group: 'group0' });

const incident: fc.Arbitrary<Incident> = fc.oneof(
  fc.record({ kind: fc.constant('compromised' as const), at, who, how: fc.constant('weak-password' as const), rate: count(300).map((rate) => `${rate}/h` as const), length: count(6).map((hour) => `${hour}h` as const), list: kinds }),
  fc.record({ kind: fc.constant('careless' as const), at, who, size: count(300), pace: fc.constantFrom('100/h' as const, '6000/h' as const), list: kinds }),
  fc.record({ kind: fc.constant('spammer' as const), at: fc.constant('1h' as const), who, warmup: fc.constantFrom('0s' as const, '5h' as const), warmupRate: fc.constantFrom('0/h' as const, '5/h' as const), rate: count(300).map((rate) => `${rate}/h` as const), length: fc.constant('4h' as const), list: kinds }),
  fc.record({ kind: fc.constant('register-upgrade' as const), at, register: fc.constant('psbl'), to: fc.constantFrom({ trapThreshold: 1, window: '20d' as const }, { expiry: '1h' as const }, { coverage: '100%' as const }) }),
);

const receivers: fc.Arbitrary<Receiver[]> = fc.shuffledSubarray(receiverPresets.map(({ id }) => id), { minLength: 2, maxLength: 2 })
  .map(([one, two]) => [
    { name: one!, preset: one as Receiver['preset'], share: '60%' }, { name: two!, preset: two as Receiver['preset'], share: '40%' },
  ]);

const plans: fc.Arbitrary<PlanInput> = fc.record({
  title: fc.constant('random'), question: fc.constant('does it end?'),
  length: fc.constantFrom('2d' as const, '3d' as const), warmup: fc.constantFrom('0s' as const, '12h' as const),
  pools: fc.constantFrom<PlanInput['pools'][]>(
    [{ name: 'shared', addresses: ['192.0.2.1'] }, { name: 'alternative', addresses: ['198.51.100.1'] }],
    [{ name: 'shared', addresses: ['192.0.2.1', '192.0.2.2'] }, { name: 'alternative', addresses: ['198.51.100.1'] }],
  ),
  registers: fc.constantFrom<NonNullable<PlanInput['registers']>[]>(
    [{ name: 'psbl', preset: 'psbl', coverage: '100%' }],
    [{ name: 'psbl', preset: 'psbl' }, { name: 'spamhaus-css', preset: 'spamhaus-css', coverage: '100%', rule: { trapThreshold: 1 } }],
  ),
  receivers,
  tenants: fc.tuple(group(0), group(1)).map((groups) => [...groups]),
  incidents: fc.array(incident, { maxLength: 2 }),
  outbound: fc.constantFrom<NonNullable<PlanInput['outbound']>>({}, { connections: 1 }, { giveUp: '2h' }),
  desk: fc.constantFrom<NonNullable<PlanInput['desk']>>({}, { staff: 0 }, { staff: 1, caseWork: '4h' }, { weekends: true, poll: '1m' }),
});

const reason = { module: 'whimsical', rule: 'number', seen: 1, limit: 0 };

/** A policy that uses every verdict there is, by the number of the message. */
const whimsical = policy('whimsical', [{
  name: 'whimsical', key: 'account', fresh: () => ({}), learn: () => {},
  decide: (_, { id }, now) => {
    switch (id % 29) {
      case 3: return { kind: 'divert', pool: 'alternative', reason };
      case 7: return { kind: 'pace', until: (now + 3_600_000) as typeof now, reason };
      case 11: return { kind: 'defer', reason };
      case 17: return { kind: 'hold', reason };
      case 19: return { kind: 'reject', reason };
      case 23: return { kind: 'suspend', scope: 'account', until: (now + 7_200_000) as typeof now, reason };
      case 28: return { kind: 'suspend', scope: 'tenant', until: Number.MAX_SAFE_INTEGER as typeof now, reason };
      default: return { kind: 'pass' };
    }
  },
  dispatch: (_, { tries, receiver }, now) =>
    tries === 0 && receiver === 1 ? { kind: 'pool', pool: 'alternative', reason }
    : tries === 2 ? { kind: 'wait', until: (now - (now % 3_600_000) + 1_800_000) as typeof now, reason } : { kind: 'go' },
} satisfies Module<object>]);

const policies = fc.constantFrom(
  defaultPolicy, acceptEverything, whimsical, policy('tight', [recipientWindow({ name: 'tight', limit: 20, window: hours(1) })]),
);

const checkMetrics = ({ metrics, culprits }: SeedResult): void => {
  for (const [name, { value, observed }] of Object.entries(metrics)) {
    if (value === null) {
      expect(observed, name).toBe(false);
      continue;
    }
    expect(Number.isFinite(value), `${name} is ${value}`).toBe(true);
    expect(value, name).toBeGreaterThanOrEqual(0);
    if (metricUnits[name as MetricName] === 'share') expect(value, name).toBeLessThanOrEqual(1);
    if (metricUnits[name as MetricName] === 'count') expect(Number.isInteger(value), name).toBe(true);
  }
  const of = (name: MetricName): number => metrics[name].value ?? 0;
  expect(of('wanted.delivered') + of('wanted.lost')).toBeLessThanOrEqual(of('wanted.submitted'));
  expect(of('collateral.bounced')).toBeLessThanOrEqual(of('wanted.submitted'));
  expect(of('collateral.deferred')).toBeLessThanOrEqual(of('wanted.submitted'));
  expect(of('escaped')).toBeLessThanOrEqual(of('abusive.submitted'));
  expect(of('escaped.until_block')).toBeLessThanOrEqual(of('escaped'));
  expect(of('trap_hits.background')).toBeLessThanOrEqual(of('trap_hits'));
  for (const { submitted, escaped, escapedUntilBlock, detected, blocked } of culprits) {
    expect(escapedUntilBlock).toBeLessThanOrEqual(escaped);
    expect(escaped).toBeLessThanOrEqual(submitted);
    if (detected.observed && blocked.observed) expect(detected.value!).toBeLessThanOrEqual(blocked.value!);
  }
};

/** Every queue and connection of a world whose run is over. */
const checkQueues = (world: World): void => {
  for (const [index, lane] of world.outbound.lanes.entries()) {
    expect(lane.busy).toBeGreaterThanOrEqual(0);
    expect(lane.busy).toBeLessThanOrEqual(lane.most);
    // Somebody waits only where no connection is free.
    if (lane.head < lane.waiting.length) expect(lane.busy, `receiver ${index}`).toBe(lane.most);
    expect(Math.min(...world.receivers[index]!.open)).toBeGreaterThanOrEqual(0);
  }
};

test('random plans run to their end, keep the census, and come to metrics within their ranges', () => {
  fc.assert(fc.property(plans, policies, count(1_000), (input, rules, seed) => {
    const plan = readPlan(input, 'random');
    let world: World | undefined;
    const ask = { plan, seed: String(seed), policy: rules, traces: new Map() };
    const result = runSeed({ ...ask, observe: (seen) => { world = seen; } });
    expect(world!.agenda.now).toBe(plan.length);
    checkMetrics(result);
    checkQueues(world!);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(runSeed(ask).fingerprint).toBe(result.fingerprint);
  }), { numRuns: Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 100) / 4) });
}, 60_000);

test('once everyone is silent a world comes to rest: all mail delivered, bounced, refused, or kept by a person', () => {
  fc.assert(fc.property(plans, policies, count(1_000), (input, rules, seed) => {
    let world: World | undefined;
    const plan = readPlan({ ...input, desk: { staff: 3, weekends: true } }, 'random');
    runSeed({ plan, seed: String(seed), policy: rules, traces: new Map(), observe: (seen) => { world = seen; } });
    const { agenda, census, outbound } = { agenda: world!.agenda, census: world!.tally.census, outbound: world!.outbound };
    for (const actor of world!.actors) actor.silent = true;
    const end = agenda.now + 12 * 86_400_000;
    while (agenda.nextAt < end) void step(world!, agenda.take());
    // Mail of accounts that stay shut is all that may be left.
    const kept = new Set(outbound.frozen.map((envelope) => envelope.message)).size;
    expect(census.live).toBe(kept);
    for (const lane of outbound.lanes) expect([lane.busy, lane.waiting.length - lane.head]).toEqual([0, 0]);
    for (const { open } of world!.receivers) expect(Math.max(...open)).toBe(0);
  }), { numRuns: Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 100) / 8) });
}, 60_000);
