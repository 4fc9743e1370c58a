// A comparison read back from its folder, with the runs it was made of where they are still there.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, comparisonSchemaVersion } from '../../reports/comparison/comparison.ts';
import { printable } from '../../reports/format.ts';
import type { RunResult } from '../../sim/result.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { readJson, readResult, resultFile } from '../output.ts';
import { comparisonSchema } from './comparison-schema.ts';
import { scenarioName } from './figures.ts';
import { type ComparedRuns, comparisonFile } from './hand-out-comparison.ts';

export const isComparison = (folder: string): boolean =>
  existsSync(join(folder, comparisonFile)) && !existsSync(join(folder, resultFile));

/** Throws a UserMistake that names what is wrong with the file. */
export const readComparison = (folder: string): Comparison => {
  const file = join(folder, comparisonFile);
  const shown = shownPath(file);
  const value = readJson(file, 'an earlier comparison');
  const version = (value as { readonly schema?: unknown } | null)?.schema;
  if (version !== comparisonSchemaVersion) {
    const what = typeof version === 'string' ? printable(version.slice(0, 60)) : 'no comparison of ours';
    throw new UserMistake(
      `${shown} is ${what}; this version reads ${comparisonSchemaVersion}. Compare anew.`,
    );
  }
  const reading = comparisonSchema.safeParse(value);
  if (reading.success) return reading.data;
  const { path, message } = reading.error.issues[0]!;
  throw new UserMistake(`${shown} is damaged: ${printable(`${path.join('.')}: ${message}`)}. Compare anew.`);
};

/** The runs of each scenario, for what a page shows of them; null where one is gone or of another version. */
export const runsOf = (comparison: Comparison, folder: string): readonly ComparedRuns[] =>
  comparison.scenarios.map(({ scenario, baselineFolder, candidateFolder }) => {
    const inside = join(folder, scenarioName(scenario));
    return {
      baseline: firstResult([join(inside, 'baseline'), baselineFolder]),
      candidate: firstResult([join(inside, 'candidate'), candidateFolder]),
    };
  });

const firstResult = (folders: readonly string[]): RunResult | null => {
  const found = folders.find((folder) => folder !== '' && existsSync(join(folder, resultFile)));
  try {
    return found === undefined ? null : readResult(found);
  } catch (error) {
    // The comparison stands without it; only what the page shows of single seeds is missing.
    if (error instanceof UserMistake) return null;
    throw error;
  }
};
