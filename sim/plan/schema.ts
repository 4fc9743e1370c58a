// The plan: all that is simulated, as data. A script writes one, a file can hold one, a generator can make
// one. Reading it turns times into milliseconds, rates into events an hour and shares into fractions; nothing
// else is computed here.

import * as z from 'zod';
import type { Milliseconds } from '../../policy/index.ts';
import { lists, type ListKind } from '../presets/lists.ts';
import { receiverIds, registerIds } from '../presets/index.ts';
import {
  type Duration,
  type Rate,
  readDuration,
  readRate,
  readShare,
  type Reading,
  type Share,
} from './quantities.ts';

/**
 * Text of one form, read into a number. A wrong text's issue carries what is wrong and what is allowed as
 * `params`.
 */
const quantity = <Text extends string, Value>(
  read: (text: string) => Reading<Value>,
  what: string,
  example: string,
  pattern: RegExp,
) => {
  const nothing = read('');
  // A plain string to JSON Schema and at run time; the narrower type is for scripts, and `read` holds others
  // to it.
  const text = z.string({ error: nothing.ok ? what : nothing.allowed }) as unknown as z.ZodType<Text, Text>;
  return text
    .transform((given, context) => {
      const reading = read(given);
      if (reading.ok) return reading.value;
      const { wrong, allowed } = reading;
      context.issues.push({
        code: 'custom',
        input: given,
        message: `${wrong}; expected ${allowed}`,
        params: { wrong, allowed },
      });
      return z.NEVER;
    })
    .meta({ description: what, examples: [example], pattern: pattern.source });
};

const duration = quantity<Duration, Milliseconds>(
  readDuration,
  'a span of time',
  '1d20h',
  /^(\d+(\.\d+)?(ms|[wdhms]))+$/,
);
const rate = quantity<Rate, number>(readRate, 'a rate', '4000/h', /^\d+(\.\d+)?\/[smhdw]$/);
const share = quantity<Share, number>(readShare, 'a share', '0.5%', /^\d+(\.\d+)?%$/);

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name of lower-case letters, digits and hyphens');
const ipv4 = z.ipv4({ error: 'an IPv4 address such as 192.0.2.10' });
const count = z.int().min(1).max(10_000_000);

/** How good a recipient list is: a kind from presets/lists.ts, any share of it changed. */
const list = z.strictObject({
  kind: z.enum(Object.keys(lists) as [ListKind, ...ListKind[]]),
  unknown: share.optional(),
  full: share.optional(),
  pristine: share.optional(),
  recycled: share.optional(),
  typo: share.optional(),
});

const stream = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('office'),
    perDay: z.number().positive().max(100_000).describe('messages an account writes on a working day'),
    book: z.int().min(1).max(100_000).default(150).describe('addresses an account writes to again and again'),
    newcomers: share.prefault('6%').describe('share of recipients never written to before'),
    recipients: z.number().min(1).max(100).default(1.3).describe('mean recipients a message'),
    zone: z.number().min(-12).max(14).default(0).describe('hours its clock is ahead of UTC'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('newsletter'),
    size: count.describe('addresses on the list'),
    every: duration.prefault('7d'),
    first: duration.describe('when the first campaign starts, within one period'),
    pace: rate.describe('how fast the list is handed over'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('trace'),
    file: z.string().min(1).describe('a CSV file of unix_time,sender,recipients beside the scenario'),
    speed: z.number().positive().max(10_000).default(1).describe('2 plays the trace in half its time'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('quiet').describe('sends nothing of its own; a tenant that an incident gives a voice'),
  }),
]);

const who = z.strictObject({
  group: name.describe('a name among tenants'),
  member: z
    .union([z.int().min(0), z.literal('any')])
    .default('any')
    .describe("0 is the first; 'any' is drawn per seed"),
});

const trapRule = z.strictObject({
  trapThreshold: z.int().min(1).max(1_000_000).optional(),
  window: duration.optional(),
  expiry: duration.optional(),
  coverage: share.optional(),
});

const incident = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('compromised'),
    at: duration,
    who,
    how: z.enum(['weak-password', 'outdated-script']),
    rate,
    ramp: duration.prefault('15m'),
    length: duration,
    list: list.default({ kind: 'harvested' }),
  }),
  z.strictObject({
    kind: z.literal('careless'),
    at: duration,
    who,
    size: count,
    pace: rate,
    provider: name.optional().describe('the one receiver that all of the list is at'),
    list: list.default({ kind: 'stale' }),
  }),
  z.strictObject({
    kind: z.literal('spammer'),
    at: duration.describe('signs up'),
    who,
    warmup: duration.prefault('3d').describe('behaves, at the warm-up rate'),
    warmupRate: rate,
    rate,
    length: duration.describe('of the blast'),
    list: list.default({ kind: 'clean' }),
  }),
  z.strictObject({ kind: z.literal('register-upgrade'), at: duration, register: name, to: trapRule }),
]);

export const gateSchema = z.strictObject({
  metric: z.string(),
  statistic: z.enum(['mean', 'p50', 'p95', 'worst']),
  rule: z.enum(['atMost', 'atLeast']),
  limit: z.string().describe("a time, a share or a number, as the metric's unit asks"),
  severity: z.enum(['fail', 'warn']).default('fail'),
});

export const planSchema = z.strictObject({
  title: z.string().min(1),
  question: z.string().min(1),
  epoch: z.iso
    .datetime()
    .default('2027-01-04T00:00:00Z')
    .describe('the date of time 0; decides weekdays and aligns traces'),
  length: duration,
  warmup: duration.prefault('0s').describe('time at the start that no metric counts'),
  seeds: z.int().min(1).max(100_000).default(20),
  pools: z.array(z.strictObject({ name, addresses: z.array(ipv4).min(1) })).min(1),
  registers: z
    .array(
      z.strictObject({
        name,
        preset: z.enum(registerIds),
        coverage: share
          .prefault('25%')
          .describe('share of all traps of the kinds it takes that report to it'),
        rule: trapRule.omit({ coverage: true }).default({}),
      }),
    )
    .default([]),
  receivers: z
    .array(
      z.strictObject({
        name,
        preset: z.enum(receiverIds),
        share: share.describe('of all recipients'),
        consults: z
          .array(name)
          .optional()
          .describe('registers it asks; those of its preset that the plan has, if left out'),
      }),
    )
    .min(1),
  tenants: z
    .array(
      z.strictObject({
        name,
        count,
        pool: name,
        accounts: z.int().min(1).max(10_000).default(1).describe('accounts of each tenant'),
        allowance: rate.optional().describe('messages an hour that the contract grants each account'),
        stream,
      }),
    )
    .min(1),
  incidents: z.array(incident).default([]),
  outbound: z
    .strictObject({
      connections: z
        .int()
        .min(1)
        .max(10_000)
        .default(20)
        .describe('at once to one receiver (Postfix smtp_destination_concurrency_limit)'),
      firstRetry: duration.prefault('300s'),
      longestRetry: duration.prefault('4000s'),
      scan: duration.prefault('300s').describe('how often the deferred queue is looked through'),
      giveUp: duration.prefault('5d'),
    })
    .prefault({}),
  desk: z
    .strictObject({
      staff: z.int().min(0).max(1_000).default(2),
      opens: duration.prefault('8h').describe('time of day, UTC'),
      closes: duration.prefault('18h'),
      weekends: z.boolean().default(false),
      poll: duration.prefault('15m').describe('how often our addresses are looked up on the registers'),
      caseWork: duration.prefault('40m').describe("one person's work on a case before acting"),
    })
    .prefault({}),
  gates: z.array(gateSchema).default([]),
});

/** A plan as it is written: times, rates and shares are text. */
export type PlanInput = z.input<typeof planSchema>;
/** A plan as it is run: milliseconds, events an hour, fractions; every default filled in. */
export type Plan = z.output<typeof planSchema>;
export type StreamPlan = Plan['tenants'][number]['stream'];
export type IncidentPlan = Plan['incidents'][number];
export type ListPlan = z.output<typeof list>;
export type Gate = z.output<typeof gateSchema>;
