// `sharedfate gate <run>`: judges the gates of runs that were made before, waivers as of today. Simulates
// nothing.

import { existsSync, statSync } from 'node:fs';
import type { GateReport } from '../../reports/gates.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { RunResult } from '../../sim/result.ts';
import { runsIn } from '../comparing/figures.ts';
import { noGates, readGatesFile } from '../comparing/gates-file.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';

export interface GateOptions {
  readonly gates?: string;
  readonly json: boolean;
}

/** The worst exit code of all the runs: a failed gate before one that could not be judged. */
export const gate = async (
  folders: readonly string[], options: GateOptions, console: Console,
): Promise<number> => {
  const { judgeGates, renderGates, summarise } = await import('../../reports/index.ts');
  const results = folders.flatMap(resultsIn);
  const file = options.gates === undefined
    ? noGates
    : await readGatesFile(options.gates, results.map(({ result }) => result.scenario));
  const today = new Date().toISOString();
  const judged = results.map(({ folder, result }): Judged => {
    const gates = [...(result.plan.gates ?? []), ...file(result.scenario)];
    const full = { ...result, plan: { ...result.plan, gates } };
    return { folder, scenario: result.scenario, report: judgeGates(full, summarise(full), today) };
  });
  if (options.json) console.print(`${plainJson({ exitCode: worstOf(judged), runs: judged })}\n`);
  else {
    for (const { folder, scenario, report } of judged) {
      const { colours, columns } = console;
      console.print(`${scenario}   ${folder}\n${renderGates(report, { colours, columns })}`);
    }
  }
  return worstOf(judged);
};

interface Judged {
  readonly folder: string;
  readonly scenario: string;
  readonly report: GateReport;
}

const worstOf = (judged: readonly Judged[]): number => {
  const codes = judged.map(({ report }) => report.exitCode);
  return codes.includes(20) ? exitCodes.gateFailed : codes.includes(21) ? exitCodes.noData : exitCodes.passed;
};

const resultsIn = (path: string): readonly { readonly folder: string; readonly result: RunResult }[] => {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new UserMistake(`${shownPath(path)} is no folder; expected that of a run.`);
  const runs = runsIn(path).flatMap(({ folder, result }) => (result === null ? [] : [{ folder, result }]));
  if (runs.length === 0) throw new UserMistake(`${shownPath(path)} holds no run.`);
  return runs;
};
