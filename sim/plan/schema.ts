// The plan: all that is simulated, as data. A script writes one, a file can hold one, a generator can make
// one. Reading it turns times into milliseconds, rates into events an hour and shares into fractions; nothing
// else is computed here. Its atoms, streams and incidents have files of their own beside this one.

import * as z from 'zod';
import { receiverIds, registerIds, warmupIds } from '../presets/index.ts';
import { count, duration, ipv4, type list, name, rate, share } from './schema-fields.ts';
import { gateSchema } from './schema-gates.ts';
import { incident, ruleSchema } from './schema-incidents.ts';
import { stream } from './schema-streams.ts';

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
  pools: z
    .array(
      z.strictObject({
        name,
        addresses: z.array(ipv4).min(1),
        cold: z
          .array(ipv4)
          .default([])
          .describe('those of its addresses that have sent nothing for 30 days when the run begins'),
        dynamic: z
          .array(ipv4)
          .optional()
          .describe('those of its addresses in a range that its owner or a register calls dynamic'),
        nameless: z
          .array(ipv4)
          .optional()
          .describe('those of its addresses without a reverse name'),
        warmup: z
          .enum(['none', ...warmupIds])
          .default('none')
          .describe('schedule by which its cold addresses take on mail (signals.json, warmupSchedules)'),
      }),
    )
    .min(1),
  registers: z
    .array(
      z.strictObject({
        name,
        preset: z.enum(registerIds),
        coverage: share
          .prefault('25%')
          .describe('share of all traps of the kinds it takes that report to it'),
        rule: ruleSchema.omit({ coverage: true }).default({}),
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
        onListing: z
          .enum(['reject', 'defer', 'score'])
          .optional()
          .describe("what it does with a listing: its preset's way, if left out"),
        threshold: z
          .number()
          .positive()
          .max(1_000)
          .optional()
          .describe('weight of listings at which it acts'),
        greylist: duration.optional().describe('puts an unknown sender off for so long'),
        caught: share.optional().describe('share of spam that its content filter recognises'),
        wrong: share.optional().describe('share of wanted mail that its content filter takes for spam'),
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
        urgent: share
          .optional()
          .describe('share of its mail that cannot wait, such as password resets; by its stream if left out'),
        mix: z
          .record(name, share)
          .optional()
          .describe('where its recipients are, by receiver; as all recipients are, if left out'),
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
      caseWork: duration.prefault('40m').describe("one person's mean work on a case before acting"),
      appealWork: duration.prefault('20m').describe("one person's mean work on an appeal"),
      workSpread: z
        .number()
        .min(0)
        .max(2)
        .default(1)
        .describe('standard deviation of the logarithm of the work on a case; with 0 all take the mean'),
      rightly: share.prefault('97%').describe('share of accounts judged rightly by a person who looks'),
      urgentRoute: z
        .enum(['none', 'alternative', 'freemail'])
        .default('none')
        .describe('where urgent mail goes meanwhile that a receiver refuses for the address'),
      paysForRemoval: z
        .boolean()
        .optional()
        .describe('pays registers that take addresses off for money, as UCEPROTECT does'),
    })
    .prefault({}),
  signals: z
    .strictObject({
      contentCaught: share
        .prefault('70%')
        .describe('share of abusive mail that our own scan calls spam (signals.json, content-verdict)'),
      contentWrong: share.prefault('0.2%').describe('share of other mail that it calls spam'),
      contentByText: share
        .prefault('90%')
        .describe('share of the messages of one text that it judges all alike; an assumption'),
      newText: duration.prefault('1d').describe('how long an attacker keeps to one text; an assumption'),
      loginSeen: share
        .prefault('60%')
        .describe('share of break-ins that show as a login from a new place (signals.json, auth-anomaly)'),
      ownTraps: share
        .prefault('5%')
        .describe('share of all traps that are our own, and tell us the account; an assumption'),
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
