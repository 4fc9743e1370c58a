// Small random worlds: whatever is planned, a run ends, nobody's mail is lost from the count, and numbers
// are numbers.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  acceptEverything,
  defaultPolicy,
  hours,
  type Module,
  policy,
  recipientWindow,
} from '../../policy/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { type MetricName, metricUnits, type SeedResult } from '../../sim/result.ts';
import { runSeed } from '../../sim/run.ts';
import { step } from '../../sim/world/step.ts';
import type { World } from '../../sim/world/world.ts';
import { count, plans } from './plans.ts';

const reason = { module: 'whimsical', rule: 'number', seen: 1, limit: 0 };

/** A policy that uses every verdict there is, by the number of the message. */
const whimsical = policy('whimsical', [
  {
    name: 'whimsical',
    key: 'account',
    fresh: () => ({}),
    learn: () => {},
    decide: (_, { id }, now) => {
      switch (id % 29) {
        case 3:
          return { kind: 'divert', pool: 'alternative', reason };
        case 7:
          return { kind: 'pace', until: (now + 3_600_000) as typeof now, reason };
        case 11:
          return { kind: 'defer', reason };
        case 17:
          return { kind: 'hold', reason };
        case 19:
          return { kind: 'reject', reason };
        case 23:
          return { kind: 'suspend', scope: 'account', until: (now + 7_200_000) as typeof now, reason };
        case 28:
          return { kind: 'suspend', scope: 'tenant', until: Number.MAX_SAFE_INTEGER as typeof now, reason };
        default:
          return { kind: 'pass' };
      }
    },
    dispatch: (_, { tries, receiver }, now) =>
      tries === 0 && receiver === 1
        ? { kind: 'pool', pool: 'alternative', reason }
        : tries === 2 && now % 3_600_000 < 1_800_000
          ? { kind: 'wait', until: (now - (now % 3_600_000) + 1_800_000) as typeof now, reason }
          : { kind: 'go' },
  } satisfies Module<object>,
]);

const policies = fc.constantFrom(
  defaultPolicy,
  acceptEverything,
  whimsical,
  policy('tight', [recipientWindow({ name: 'tight', limit: 20, window: hours(1) })]),
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
  fc.assert(
    fc.property(plans, policies, count(1_000), (input, rules, seed) => {
      const plan = readPlan(input, 'random');
      let world: World | undefined;
      const ask = { plan, seed: String(seed), policy: rules, traces: new Map() };
      const result = runSeed({
        ...ask,
        observe: (seen) => {
          world = seen;
        },
      });
      expect(world!.agenda.now).toBe(plan.length);
      checkMetrics(result);
      checkQueues(world!);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      expect(runSeed(ask).fingerprint).toBe(result.fingerprint);
    }),
    { numRuns: Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 100) / 4) },
  );
});

test('once everyone is silent a world comes to rest: no mail is left but of shut accounts', () => {
  fc.assert(
    fc.property(plans, policies, count(1_000), (input, rules, seed) => {
      let world: World | undefined;
      const plan = readPlan({ ...input, desk: { staff: 3, weekends: true } }, 'random');
      runSeed({
        plan,
        seed: String(seed),
        policy: rules,
        traces: new Map(),
        observe: (seen) => {
          world = seen;
        },
      });
      const { agenda, census, outbound } = {
        agenda: world!.agenda,
        census: world!.tally.census,
        outbound: world!.outbound,
      };
      for (const actor of world!.actors) actor.silent = true;
      const end = agenda.now + 12 * 86_400_000;
      while (agenda.nextAt < end) void step(world!, agenda.take());
      // Mail of accounts that stay shut is all that may be left.
      const kept = new Set(outbound.frozen.map((envelope) => envelope.message)).size;
      expect(census.live).toBe(kept);
      for (const lane of outbound.lanes) expect([lane.busy, lane.waiting.length - lane.head]).toEqual([0, 0]);
      for (const { open } of world!.receivers) expect(Math.max(...open)).toBe(0);
    }),
    { numRuns: Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 100) / 8) },
  );
});
