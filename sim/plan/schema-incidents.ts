// What can go wrong, as data: one schema a kind of incident, carried out by sim/world/incidents/.

import * as z from 'zod';
import { count, duration, ipv4, list, name, rate, share, who } from './schema-fields.ts';

/** Changes of a register's rule; which of them a register heeds depends on its model. */
export const ruleSchema = z.strictObject({
  trapThreshold: z.int().min(1).max(1_000_000).optional().describe('trap hits within the window that list'),
  window: duration.optional(),
  expiry: duration.optional().describe('time from the last evidence to the end of a listing'),
  coverage: share.optional().describe('share of all traps of the kinds it takes that report to it'),
  minRatio: share.optional().describe('share of spam from which a ratio register lists'),
  minSpam: z.int().min(1).max(1_000_000).optional().describe('spam messages below which it never lists'),
  score: z.number().min(-10).max(1_000_000).optional().describe('score at which a score register lists'),
  version: z.string().optional().describe("one of the preset's published policy versions"),
});

/** What an attacker does once he notices that he is refused. */
const whenBlocked = z
  .enum(['keep', 'stop', 'pause', 'move'])
  .default('keep')
  .describe('once refused: keeps trying, stops, pauses for `pause`, or moves to another account he holds');
const pause = duration.prefault('12h').describe('how long an attacker who pauses stays away');

/** Faults by their ids in registers.json, whose `policy-upgrade` is the incident `register-upgrade`. */
export const faultIds = [
  'list-world-127.0.0.2', 'domain-expired-wildcard', 'ns-blackhole', 'graceful-empty', 'resolver-blocked',
  'quota-exceeded', 'refused', 'any-A-is-listed', 'lists-big-provider', 'stale-mirror',
  'operator-unreachable',
] as const;

export const incident = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('compromised'),
    at: duration,
    who,
    how: z.enum(['weak-password', 'outdated-script']),
    rate,
    ramp: duration.prefault('15m'),
    length: duration,
    list: list.default({ kind: 'harvested' }),
    whenBlocked,
    pause,
  }),
  z.strictObject({
    kind: z.literal('infected'),
    at: duration,
    who,
    rate: rate.describe('messages that the malware sends, over all accounts it found'),
    accounts: z.int().min(1).max(1_000).default(1).describe('accounts whose passwords it found'),
    length: duration,
    list: list.default({ kind: 'harvested' }),
    whenBlocked,
    pause,
  }),
  z.strictObject({
    kind: z.literal('careless'),
    at: duration,
    who,
    size: count,
    pace: rate,
    provider: name.optional().describe('the one receiver that all of the list is at'),
    duplicates: share.prefault('0%').describe('share of the list that is on it a second time'),
    rounds: z.int().min(1).max(1_000).default(1).describe('times the list is mailed'),
    every: duration.prefault('7d').describe('from one round to the next'),
    bounces: z.enum(['removed', 'ignored']).default('removed'),
    list: list.default({ kind: 'stale' }),
  }),
  z.strictObject({
    kind: z.literal('spammer'),
    at: duration.describe('signs up'),
    who,
    tactic: z
      .enum(['blast', 'drip', 'accounts', 'tenants'])
      .default('blast')
      .describe(
        'all at once; slowly, for `length`; over `spread` accounts of his; over `spread` tenants',
      ),
    spread: z.int().min(1).max(10_000).default(1),
    warmup: duration.prefault('3d').describe('behaves, at the warm-up rate'),
    warmupRate: rate,
    rate: rate.describe('of the abuse, over all his accounts'),
    length: duration.describe('of the abuse'),
    list: list.default({ kind: 'clean' }),
    whenBlocked,
    pause,
  }),
  z.strictObject({
    kind: z.literal('backscatter'),
    at: duration,
    who,
    rate: rate.describe('of forged mail that its autoresponder answers'),
    length: duration,
    traps: share.prefault('2%').describe('share of forged senders that are backscatter traps'),
  }),
  z.strictObject({
    kind: z.literal('register-upgrade'),
    at: duration,
    register: name,
    to: ruleSchema,
    length: duration.optional().describe('after which the old rule is back; for good if left out'),
  }),
  z.strictObject({
    kind: z.literal('receiver-upgrade'),
    at: duration,
    receiver: name,
    to: z.strictObject({
      consults: z.array(name).optional(),
      threshold: z.number().positive().max(1_000).optional().describe('weight of listings at which it acts'),
      perIpPerHour: z.int().min(1).max(100_000_000).optional(),
      connections: z.int().min(1).max(100_000).optional(),
      unknownUsers: share.optional().describe('share of unknown users from which it puts an address off'),
      complaints: share.optional().describe('complaint share from which it acts'),
      caught: share.optional().describe('share of spam that its content filter recognises'),
      wrong: share.optional().describe('share of wanted mail that its content filter takes for spam'),
      greylist: duration.optional(),
    }),
    length: duration.optional(),
  }),
  z.strictObject({
    kind: z.literal('register-fault'),
    at: duration,
    register: name,
    fault: z.enum(faultIds),
    receiver: name.optional().describe('the one receiver whose resolver or settings suffer; all if left out'),
    length: duration,
  }),
  z.strictObject({
    kind: z.literal('neighbour'),
    at: duration,
    addresses: z.array(ipv4).min(1).max(256).describe("a neighbour's, not ours, near one of ours"),
    rate: rate.describe('trap hits that they make together'),
    length: duration,
  }),
]);
