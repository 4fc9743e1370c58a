// A comparison on its way out: comparison.json first, so that nothing later can lose it, then what the
// reporters make of it, then the exit code.

import { join } from 'node:path';
import type { Comparison } from '../../reports/comparison/comparison.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { RunResult } from '../../sim/result.ts';
import type { Console } from '../console.ts';
import { shownPath } from '../load.ts';
import type { OutputFolder } from '../output.ts';
import type { Reporter } from '../reporter-names.ts';
import { handOut } from '../reporters.ts';

export const comparisonFile = 'comparison.json';

export interface ComparedRuns {
  readonly baseline: RunResult | null;
  readonly candidate: RunResult | null;
}

export interface ComparisonEnding {
  readonly reporters: ReadonlySet<Reporter>;
  readonly json: boolean;
  readonly all: boolean;
  /** Both results of each scenario, where there are any. */
  readonly runs: readonly ComparedRuns[];
}

/** Writes, prints. The exit code is that of the gates. */
export const handOutComparison = async (
  comparison: Comparison,
  folder: OutputFolder,
  { reporters, json, all, runs }: ComparisonEnding,
  console: Console,
): Promise<number> => {
  folder.write(comparisonFile, `${plainJson(comparison)}\n`);
  const { renderComparison } = await import('../../reports/index.ts');
  const { renderComparisonTerminal } = await import('../../reports/comparison/terminal.ts');
  const outputs = await import('../../reports/outputs/index.ts');
  const { colours, columns } = console;
  const suites = outputs.suitesOfComparison(comparison);
  const written = await handOut(
    {
      line: (reportPath) => renderComparisonTerminal(comparison, { colours, columns, reportPath, all }),
      html: () => renderComparison(comparison, runs),
      csv: () => outputs.renderComparisonCsv(comparison),
      junit: () => outputs.renderJunit(suites),
      markdown: () => outputs.renderComparisonMarkdown(comparison),
      annotations: () => outputs.renderAnnotations(suites),
    },
    reporters,
    folder,
    json,
    console,
  );
  const { exitCode } = comparison.gates;
  if (json) {
    const files = { folder: folder.path, comparison: shownPath(join(folder.path, comparisonFile)),
      ...written };
    console.print(`${plainJson({ exitCode, ...files, ...comparison })}\n`);
  }
  return exitCode;
};
