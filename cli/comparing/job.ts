// What a comparison is to do, worked out and checked from what was typed before any time is spent: the two
// sides, the scenarios, the seeds of each.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OtherPlan, UserMistake } from '../faults.ts';
import { type LoadedScenario, loadScenario, shownPath } from '../load.ts';
import { seedsAsked } from '../seeds.ts';
import { baselineFile, readBaseline } from './baseline.ts';
import { type Figures, scenarioName } from './figures.ts';
import { type AskedSide, readSide, revisionIn } from './sides.ts';
import { worldHash } from './world-hash.ts';

export interface CompareOptions {
  readonly base?: string;
  readonly baseline?: string;
  readonly policy: string;
  readonly set: readonly string[];
  readonly seed?: string;
  readonly seeds?: string;
  readonly unpaired: boolean;
  readonly gates?: string;
  readonly out?: string;
  /** The folder of a comparison that was stopped. */
  readonly resume?: string;
  readonly force: boolean;
  readonly jobs?: string;
  readonly all: boolean;
  readonly json: boolean;
  readonly reporter: string;
}

/** One scenario of a job; a side without figures is to be simulated on its seeds. */
export interface JobScenario {
  /** Null where both sides' figures exist: nothing is simulated. */
  readonly scenario: LoadedScenario | null;
  readonly baseline: Figures | null;
  readonly candidate: Figures | null;
  readonly baselineSeeds: readonly string[];
  readonly candidateSeeds: readonly string[];
}

export interface Job {
  readonly baseline: AskedSide;
  readonly candidate: AskedSide;
  readonly scenarios: readonly JobScenario[];
}

/** Throws a UserMistake for what cannot be done, OtherPlan where figures are of another world. */
export const jobOf = async (typed: readonly string[], options: CompareOptions): Promise<Job> => {
  const { baseline, candidate, rest } = sidesOf(typed, options);
  if (isRun(baseline) && isRun(candidate)) {
    if (rest.length > 0)
      throw new UserMistake(`both sides are figures that exist; drop ${rest.join(' ')}.`);
    return { baseline, candidate, scenarios: matched(baseline.figures, candidate.figures, options) };
  }
  const figures = isRun(baseline) ? baseline.figures : isRun(candidate) ? candidate.figures : [];
  const files = rest.length > 0 ? rest.flatMap(scenarioFiles) : figures.map(({ scenario }) => scenario);
  if (files.length === 0)
    throw new UserMistake('no scenario was named; add one or more, or a folder of them, after the sides.');
  const twice = files.map(scenarioName).find((name, index, all) => all.indexOf(name) !== index);
  if (twice !== undefined) throw new UserMistake(`scenario ${twice} is named twice; name it once.`);
  const scenarios: JobScenario[] = [];
  for (const file of files) {
    const scenario = await loadScenario(file);
    const own = figuresFor(scenario, isRun(baseline) ? baseline : candidate);
    const seeds = seedsFor(scenario, own, options);
    scenarios.push({
      scenario,
      baseline: isRun(baseline) ? own : null,
      candidate: isRun(candidate) ? own : null,
      baselineSeeds: seeds,
      candidateSeeds: options.unpaired ? otherSeeds(seeds) : seeds,
    });
  }
  return { baseline, candidate, scenarios };
};

type Existing = Extract<AskedSide, { readonly figures: readonly Figures[] }>;
const isRun = (side: AskedSide): side is Existing => side.kind === 'run' || side.kind === 'baseline';

const usage =
  'compare takes two sides: sharedfate compare <A> <B> <scenario...>, each a policy, a revision or the ' +
  'folder of a run; or --base <revision>, or --baseline <file or folder>, with the scenarios alone.';

const sidesOf = (
  typed: readonly string[], options: CompareOptions,
): { readonly baseline: AskedSide; readonly candidate: AskedSide; readonly rest: readonly string[] } => {
  const { base, baseline, policy } = options;
  if (base === undefined && baseline === undefined) {
    if (typed.length < 2) throw new UserMistake(usage);
    const [one, two] = [readSide(typed[0]!, policy), readSide(typed[1]!, policy)];
    return { baseline: one, candidate: two, rest: typed.slice(2) };
  }
  if (base !== undefined && baseline !== undefined)
    throw new UserMistake('--base and --baseline both name the first side; give one of the two.');
  const isFolderOfRuns = typed.length === 1 && existsSync(typed[0]!) && holdsRun(typed[0]!);
  const candidate: AskedSide =
    isFolderOfRuns ? readSide(typed[0]!, policy) : { kind: 'policy', asked: policy, policy };
  const rest = isFolderOfRuns ? [] : typed;
  if (base !== undefined) {
    const revision = revisionIn(base, policy);
    if (revision === undefined) return { baseline: readSide(base, policy), candidate, rest };
    return { baseline: revision, candidate, rest };
  }
  return { baseline: baselinesIn(baseline!, isFolderOfRuns ? candidate : null, rest), candidate, rest };
};

const holdsRun = (path: string): boolean => statSync(path).isDirectory() && !hasScenario(path);

const hasScenario = (folder: string): boolean =>
  readdirSync(folder).some((file) => /\.(ts|mts|js|mjs)$/.test(file));

/**
 * A file is one baseline; of a folder, those of the scenarios asked for, or all of it where none is named.
 */
const baselinesIn = (path: string, runs: AskedSide | null, scenarios: readonly string[]): AskedSide => {
  if (!existsSync(path) || !statSync(path).isDirectory())
    return { kind: 'baseline', asked: path, figures: [readBaseline(path)] };
  const names =
    runs !== null && isRun(runs) ? runs.figures.map(({ scenario }) => scenario)
    : scenarios.flatMap(scenarioFiles);
  const files =
    names.length > 0
      ? names.map((name) => baselineFile(path, name))
      : readdirSync(path).filter((file) => file.endsWith('.json')).sort().map((file) => join(path, file));
  if (files.length === 0) throw new OtherPlan(`${shownPath(path)} holds no baseline (.json).`);
  return { kind: 'baseline', asked: path, figures: files.map(readBaseline) };
};

const scenarioFiles = (path: string): readonly string[] =>
  existsSync(path) && statSync(path).isDirectory()
    ? readdirSync(path)
      .filter((file) => /\.(ts|mts|js|mjs|json)$/.test(file) && !/\.(d|test)\.m?ts$/.test(file))
      .sort()
      .map((file) => join(path, file))
    : [path];

const figuresFor = ({ where, plan }: LoadedScenario, side: AskedSide): Figures | null => {
  if (!isRun(side)) return null;
  const found =
    side.figures.find((one) => scenarioName(one.scenario) === scenarioName(where)) ??
    (side.figures.length === 1 ? side.figures[0]! : undefined);
  if (found === undefined) throw new OtherPlan(`${shownPath(side.asked)} has no figures of ${where}.`);
  const world = worldHash(plan);
  if (found.worldHash !== world) throw otherWorld(found, where, world);
  return found;
};

const otherWorld = ({ folder, scenario, worldHash: had }: Figures, where: string, world: string): OtherPlan =>
  new OtherPlan(
    `${folder || scenario} was made with another plan than ${where} (world ${had.slice(0, 12)}, now ` +
      `${world.slice(0, 12)}): their figures cannot be compared. Run both sides anew, and accept a new ` +
      'baseline if the change of the plan was meant.',
  );

const seedsFor = (
  { plan }: LoadedScenario, existing: Figures | null, { seed, seeds }: CompareOptions,
): readonly string[] => {
  if (existing === null) return seedsAsked(seed, seeds, plan.seeds);
  const there = existing.measured.seeds.map((one) => one.seed);
  if (seed === undefined && seeds === undefined) return there;
  const wanted = seedsAsked(seed, seeds, plan.seeds);
  const missing = wanted.filter((one) => !there.includes(one));
  if (missing.length === 0) return wanted;
  throw new UserMistake(
    `${existing.folder} lacks ${missing.length} of the seeds asked for, the first of them ${missing[0]}; ` +
      `it has ${there.length}.`,
  );
};

/** As many others, counted on from the highest number. */
const otherSeeds = (seeds: readonly string[]): readonly string[] => {
  const last = Math.max(0, ...seeds.map(Number).filter(Number.isSafeInteger));
  return seeds.map((_, index) => String(last + 1 + index));
};

/** Pairs of figures of the same world: each of one side has one of the other. */
const matched = (
  one: readonly Figures[], two: readonly Figures[], { seed, seeds }: CompareOptions,
): readonly JobScenario[] => {
  if (seed !== undefined || seeds !== undefined)
    throw new UserMistake(
      '--seed and --seeds choose what to simulate; both sides here are figures that exist.',
    );
  return two.map((candidate) => {
    const baseline =
      one.find(({ worldHash: hash }) => hash === candidate.worldHash) ??
      one.find(({ scenario }) => scenarioName(scenario) === scenarioName(candidate.scenario)) ??
      (one.length === 1 && two.length === 1 ? one[0] : undefined);
    if (baseline === undefined)
      throw new OtherPlan(
        `${candidate.folder} (${candidate.scenario}) has no counterpart on the other side.`,
      );
    if (baseline.worldHash !== candidate.worldHash)
      throw otherWorld(baseline, candidate.folder || candidate.scenario, candidate.worldHash);
    return { scenario: null, baseline, candidate, baselineSeeds: [], candidateSeeds: [] };
  });
};
