// `sharedfate compare A B`: two policies, revisions, runs or a baseline are held against one another on the
// same seeds, and the gates judged. Everything that can be refused is refused before the first seed starts.

import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  compare as compared, type ComparedScenario, NoCommonSeeds,
} from '../../reports/comparison/compare.ts';
import type { Policy } from '../../policy/index.ts';
import { type Figures, scenarioName } from '../comparing/figures.ts';
import { type GatesFile, noGates, readGatesFile } from '../comparing/gates-file.ts';
import { comparisonFile, handOutComparison } from '../comparing/hand-out-comparison.ts';
import { type CompareOptions, type Job, jobOf, type JobScenario } from '../comparing/job.ts';
import { layOut, type RevisionTree, workingTree } from '../comparing/revision.ts';
import { runRevision } from '../comparing/run-revision.ts';
import type { AskedSide } from '../comparing/sides.ts';
import { simulateSide } from '../comparing/simulate-side.ts';
import { acceptText, againText, repeatText, sidesTold } from '../comparing/tell-sides.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { loadPolicy, shownPath } from '../load.ts';
import { defaultFolder, openFolder } from '../output.ts';
import { readReporters } from '../reporters.ts';
import { wholeNumber } from '../seeds.ts';
import { readTraces } from '../traces.ts';

export type { CompareOptions } from '../comparing/job.ts';

/** Compares; `simulator` is the address of the module that does the work (simulator.ts). The exit code. */
export const compare = async (
  typed: readonly string[], options: CompareOptions, simulator: string, console: Console,
): Promise<number> => {
  const jobs = options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs, 256);
  const reporters = readReporters(options.reporter);
  if (options.resume !== undefined) assertStopped(options.resume, options.out);
  const job = await jobOf(typed, options);
  if (options.set.length > 0 && job.candidate.kind !== 'policy')
    throw new UserMistake('--set sets a number of the candidate, which is no policy to be run here.');
  const policies = {
    baseline: job.baseline.kind === 'policy' ? await loadPolicy(job.baseline.policy) : null,
    candidate: job.candidate.kind === 'policy' ? await loadPolicy(job.candidate.policy, options.set) : null,
  };
  const gates = await gatesOf(job, options);
  for (const { scenario } of job.scenarios) if (scenario !== null) readTraces(scenario);
  tellOfTree(job, console);

  const path = options.resume ?? options.out ?? defaultFolder('compare', new Date());
  if (options.resume === undefined && existsSync(join(path, comparisonFile)) && !options.force)
    throw new UserMistake(
      `${shownPath(path)} holds a comparison already. Choose another folder, or add --force to replace it.`,
    );
  const folder = openFolder(path, options.force || options.resume !== undefined);
  const work = { job, jobs, options, policies, simulator, path, trees: new Map<string, RevisionTree>() };
  try {
    const figures = await allFigures(work, console);
    if (figures === undefined) {
      folder.tidy();
      console.note(stoppedText(path, repeatText(typed, options)));
      return exitCodes.interrupted;
    }
    const comparison = compared({
      tool: console.tool,
      made: new Date().toISOString(),
      pairing: options.unpaired ? 'none' : 'seeds',
      ...sidesTold(job, figures[0]!, options.set),
      scenarios: figures.map((pair, index) => comparedScenario(job.scenarios[index]!, pair, gates)),
      repeat: repeatText(typed, options),
      accept: acceptText(candidateFolders(job, figures, path)),
      again: (scenario, seed) =>
        againText(
          figures.find(({ candidate }) => candidate.scenario === scenario)?.candidate, seed, typed, options,
        ),
    });
    const runs = figures.map(({ baseline, candidate }) =>
      ({ baseline: baseline.result, candidate: candidate.result }));
    return await handOutComparison(comparison, folder,
      { reporters, json: options.json, all: options.all, runs },
      console);
  } catch (error) {
    folder.tidy();
    throw error instanceof NoCommonSeeds ? new UserMistake(error.message) : error;
  } finally {
    for (const tree of work.trees.values()) tree.remove();
  }
};

const assertStopped = (folder: string, out: string | undefined): void => {
  if (out !== undefined) throw new UserMistake('--resume goes on in its own folder; drop --out.');
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UserMistake(`${shownPath(folder)} is no folder; --resume takes that of a comparison.`);
};

/** Nothing lies there where no seed was done. */
const stoppedText = (path: string, repeat: string): string =>
  existsSync(path)
    ? 'Stopped; nothing was compared. Finished seeds are kept. ' +
      `Go on with: ${repeat} --resume ${shownPath(path)}`
    : 'Stopped before the first seed was done; nothing was written.';

interface Work {
  readonly job: Job;
  readonly jobs: number;
  readonly options: CompareOptions;
  readonly policies: { readonly baseline: Policy | null; readonly candidate: Policy | null };
  readonly simulator: string;
  readonly path: string;
  /** Laid out once each, by what they were asked for as. */
  readonly trees: Map<string, RevisionTree>;
}

interface Pair {
  readonly baseline: Figures;
  readonly candidate: Figures;
}

/** Undefined where somebody stopped it. */
const allFigures = async (work: Work, console: Console): Promise<readonly Pair[] | undefined> => {
  const pairs: Pair[] = [];
  for (const scenario of work.job.scenarios) {
    const baseline = await sideFigures('baseline', scenario, work, console);
    if (baseline === undefined) return undefined;
    const candidate = await sideFigures('candidate', scenario, work, console);
    if (candidate === undefined) return undefined;
    pairs.push({ baseline, candidate });
  }
  return pairs;
};

const sideFigures = async (
  which: 'baseline' | 'candidate', one: JobScenario, work: Work, console: Console,
): Promise<Figures | undefined> => {
  const existing = one[which];
  if (existing !== null) return existing;
  const scenario = one.scenario!;
  const side = work.job[which];
  const folder = join(work.path, scenarioName(scenario.where), which);
  const seeds = which === 'baseline' ? one.baselineSeeds : one.candidateSeeds;
  const set = which === 'candidate' ? work.options.set : [];
  if (side.kind === 'revision') {
    console.note(`${scenarioName(scenario.where)}: ${seeds.length} seeds by the code of ${side.ref} ...`);
    const tree = treeOf(side, work, console);
    return runRevision(tree, { scenario, policy: side.policy, set, seeds, jobs: work.jobs, folder });
  }
  if (side.kind !== 'policy') throw new TypeError(`${which} has no figures of ${scenario.where}`);
  const { simulator, jobs, policies } = work;
  const policy = policies[which]!;
  const goesOn = work.options.resume !== undefined;
  return simulateSide(
    { scenario, policy, asked: side.policy, set, seeds, jobs, folder, simulator, goesOn }, console);
};

const treeOf = ({ ref }: Extract<AskedSide, { kind: 'revision' }>, { trees }: Work, console: Console) => {
  const known = trees.get(ref);
  if (known !== undefined) return known;
  const tree = layOut(ref);
  trees.set(ref, tree);
  for (const notice of tree.notices) console.note(notice);
  return tree;
};

const gatesOf = async ({ scenarios }: Job, { gates }: CompareOptions): Promise<GatesFile> => {
  if (gates === undefined) return noGates;
  return readGatesFile(gates, scenarios.map(whereOf));
};

const whereOf = ({ scenario, candidate }: JobScenario): string => scenario?.where ?? candidate!.scenario;

const comparedScenario = (
  one: JobScenario, { baseline, candidate }: Pair, gates: GatesFile,
): ComparedScenario => {
  const plan = one.scenario?.input ?? candidate.result?.plan ?? baseline.result?.plan;
  const scenario = whereOf(one);
  return {
    scenario,
    title: plan?.title ?? scenarioName(scenario),
    question: plan?.question ?? '',
    worldHash: candidate.worldHash,
    baselineFolder: baseline.folder,
    candidateFolder: candidate.folder,
    assumptions: candidate.result?.assumptions ?? baseline.result?.assumptions ?? [],
    baseline: baseline.measured,
    candidate: candidate.measured,
    gates: [...(plan?.gates ?? []), ...gates(scenario)],
  };
};

/** The folder that `accept` takes: that of the whole comparison where it holds the candidate's runs. */
const candidateFolders = ({ candidate }: Job, figures: readonly Pair[], path: string): readonly string[] =>
  candidate.kind === 'policy' || candidate.kind === 'revision'
    ? [shownPath(path)]
    : figures.map((pair) => pair.candidate.folder);

/** Files that are not committed are in no revision, which surprises whoever forgot them. */
const tellOfTree = ({ baseline, candidate }: Job, console: Console): void => {
  if (baseline.kind !== 'revision' && candidate.kind !== 'revision') return;
  const tree = workingTree();
  if (tree === null || tree.changedFiles === 0) return;
  const files = tree.changedFiles === 1
    ? 'one changed file of the working tree is'
    : `${tree.changedFiles} changed files of the working tree are`;
  const both = baseline.kind === 'revision' && candidate.kind === 'revision';
  console.note(
    both
      ? `${files} in neither revision; only the scenarios are taken from here.`
      : `${files} part of the side that runs here, and not of the revision.`,
  );
};
