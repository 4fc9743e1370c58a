// A run's result on its way out: result.json first, so that nothing later can lose it, then what the
// reporters make of it, then the exit code. `run` and `report` end here.

import { join } from 'node:path';
import { plainJson } from '../reports/outputs/plain-json.ts';
import type { RunResult } from '../sim/result.ts';
import type { Console } from './console.ts';
import { exitCodes } from './exit-codes.ts';
import { shownPath } from './load.ts';
import { type OutputFolder, resultFile } from './output.ts';
import type { Reporter } from './reporter-names.ts';
import { handOut } from './reporters.ts';

export interface Ending {
  readonly reporters: ReadonlySet<Reporter>;
  readonly json: boolean;
  /** Whether somebody stopped it: the exit code says so before anything else. */
  readonly interrupted: boolean;
  /** The folder holds this very result; it is left as it is. */
  readonly isThere?: boolean;
}

/** Writes, prints, judges. The exit code. */
export const handOutRun = async (
  result: RunResult,
  folder: OutputFolder,
  { reporters, json, interrupted, isThere = false }: Ending,
  console: Console,
): Promise<number> => {
  if (!isThere) folder.write(resultFile, `${plainJson(result)}\n`);
  const reports = await import('../reports/index.ts');
  const { renderAnnotations, renderJunit, renderRunCsv, renderRunMarkdown, suiteOfRun } = await import(
    '../reports/outputs/index.ts'
  );
  const summary = reports.summarise(result);
  const gates = reports.judgeGates(result, summary);
  const { colours, columns } = console;
  const written = await handOut(
    {
      line: (reportPath) => reports.renderTerminal(result, summary, gates, { colours, columns, reportPath }),
      html: () => reports.renderReport(result, gates),
      csv: () => renderRunCsv(result),
      junit: () => renderJunit([suiteOfRun(result, gates)]),
      markdown: () => renderRunMarkdown(result, summary, gates),
      annotations: () => renderAnnotations([suiteOfRun(result, gates)]),
    },
    reporters,
    folder,
    json,
    console,
  );
  const exitCode = interrupted ? exitCodes.interrupted : gates.exitCode;
  if (json) {
    const files = { folder: folder.path, result: shownPath(join(folder.path, resultFile)), ...written };
    const object = { exitCode, interrupted, ...files, ...facts(result), gates, metrics: summary.metrics };
    console.print(`${plainJson(object)}\n`);
  }
  return exitCode;
};

const facts = (result: RunResult) => ({
  tool: result.tool,
  scenario: result.scenario,
  planHash: result.planHash,
  policy: result.policy,
  transport: result.transport,
  seedsAsked: result.seedsAsked,
  seeds: result.seeds.map(({ seed, fingerprint, events }) => ({ seed, fingerprint, events })),
});
