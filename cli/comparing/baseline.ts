// Committed baselines: `baselines/<scenario>.json`, the figures somebody accepted, with the reason. One seed
// a line, so that a diff shows which seeds moved. Written by `accept` alone, and never by a CI.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Measured } from '../../reports/comparison/measured.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { OtherPlan, UserMistake } from '../faults.ts';
import { readText } from '../files.ts';
import { shownPath } from '../load.ts';
import { type Figures, scenarioName } from './figures.ts';

export const baselineSchemaVersion = 'sharedfate/baseline@1';

/** A value seen to its end; `">43200000"` for one that was not; null where the metric does not apply. */
const value = z.union([z.number(), z.string().regex(/^>-?\d+(\.\d+)?(e[+-]?\d+)?$/), z.null()]);

const baselineSchema = z.strictObject({
  schema: z.literal(baselineSchemaVersion),
  because: z.string().min(1),
  made: z.string(),
  tool: z.string(),
  scenario: z.string(),
  world: z.string(),
  transport: z.string(),
  policy: z.strictObject({
    name: z.string(),
    source: z.string(),
    digest: z.string(),
    modules: z.array(z.string()),
    parameters: z.record(z.string(), z.string()),
  }),
  metrics: z.array(z.string()),
  seeds: z
    .array(z.strictObject({ seed: z.string(), fingerprint: z.string(), values: z.array(value) }))
    .min(1),
});
type Baseline = z.output<typeof baselineSchema>;

export const baselineFile = (folder: string, scenario: string): string =>
  join(folder, `${scenarioName(scenario)}.json`);

/** The text of a baseline's file: a few lines of what it is, then one seed a line. */
export const baselineText = (
  { scenario, worldHash, measured }: Figures, { because, made }: Pick<Baseline, 'because' | 'made'>,
): string => {
  const metrics = Object.keys(measured.seeds[0]?.metrics ?? {});
  const { tool, transport, policy } = measured;
  const head = {
    schema: baselineSchemaVersion, because, made, tool, scenario, world: worldHash, transport, policy,
    metrics,
  };
  const lines = measured.seeds.map(({ seed, fingerprint, metrics: measures }) => {
    const values = metrics.map((metric): Baseline['seeds'][number]['values'][number] => {
      const { value: number, observed } = measures[metric]!;
      return number === null || observed ? number : `>${number}`;
    });
    return JSON.stringify({ seed, fingerprint, values });
  });
  const top = Object.entries(head).map(([name, field]) =>
    `${JSON.stringify(name)}: ${JSON.stringify(field)}`);
  return `{\n${top.join(',\n')},\n"seeds": [\n${lines.join(',\n')}\n]}\n`;
};

/**
 * The figures in a baseline's file. Throws OtherPlan where there is no such file, and a UserMistake where it
 * is none of ours.
 */
export const readBaseline = (path: string): Figures => {
  const shown = shownPath(path);
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new OtherPlan(
      `${shown} does not exist: there is no baseline to compare with. ` +
        'Run the scenario, then write one: sharedfate accept <run> --because "...".',
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(readText(path, 'a baseline'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserMistake(`${shown} is not JSON: ${error.message.split('\n')[0]}. Take it from git again.`);
  }
  const { schema } = (content ?? {}) as { readonly schema?: unknown };
  if (schema !== baselineSchemaVersion) {
    throw new UserMistake(
      `${shown} is ${schema === undefined ? 'no baseline' : shownValue(schema)}; this version reads ` +
        `${baselineSchemaVersion}.`,
    );
  }
  const reading = baselineSchema.safeParse(content);
  if (!reading.success) {
    const { path: at, message } = reading.error.issues[0]!;
    throw new UserMistake(`${shown} is damaged: ${at.join('.')}: ${message}. Take it from git again.`);
  }
  const short = reading.data.seeds.find(({ values }) => values.length !== reading.data.metrics.length);
  if (short !== undefined)
    throw new UserMistake(
      `${shown} is damaged: seed ${short.seed} has ${short.values.length} values for ` +
        `${reading.data.metrics.length} metrics. Take it from git again.`,
    );
  return figuresIn(reading.data, shown);
};

const figuresIn = (baseline: Baseline, shown: string): Figures => {
  const { scenario, world, tool, transport, policy, metrics, seeds } = baseline;
  const measured: Measured = {
    tool,
    transport,
    policy,
    seeds: seeds.map(({ seed, fingerprint, values }) => ({
      seed,
      fingerprint,
      metrics: Object.fromEntries(metrics.map((metric, index) => {
        const found = values[index]!;
        return [metric, typeof found === 'string'
          ? { value: Number(found.slice(1)), observed: false }
          : { value: found, observed: found !== null }];
      })),
    })),
  };
  return { scenario, worldHash: world, measured, folder: shown, result: null };
};
