// Simulates one side of a comparison here and now, as `run` would: every seed, in worker threads, and its
// result in a folder of its own, so that it can be explained, replayed and accepted later, and gone on with
// where somebody stopped it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../policy/index.ts';
import { differencesOf } from '../../reports/outputs/merge.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { RunResult } from '../../sim/result.ts';
import { blankResult } from '../commands/run.ts';
import type { Console } from '../console.ts';
import { startCrew } from '../crew.ts';
import { UserMistake } from '../faults.ts';
import { onInterrupt } from '../interrupt.ts';
import { type LoadedScenario, shownPath } from '../load.ts';
import { openFolder, readResult, resultFile } from '../output.ts';
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
  /** Whether finished seeds that lie in the folder are kept, and only the others simulated. */
  readonly goesOn: boolean;
}

/** Undefined where control-C was pressed: what is done is kept in the folder, and half a side is no side. */
export const simulateSide = async (run: SideRun, console: Console): Promise<Figures | undefined> => {
  const { scenario, policy, asked, set, seeds, jobs, simulator } = run;
  const options = {
    policy: asked, set, wire: false, check: false, force: true, json: true, reporter: 'line',
  };
  const folder = openFolder(run.folder, true);
  const blank = blankResult(scenario, policy, options, console.tool);
  const done = run.goesOn ? seedsDone(run.folder, blank, seeds) : [];
  const left = seeds.filter((seed) => !done.some((one) => one.seed === seed));
  const figuresFrom = (result: RunResult): Figures =>
    ({ ...figuresOf(result, run.folder), worldHash: worldHash(scenario.plan) });
  if (left.length === 0)
    return figuresFrom({ ...readResult(run.folder), seedsAsked: seeds.length, seeds: done });
  const crew = startCrew({
    simulator, plan: scenario.plan, policy: asked, settings: set, traces: readTraces(scenario),
    wire: false, check: false, seeds: left, workers: jobs,
  });
  const hide = showProgress(crew, left.length, scenario.plan.length, console.errors, console.environment);
  const interrupt = onInterrupt(() => {
    crew.stop();
    console.note('\nStopping; finished seeds are kept. Press control-C again to quit at once.');
  }, folder.tidy);
  try {
    const { results, assumptions } = await crew.report;
    const found = [...done, ...results];
    if (found.length > 0) {
      const inOrder = seeds.flatMap((seed) => found.find((one) => one.seed === seed) ?? []);
      const result: RunResult = { ...blank, seedsAsked: seeds.length, seeds: inOrder, assumptions };
      folder.write(resultFile, `${plainJson(result)}\n`);
      if (found.length === seeds.length && !interrupt.wasPressed()) return figuresFrom(result);
    }
    folder.tidy();
    return undefined;
  } catch (error) {
    folder.tidy();
    throw error;
  } finally {
    hide();
    interrupt.release();
  }
};

/** Of an earlier try in the same folder, those that are asked for. Throws where it was of something else. */
const seedsDone = (folder: string, blank: RunResult, seeds: readonly string[]): RunResult['seeds'] => {
  if (!existsSync(join(folder, resultFile))) return [];
  const earlier = readResult(folder);
  const differences = differencesOf(earlier, blank);
  if (differences.length > 0)
    throw new UserMistake(
      `${shownPath(folder)} is a run of something else: ${differences.join('; ')}. ` +
        'Compare anew, without --resume.',
    );
  return earlier.seeds.filter(({ seed }) => seeds.includes(seed));
};
