// report.html of a run, and of a comparison of two sides.

import type { RunResult } from '../sim/index.ts';
import type { Comparison } from './comparison/comparison.ts';
import { printable } from './format.ts';
import { type GateReport, judgeGates } from './gates.ts';
import { firstCompared } from './html/first-compared.ts';
import { firstScreen } from './html/first-screen.ts';
import { bodyOf } from './html/body.ts';
import { pageOf } from './html/page.ts';
import { rowsOfComparison, rowsOfRun } from './html/sections/gates.ts';
import { type ComparedRuns, sideNames, viewOfComparison, viewOfRun } from './html/view.ts';

/**
 * The page of a run. `gates`, if they were judged already, else they are judged as of the day the run was
 * made. Pure but for the cache of plotly.js. Throws as `summarise` and `judgeGates` do: without a seed, or
 * with a gate nobody can judge.
 */
export const renderReport = async (result: RunResult, gates?: GateReport): Promise<string> => {
  const view = viewOfRun(result);
  const { summary } = view.scenarios[0]!.sides[0]!;
  const judged = gates ?? judgeGates(result, summary);
  return pageOf({
    title: printable(result.plan.title),
    tool: result.tool,
    ...bodyOf(view, firstScreen(result, summary, judged), rowsOfRun(judged), judged.notJudged),
  });
};

/**
 * The page of a comparison, with the two runs of each of its scenarios in their order; null for a side of
 * which only figures are left. Throws a RangeError where there are not as many pairs of runs as scenarios.
 */
export const renderComparison = async (
  comparison: Comparison,
  runs: readonly ComparedRuns[],
): Promise<string> => {
  const view = viewOfComparison(comparison, runs);
  const rows = rowsOfComparison(comparison.gates.verdicts, view);
  const { baseline, candidate } = sideNames(comparison);
  return pageOf({
    title: `${baseline} → ${candidate}`,
    tool: comparison.tool,
    ...bodyOf(view, firstCompared(view, comparison, rows), rows, []),
  });
};
