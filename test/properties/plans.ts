// Small plans by chance: a few tenants of any kind, any two receivers, up to three incidents of any kind.
// What contradicts itself, such as an upgrade that changes nothing, is left out.

import fc from 'fast-check';
import { PlanMistakes } from '../../sim/plan/problems.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { faultIds } from '../../sim/plan/schema-incidents.ts';
import { receiverPresets, registerIds } from '../../sim/presets/index.ts';

type Tenants = PlanInput['tenants'][number];
type Incident = NonNullable<PlanInput['incidents']>[number];
type Receiver = PlanInput['receivers'][number];

export const count = (most: number) => fc.integer({ min: 1, max: most });
const kinds = fc
  .constantFrom('opt-in', 'stale', 'purchased', 'harvested', 'clean')
  .map((kind) => ({ kind }) as const);

const group = (index: number): fc.Arbitrary<Tenants> =>
  fc.record({
    name: fc.constant(`group${index}`),
    count: count(3),
    accounts: count(2),
    pool: fc.constantFrom('shared', 'alternative'),
    stream: fc.oneof(
      fc.record({
        kind: fc.constant('office' as const),
        perDay: count(60),
        recipients: fc.constantFrom(1, 1.3, 4),
        zone: fc.integer({ min: -12, max: 14 }),
        list: kinds,
      }),
      fc.record({
        kind: fc.constant('newsletter' as const),
        size: count(80),
        every: fc.constantFrom('1d' as const, '7d' as const),
        first: fc.constantFrom('0s' as const, '9h' as const),
        pace: fc.constantFrom('60/h' as const, '5000/h' as const),
        list: kinds,
      }),
      fc.record({
        kind: fc.constant('shop' as const),
        perDay: count(80),
        returning: fc.constantFrom('0%' as const, '40%' as const),
        list: kinds,
      }),
      fc.record({
        kind: fc.constant('script' as const),
        every: fc.constantFrom('5m' as const, '1d' as const),
        messages: count(3),
      }),
      fc.constant({ kind: 'quiet' as const }),
    ),
  });

const at = fc.integer({ min: 0, max: 47 }).map((hour) => `${hour}h` as const);
const who = fc.constant({ group: 'group0' });

const hoursLong = count(6).map((hour) => `${hour}h` as const);
const perHour = count(300).map((rate) => `${rate}/h` as const);
const whenBlocked = fc.constantFrom('keep' as const, 'stop' as const, 'pause' as const, 'move' as const);
const pause = fc.constant('2h' as const);

const incident: fc.Arbitrary<Incident> = fc.oneof(
  fc.record({
    kind: fc.constant('compromised' as const),
    at,
    who,
    how: fc.constant('weak-password' as const),
    rate: perHour,
    length: hoursLong,
    list: kinds,
    whenBlocked,
    pause,
  }),
  fc.record({
    kind: fc.constant('infected' as const), at, who, rate: perHour, length: hoursLong, list: kinds,
    whenBlocked, pause,
  }),
  fc.record({ kind: fc.constant('backscatter' as const), at, who, rate: perHour, length: hoursLong }),
  fc.record({
    kind: fc.constant('register-fault' as const), at, register: fc.constant('psbl'),
    fault: fc.constantFrom(...faultIds), length: hoursLong,
  }),
  fc.record({
    kind: fc.constant('neighbour' as const), at, addresses: fc.constant<string[]>(['192.0.2.77']),
    rate: perHour, length: hoursLong,
  }),
  fc.record({
    kind: fc.constant('careless' as const),
    at,
    who,
    size: count(300),
    pace: fc.constantFrom('100/h' as const, '6000/h' as const),
    list: kinds,
  }),
  fc.record({
    kind: fc.constant('spammer' as const),
    at: fc.constant('1h' as const),
    who,
    warmup: fc.constantFrom('0s' as const, '5h' as const),
    warmupRate: fc.constantFrom('0/h' as const, '5/h' as const),
    rate: count(300).map((rate) => `${rate}/h` as const),
    length: fc.constant('4h' as const),
    list: kinds,
  }),
  fc.record({
    kind: fc.constant('register-upgrade' as const),
    at,
    register: fc.constant('psbl'),
    to: fc.constantFrom(
      { trapThreshold: 1, window: '20d' as const },
      { expiry: '1h' as const },
      { coverage: '100%' as const },
    ),
  }),
);

const receivers: fc.Arbitrary<Receiver[]> = fc
  .shuffledSubarray(
    receiverPresets.map(({ id }) => id),
    { minLength: 2, maxLength: 2 },
  )
  .map(([one, two]) => [
    { name: one!, preset: one as Receiver['preset'], share: '60%' },
    { name: two!, preset: two as Receiver['preset'], share: '40%' },
  ]);

const isPlan = (input: PlanInput): boolean => {
  try {
    readPlan(input, 'random');
    return true;
  } catch (error) {
    if (error instanceof PlanMistakes) return false;
    throw error;
  }
};

export const plans: fc.Arbitrary<PlanInput> = fc.record({
  title: fc.constant('random'),
  question: fc.constant('does it end?'),
  length: fc.constantFrom('2d' as const, '3d' as const),
  warmup: fc.constantFrom('0s' as const, '12h' as const),
  pools: fc.constantFrom<PlanInput['pools'][]>(
    [
      { name: 'shared', addresses: ['192.0.2.1'] },
      { name: 'alternative', addresses: ['198.51.100.1'] },
    ],
    [
      { name: 'shared', addresses: ['192.0.2.1', '192.0.2.2'] },
      { name: 'alternative', addresses: ['198.51.100.1'] },
    ],
  ),
  registers: fc.constantFrom<NonNullable<PlanInput['registers']>[]>(
    [{ name: 'psbl', preset: 'psbl', coverage: '100%' }],
    registerIds.map((preset) => ({ name: preset, preset, coverage: '100%' as const })),
    [
      { name: 'psbl', preset: 'psbl' },
      { name: 'spamhaus-css', preset: 'spamhaus-css', coverage: '100%', rule: { trapThreshold: 1 } },
    ],
  ),
  receivers,
  tenants: fc.tuple(group(0), group(1)).map((groups) => [...groups]),
  incidents: fc.array(incident, { maxLength: 3 }),
  outbound: fc.constantFrom<NonNullable<PlanInput['outbound']>>({}, { connections: 1 }, { giveUp: '2h' }),
  desk: fc.constantFrom<NonNullable<PlanInput['desk']>>(
    {},
    { staff: 0 },
    { staff: 1, caseWork: '4h' },
    { weekends: true, poll: '1m' },
  ),
}).filter(isPlan);
