// The shape of result.json as a schema: checked when a result is read back, and published as JSON Schema. The
// types in result.ts are the original; test/scenarios/types.test-d.ts keeps this copy from drifting.

import * as z from 'zod';
import { planSchema } from './plan/schema.ts';
import { type MetricName, metricUnits, resultSchemaVersion, type RunResult } from './result.ts';

const text = z.string();
const number = z.number();
const whole = z.int().min(0);
const measure = z.strictObject({ value: number.nullable(), observed: z.boolean() });
const metrics = z.strictObject(
  Object.fromEntries(Object.keys(metricUnits).map((name) => [name, measure])) as Record<
    MetricName,
    typeof measure
  >,
);

const culprit = z.strictObject({
  tenant: text,
  accounts: whole,
  cause: z.enum(['compromised', 'infected', 'careless', 'spammer', 'backscatter']),
  onset: number,
  ended: number,
  submitted: whole,
  escaped: whole,
  escapedUntilBlock: whole,
  detected: measure,
  blocked: measure,
  detectedBy: text,
  blockedBy: text,
});
const hit = z.strictObject({
  tenant: text,
  careless: z.boolean(),
  submitted: whole,
  rejected: whole,
  held: whole,
  deferred: whole,
  paced: whole,
  suspendedMs: number,
  rule: text,
});
const listing = z.strictObject({
  register: text,
  address: text,
  listed: number,
  delisted: number.nullable(),
  cause: text,
  ending: text,
});
const receiver = z.strictObject({ receiver: text, reply: text, class: text, wanted: whole, abusive: whole });
const queue = z.strictObject({ receiver: text, peak: whole, peakAt: number, oldest: number, left: whole });
const rule = z.strictObject({
  rule: text,
  verdict: text,
  abusive: whole,
  culpritWanted: whole,
  innocent: whole,
  innocentTenants: whole,
});
const entry = z.strictObject({
  at: number,
  lane: z.enum(['tenant', 'policy', 'register', 'receiver', 'desk']),
  what: text,
  subject: text,
});
const line = z.array(number);
const series = z.strictObject({
  start: number,
  bin: number,
  lines: z.strictObject({
    'abuse submitted': line,
    'abuse escaped': line,
    'abuse stopped by policy': line,
    'wanted accepted': line,
    'wanted deferred': line,
    'wanted refused': line,
  }),
  queues: z.array(z.strictObject({ receiver: text, depth: line, oldest: line })),
});

const addressDays = z.strictObject({
  address: text, pool: text, tries: line, accepted: line, looked: line, spam: line, complaints: line,
  traps: line,
});
const group = z.strictObject({
  group: text, innocents: whole, stopped: whole, slowed: whole, turnedAway: whole, guilty: whole,
  guiltyStopped: whole, careless: whole, carelessStopped: whole, submitted: whole, refused: whole,
  held: whole, deferred: whole, paced: whole, bounced: whole, abusive: whole, escaped: whole,
});
const heard = z.strictObject({
  abusive: whole,
  innocent: whole,
  rules: z.array(z.strictObject({
    rule: text, abusive: whole, innocent: whole, abusiveAlone: whole, innocentAlone: whole,
  })),
  pairs: z.array(z.strictObject({ one: text, two: text, abusive: whole })),
});

const seedResult = z.strictObject({
  seed: text,
  fingerprint: text,
  events: whole,
  innocents: whole,
  metrics,
  culprits: z.array(culprit),
  hits: z.array(hit),
  listings: z.array(listing),
  receivers: z.array(receiver),
  queues: z.array(queue),
  rules: z.array(rule),
  timeline: z.array(entry),
  timelineLeftOut: whole,
  series: series.nullable(),
  // Results written before these were measured are read as ones that measured none of it.
  missingPools: z.array(z.strictObject({ pool: text, times: whole })).default([]),
  days: z.strictObject({ from: number, addresses: z.array(addressDays) })
    .default({ from: 0, addresses: [] }),
  groups: z.array(group).default([]),
  heard: heard.default({ abusive: 0, innocent: 0, rules: [], pairs: [] }),
});

export const resultSchema = z.strictObject({
  schema: z.literal(resultSchemaVersion),
  tool: text.describe('name and version of what made it'),
  made: text.describe('when, in UTC'),
  scenario: text,
  // Kept as it was written; reading it again is readPlan's work, and an older plan must not make a result
  // unreadable.
  plan: z.custom<RunResult['plan']>((value) => typeof value === 'object' && value !== null),
  planHash: text,
  policy: z.strictObject({
    name: text,
    source: text,
    digest: text,
    modules: z.array(text),
    settings: z.array(z.strictObject({ name: text, value: number, unit: text, default: number })),
  }),
  transport: z.enum(['memory', 'wire', 'postfix', 'haraka']),
  seedsAsked: whole,
  seeds: z.array(seedResult),
  cast: z.array(z.strictObject({ group: text, kind: text, tenants: whole })),
  assumptions: z.array(text),
});

/** The JSON Schema of result.json, with that of the plan inside. */
export const resultJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(resultSchema.extend({ plan: planSchema }), { io: 'input' }),
  ...{ title: resultSchemaVersion, description: 'One run: what was simulated, and what each seed came to.' },
});
