// `sharedfate report`: makes everything again from result.json alone, without simulating, and merges the
// shards of a run that was spread over several machines.

import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { printable } from '../../reports/format.ts';
import { mergeShards } from '../../reports/outputs/merge.ts';
import { planHash } from '../../sim/plan/hash.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { RunResult } from '../../sim/result.ts';
import { handOutComparison } from '../comparing/hand-out-comparison.ts';
import { isComparison, readComparison, runsOf } from '../comparing/read-comparison.ts';
import type { Console } from '../console.ts';
import { SeedsDiffer, UserMistake } from '../faults.ts';
import { handOutRun } from '../hand-out.ts';
import { shownPath } from '../load.ts';
import { defaultFolder, openFolder, readResult, resultFile } from '../output.ts';
import type { Reporter } from '../reporter-names.ts';
import { readReporters } from '../reporters.ts';
import { isSearch, isSweep } from '../sweeping/folder.ts';
import { reportSweep } from '../sweeping/merge.ts';

export interface ReportOptions {
  readonly out?: string;
  readonly force: boolean;
  readonly json: boolean;
  readonly reporter: string;
}

/**
 * One folder: made again in place, or in `out`. Several: merged into a new folder. The gates' exit code,
 * or 130 where seeds are missing.
 */
export const report = async (
  paths: readonly string[],
  options: ReportOptions,
  console: Console,
): Promise<number> => {
  const reporters = readReporters(options.reporter);
  const folders = paths.map(runFolder);
  assertApart(folders);
  if (folders.some(isSweep)) {
    if (options.out !== undefined) assertNotAmong(options.out, folders);
    return reportSweep(folders, options, console);
  }
  if (folders.some(isComparison)) return reportComparison(folders, reporters, options, console);
  // A run may have been written beside a search, and is told as any other.
  const searched = folders.find((folder) => isSearch(folder) && !existsSync(join(folder, resultFile)));
  if (searched !== undefined) {
    throw new UserMistake(`${shownPath(searched)} holds a search, which makes no report. What it has found ` +
      'is in tune.json; sharedfate tune --resume tells it again.');
  }
  const shards = folders.map((where) => ({ where: shownPath(where), result: readResult(where) }));
  const merging = mergeShards(shards);
  if (merging.kind === 'different') {
    throw new UserMistake(
      `${merging.two} is no shard of the run in ${merging.one}: ${printable(merging.how)}. ` +
        'Only runs that differ in their seeds alone are merged; sharedfate compare holds two side by side.',
    );
  }
  if (merging.kind === 'conflict') {
    const how = `${merging.one} and ${merging.two} disagree: ${printable(merging.how)}`;
    throw new SeedsDiffer(`${how}. Nothing was written.`);
  }
  const { result } = merging;
  assertSeeds(result, shards[0]!.where);
  assertOwnPlan(result, shards[0]!.where, console.tool);
  const isInPlace = folders.length === 1 && options.out === undefined;
  const path = isInPlace ? folders[0]! : (options.out ?? defaultFolder(nameOf(result), new Date()));
  if (!isInPlace) assertNotAmong(path, folders);
  const folder = openFolder(path, isInPlace || options.force);
  try {
    // A run that was stopped stays one, however well its gates look on the seeds it has.
    const interrupted = result.seeds.length < result.seedsAsked;
    const ending = { reporters, json: options.json, interrupted, isThere: isInPlace };
    return await handOutRun(isInPlace ? shards[0]!.result : result, folder, ending, console);
  } catch (error) {
    folder.tidy();
    throw error;
  }
};

/** A comparison stands for itself: it is told again, and nothing is merged into it. */
const reportComparison = async (
  folders: readonly string[],
  reporters: ReadonlySet<Reporter>,
  { out, force, json }: ReportOptions,
  console: Console,
): Promise<number> => {
  const [from] = folders;
  if (folders.length > 1) {
    throw new UserMistake(
      `${shownPath(folders.find(isComparison)!)} holds a comparison, which is not merged. Name it alone.`,
    );
  }
  const comparison = readComparison(from!);
  const folder = openFolder(out ?? from!, out === undefined || force);
  const runs = runsOf(comparison, from!);
  if (runs.some(({ baseline, candidate }) => baseline === null || candidate === null))
    console.note('Runs of the comparison are gone, or of another version: the page shows only its figures.');
  return handOutComparison(comparison, folder, { reporters, json, all: false, runs }, console);
};

/** Gates are part of the plan: one loosened by hand, after the run, is not to pass for the run's own. */
const assertOwnPlan = ({ plan, planHash: told, tool }: RunResult, where: string, ours: string): void => {
  const found = planHash(readPlan(plan, `${where}/${resultFile}`));
  if (found === told || tool !== ours) return;
  throw new UserMistake(
    `${where}/${resultFile} says plan ${printable(told)}, and holds another (${found}). ` +
      'It was changed after the run, or an earlier build made it; run the scenario anew.',
  );
};

/** A run's folder, also where somebody named the result.json in it. */
const runFolder = (path: string): string => {
  if (path.trim() === '') throw new UserMistake('"" is no path; expected the folder of a run.');
  if (!existsSync(path))
    throw new UserMistake(`${shownPath(path)} does not exist; expected the folder of a run.`);
  if (statSync(path).isDirectory()) return path;
  if (basename(path) === 'result.json') return path.slice(0, -'result.json'.length) || '.';
  throw new UserMistake(`${shownPath(path)} is a file; expected the folder of a run.`);
};

const assertApart = (folders: readonly string[]): void => {
  const real = folders.map((folder) => realpathSync(folder));
  const twice = folders.find((_, index) => real.indexOf(real[index]!) !== index);
  if (twice !== undefined) throw new UserMistake(`${shownPath(twice)} is named twice. Name each shard once.`);
};

/** Merging into one of the shards would overwrite it with more than it is. */
const assertNotAmong = (path: string, folders: readonly string[]): void => {
  if (!existsSync(path)) return;
  const real = realpathSync(path);
  if (!folders.some((folder) => realpathSync(folder) === real)) return;
  throw new UserMistake(
    `${shownPath(path)} is one of the runs to report on. Choose another folder with --out.`,
  );
};

const assertSeeds = ({ seeds }: RunResult, where: string): void => {
  if (seeds.length === 0)
    throw new UserMistake(`${where} holds a run of which no seed finished: there is nothing to report.`);
};

const nameOf = ({ scenario }: RunResult): string => basename(scenario, extname(scenario));
