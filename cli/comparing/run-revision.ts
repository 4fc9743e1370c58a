// Runs a scenario by the code of another commit: its own command, its own simulator and policies, on the plan
// that lies here, so that both sides meet the same world.

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { exitCodes } from '../exit-codes.ts';
import { ScriptThrew, UserMistake } from '../faults.ts';
import { type LoadedScenario, presetName, shownPath } from '../load.ts';
import { ownFile } from '../own.ts';
import { type Figures, readMeasured, scenarioName, withoutGates } from './figures.ts';
import type { RevisionTree } from './revision.ts';
import { worldHash } from './world-hash.ts';

export interface RevisionRun {
  readonly scenario: LoadedScenario;
  /** As on the command line; a file is looked for in the revision. */
  readonly policy: string;
  readonly set: readonly string[];
  readonly seeds: readonly string[];
  readonly jobs: number;
  /** Where its result goes. */
  readonly folder: string;
}

/** Undefined where it was interrupted. Throws what the other code could not do, as the mistake it is. */
export const runRevision = async (tree: RevisionTree, run: RevisionRun): Promise<Figures | undefined> => {
  const here = join(tree.root, tree.prefix);
  const plan = layPlan(here, run.scenario);
  const bin = binIn(tree.root);
  const policy = presetName(run.policy) === undefined ? policyIn(tree, here, run.policy) : run.policy;
  const args = [
    bin, 'run', plan, ...seedArguments(run.seeds), '--policy', policy,
    ...run.set.flatMap((setting) => ['--set', setting]),
    '--out', resolve(run.folder), '--force', '--jobs', String(run.jobs), '--json',
  ];
  const { code, errors } = await started(args, here);
  if (code === exitCodes.interrupted) return undefined;
  const isJudged = code === exitCodes.gateFailed || code === exitCodes.noData;
  if (code !== exitCodes.passed && !isJudged) throw fault(tree, code, errors);
  const measured = readMeasured(run.folder);
  // The page and tables that the other code made are of its own wording; what counts is the figures.
  for (const file of ['report.html', 'metrics.csv', 'junit.xml', 'summary.md'])
    rmSync(join(run.folder, file), { force: true });
  return {
    scenario: run.scenario.where,
    worldHash: worldHash(run.scenario.plan),
    measured,
    folder: shownPath(run.folder),
    result: null,
  };
};

/** The plan as data, and the traces it names, at the place in the tree where the scenario lies here. */
const layPlan = (here: string, { folder, where, input, plan }: LoadedScenario): string => {
  const inside = relative('', folder);
  if (inside.startsWith('..'))
    throw new UserMistake(`${where} lies outside of this folder; a revision is compared on scenarios in it.`);
  const place = join(here, inside);
  mkdirSync(place, { recursive: true });
  for (const { stream } of plan.tenants) {
    if (stream.kind !== 'trace') continue;
    const target = resolve(place, stream.file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(resolve(folder, stream.file), target);
  }
  const file = join(place, `compared-${scenarioName(where)}.json`);
  writeFileSync(file, JSON.stringify(withoutGates(input)));
  return file;
};

/** Its own command where the commit is of this tool's repository; else the one that runs now. */
const binIn = (root: string): string => {
  const own = join(root, 'cli/sharedfate.mjs');
  const manifest = join(root, 'package.json');
  const isOurs =
    existsSync(own) && existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown }).name === 'sharedfate';
  return isOurs ? own : ownFile('cli/sharedfate.mjs');
};

const policyIn = (tree: RevisionTree, here: string, policy: string): string => {
  const file = resolve(here, relative('', policy));
  if (existsSync(file)) return file;
  throw new UserMistake(`${tree.ref} (${tree.commit.slice(0, 10)}) has no file ${policy}. Name one it has.`);
};

const seedArguments = (seeds: readonly string[]): readonly string[] => {
  if (seeds.length === 1) return ['--seed', seeds[0]!];
  if (seeds.every((seed, index) => seed === String(index + 1))) return ['--seeds', String(seeds.length)];
  throw new UserMistake(
    `a revision runs seeds 1 to some number, or one seed, and not ${seeds.slice(0, 4).join(', ')} ...; ` +
      'give --seeds.',
  );
};

const started = (
  args: readonly string[], cwd: string,
): Promise<{ readonly code: number; readonly errors: string }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-10_000);
    });
    child.on('error', fail);
    child.on('close', (code, signal) =>
      done({ code: code ?? (signal === null ? exitCodes.crash : exitCodes.interrupted), errors }));
  });

const fault = ({ ref, commit }: RevisionTree, code: number, errors: string): Error => {
  const who = `${ref} (${commit.slice(0, 10)})`;
  const text = `${who} could not run it, and said: ${errors.trim() || `nothing, and ended with ${code}`}`;
  if (code === exitCodes.scriptThrew) return new ScriptThrew(text);
  return code === exitCodes.mistake
    ? new UserMistake(`${text}\nIts code may be too old for this plan or policy.`)
    : new Error(text);
};
