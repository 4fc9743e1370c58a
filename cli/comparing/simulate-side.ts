// Simulates one side of a comparison here and now, as `run` would: every seed, in worker threads, and its
// result in a folder of its own, so that it can be explained, replayed and accepted later.

import type { Policy } from '../../policy/index.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { RunResult } from '../../sim/result.ts';
import { blankResult } from '../commands/run.ts';
import type { Console } from '../console.ts';
import { startCrew } from '../crew.ts';
import { onInterrupt } from '../interrupt.ts';
import type { LoadedScenario } from '../load.ts';
import { openFolder, resultFile } from '../output.ts';
import { showProgress } from '../progress.ts';
import { readTraces } from '../traces.ts';
import { type Figures, figuresOf } from './figures.ts';
import { worldHash } from './world-hash.ts';

export interface SideRun {
  readonly scenario: LoadedScenario;
  readonly policy: Policy;
  /** As on the command line. */
  readonly asked: string;
  readonly set: readonly string[];
  readonly seeds: readonly string[];
  readonly jobs: number;
  readonly folder: string;
  readonly simulator: string;
}

/** Undefined where control-C came before the last seed was done: half a side is no side. */
export const simulateSide = async (run: SideRun, console: Console): Promise<Figures | undefined> => {
  const { scenario, policy, asked, set, seeds, jobs, simulator } = run;
  const options = {
    policy: asked, set, wire: false, check: false, force: true, json: true, reporter: 'line',
  };
  const folder = openFolder(run.folder, true);
  const crew = startCrew({
    simulator, plan: scenario.plan, policy: asked, settings: set, traces: readTraces(scenario),
    wire: false, check: false, seeds, workers: jobs,
  });
  const hide = showProgress(crew, seeds.length, scenario.plan.length, console.errors, console.environment);
  const interrupt = onInterrupt(() => crew.board.stop(), folder.tidy);
  try {
    const { results, assumptions } = await crew.report;
    if (results.length < seeds.length) {
      folder.tidy();
      return undefined;
    }
    const blank = blankResult(scenario, policy, options, console.tool);
    const result: RunResult = { ...blank, seedsAsked: seeds.length, seeds: results, assumptions };
    folder.write(resultFile, `${plainJson(result)}\n`);
    return { ...figuresOf(result, run.folder), worldHash: worldHash(scenario.plan) };
  } catch (error) {
    folder.tidy();
    throw error;
  } finally {
    hide();
    interrupt.release();
  }
};
