// One side's figures of one scenario, wherever they come from: just simulated, read from a run's folder, made
// by another revision's code, or a committed baseline.

import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import * as z from 'zod';
import { type Measured, measuredOf } from '../../reports/comparison/measured.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import type { RunResult } from '../../sim/result.ts';
import { UserMistake } from '../faults.ts';
import { readText } from '../files.ts';
import { shownPath } from '../load.ts';
import { readResult, resultFile } from '../output.ts';
import { worldHashOf } from './world-hash.ts';

export interface Figures {
  /** The file of the scenario, as a person would type it. */
  readonly scenario: string;
  readonly worldHash: string;
  readonly measured: Measured;
  /** The folder they lie in; empty where none. */
  readonly folder: string;
  /** Where they are a result of this version. */
  readonly result: RunResult | null;
}

/** The name of a scenario by its file: `enron`. */
export const scenarioName = (scenario: string): string => basename(scenario, extname(scenario));

export const figuresOf = (result: RunResult, folder: string): Figures => ({
  scenario: result.scenario,
  worldHash: worldHashOf(result),
  measured: measuredOf(result),
  folder: folder === '' ? '' : shownPath(folder),
  result,
});

/**
 * The runs in a folder: its own, or those of the folders in it (of a comparison, its candidate's). Empty
 * where there are none; throws a UserMistake for one that cannot be read.
 */
export const runsIn = (folder: string): readonly Figures[] => {
  if (existsSync(join(folder, resultFile))) return [figuresOf(readResult(folder), folder)];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort()
    .flatMap((inner) =>
      existsSync(join(inner, resultFile)) ? [figuresOf(readResult(inner), inner)]
      : existsSync(join(inner, 'candidate', resultFile))
        ? [figuresOf(readResult(join(inner, 'candidate')), join(inner, 'candidate'))]
        : [],
    );
};

const measure = z.object({ value: z.number().nullable(), observed: z.boolean() });
/** As much of a result as a comparison needs, so that those of older and newer versions can be read. */
const looseResult = z.object({
  tool: z.string(),
  transport: z.string().default('memory'),
  policy: z.object({
    name: z.string(),
    source: z.string().default(''),
    digest: z.string().default(''),
    modules: z.array(z.string()).default([]),
    settings: z
      .array(z.object({ name: z.string(), value: z.number(), unit: z.string(), default: z.number() }))
      .default([]),
  }),
  seeds: z.array(
    z.object({ seed: z.string(), fingerprint: z.string(), metrics: z.record(z.string(), measure) }),
  ),
});

/** What another revision's code wrote into a folder. Throws a UserMistake where that is no result. */
export const readMeasured = (folder: string): Measured => {
  const path = join(folder, resultFile);
  const reading = looseResult.safeParse(JSON.parse(readText(path, 'the result of that revision')));
  if (reading.success) return measuredOf(reading.data);
  const { path: at, message } = reading.error.issues[0]!;
  throw new UserMistake(
    `${shownPath(path)}, made by another revision, cannot be compared: ${at.join('.')}: ${message}.`,
  );
};

/** A plan without gates: they are judged here, and older code may not know them. */
export const withoutGates = ({ gates, ...plan }: PlanInput): PlanInput => {
  void gates;
  return plan;
};
