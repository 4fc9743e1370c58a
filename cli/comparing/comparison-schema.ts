// The shape of comparison.json as a schema: checked when one is read back, and published as JSON Schema. The
// type in reports/comparison is the original; test/cli/comparison-schema.test-d.ts keeps this from drifting.

import * as z from 'zod';
import { comparisonSchemaVersion } from '../../reports/comparison/comparison.ts';
import { metricUnits } from '../../sim/result.ts';

const text = z.string();
const number = z.number();
const whole = z.int().min(0);
const maybe = number.nullable();
const statistic = z.enum(['mean', 'p50', 'p95', 'worst']);
const unit = z.enum([...new Set(Object.values(metricUnits))]);

const side = z.strictObject({
  kind: z.enum(['policy', 'revision', 'run', 'baseline']),
  name: text,
  asked: text,
  policy: z.strictObject({
    name: text,
    source: text,
    digest: text,
    modules: z.array(text),
    parameters: z.record(text, text),
  }),
  tool: text,
  revision: z.strictObject({ ref: text, commit: text, changedFiles: whole }).nullable(),
});

const finding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), value: number }),
  z.strictObject({ kind: z.literal('never'), atLeast: number }),
  z.strictObject({ kind: z.literal('none') }),
]);
const figure = z.strictObject({ value: maybe, finding, withData: whole, censored: whole });

const row = z.strictObject({
  // Any text: a revision's code may have had a metric that this one has not.
  metric: text,
  label: text,
  unit,
  better: z.enum(['low', 'high', 'neither']),
  statistic,
  horizon: maybe,
  baseline: figure,
  candidate: figure,
  pairs: whole,
  differing: whole,
  change: maybe,
  interval: z.tuple([number, number]).nullable(),
  p: maybe,
  adjusted: maybe,
  margin: number,
  outcome: z.enum([
    'better', 'same', 'worse', 'differs', 'inconclusive', 'no data', 'only baseline', 'only candidate',
  ]),
  settledBy: maybe,
  values: z.strictObject({
    baseline: z.array(maybe),
    candidate: z.array(maybe),
    baselineCensored: z.array(whole),
    candidateCensored: z.array(whole),
  }),
});

const scenario = z.strictObject({
  scenario: text,
  title: text,
  question: text,
  worldHash: text,
  baselineFolder: text,
  candidateFolder: text,
  seeds: z.array(text),
  baselineOnly: z.array(text),
  candidateOnly: z.array(text),
  alikeSeeds: whole,
  rows: z.array(row),
  worst: z.strictObject({ seed: text, metric: text, change: number, command: text }).nullable(),
  assumptions: z.array(text),
});

const gate = z.strictObject({
  scenario: text,
  name: text,
  metric: text,
  statistic,
  label: text,
  kind: z.enum(['limit', 'change']),
  outcome: z.enum(['passed', 'failed', 'inconclusive', 'no data']),
  severity: z.enum(['fail', 'warn']),
  counts: z.boolean(),
  found: text,
  rule: text,
  note: text,
  waiver: z.strictObject({ until: text, because: text, state: z.enum(['in force', 'ended']) }).nullable(),
  p: maybe,
  adjusted: maybe,
  settledBy: maybe,
  worstSeed: text,
});

export const comparisonSchema = z.strictObject({
  schema: z.literal(comparisonSchemaVersion),
  tool: text.describe('name and version of what compared'),
  made: text.describe('when, in UTC'),
  baseline: side,
  candidate: side,
  settings: z.array(z.strictObject({ name: text, baseline: text.nullable(), candidate: text.nullable() })),
  pairing: z.enum(['seeds', 'none']),
  scenarios: z.array(scenario).min(1),
  gates: z.strictObject({
    verdicts: z.array(gate),
    outcome: z.enum(['passed', 'failed', 'no data', 'none']),
    exitCode: z.union([z.literal(0), z.literal(20), z.literal(21)]),
  }),
  repeat: text,
  accept: text,
});

/** The JSON Schema of comparison.json. */
export const comparisonJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(comparisonSchema, { io: 'input' }),
  ...{ title: comparisonSchemaVersion, description: 'Two sides held against one another on the same seeds.' },
});
