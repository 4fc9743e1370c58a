// `sharedfate run`: a scenario becomes a folder with result.json and report.html, a summary, and an exit code
// that says whether the gates held. Everything that can be refused is refused before the first seed starts.

import { availableParallelism } from 'node:os';
import type { Policy } from '../../policy/index.ts';
import { differencesOf } from '../../reports/outputs/merge.ts';
import { shellWord } from '../../reports/repeat.ts';
import { planHash } from '../../sim/plan/hash.ts';
import { resultSchemaVersion, type RunResult } from '../../sim/result.ts';
import { type Crew, startCrew } from '../crew.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { onInterrupt } from '../interrupt.ts';
import { type LoadedScenario, loadPolicy, loadScenario, policyFacts, shownPath } from '../load.ts';
import { handOutRun } from '../hand-out.ts';
import { defaultFolder, openFolder, type OutputFolder, readResult } from '../output.ts';
import { showProgress } from '../progress.ts';
import type { Reporter } from '../reporter-names.ts';
import { readReporters } from '../reporters.ts';
import { seedsAsked, shardOf, wholeNumber } from '../seeds.ts';
import { readTraces, traceNotices } from '../traces.ts';
import type { Console } from '../console.ts';

export interface RunOptions {
  readonly seed?: string;
  readonly seeds?: string;
  /** Such as `2/4`. */
  readonly shard?: string;
  readonly policy: string;
  readonly set: readonly string[];
  readonly wire: boolean;
  /** A mail server to stand in the loop, such as `postfix`. */
  readonly mta?: string;
  readonly check: boolean;
  readonly out?: string;
  readonly resume?: string;
  readonly force: boolean;
  /** A file of gates, besides those of the scenario. */
  readonly gates?: string;
  readonly jobs?: string;
  readonly json: boolean;
  readonly reporter: string;
}

/** Runs; `simulator` is the address of the module that does the work (simulator.ts). The exit code. */
export const run = async (
  path: string,
  options: RunOptions,
  simulator: string,
  console: Console,
): Promise<number> => {
  if (options.mta !== undefined) {
    const { runThrough } = await import('../through-mta.ts');
    return runThrough(options.mta, path, options, console);
  }
  const jobs = options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs, 256);
  const reporters = readReporters(options.reporter);
  if (options.resume !== undefined && options.out !== undefined) {
    throw new UserMistake('--resume goes on in its own folder; drop --out.');
  }
  const scenario = await scenarioIn(path, options.gates);
  const traces = readTraces(scenario);
  const policy = await loadPolicy(options.policy, options.set);
  const blank = blankResult(scenario, policy, options, console.tool);
  const earlier = options.resume === undefined ? undefined : readResult(options.resume);
  if (earlier !== undefined) assertSame(earlier, blank, options.resume!);
  const seeds = wantedSeeds(options, earlier, scenario.plan.seeds);
  for (const notice of traceNotices(scenario.plan, traces)) console.note(notice);

  const folderPath = options.resume ?? options.out ?? defaultFolder(scenario.name, new Date());
  const folder = openFolder(folderPath, options.force || earlier !== undefined);
  try {
    const done = earlier?.seeds ?? [];
    const left = seeds.filter((seed) => !done.some((result) => result.seed === seed));
    const crew = startCrew({
      simulator,
      plan: scenario.plan,
      policy: options.policy,
      settings: options.set,
      traces,
      wire: options.wire,
      check: options.check,
      seeds: left,
      workers: jobs,
    });
    const { results, assumptions, interrupted } = await watch(crew, left.length, scenario, folder, console);
    const found = [...done, ...results];
    const result: RunResult = {
      ...blank,
      seedsAsked: seeds.length,
      seeds: seeds.flatMap((seed) => found.find((one) => one.seed === seed) ?? []),
      assumptions: assumptions.length > 0 ? assumptions : (earlier?.assumptions ?? []),
    };
    if (result.seeds.length === 0) {
      folder.tidy();
      console.note('Stopped before the first seed was done; nothing was written.');
      return exitCodes.interrupted;
    }
    return await hand(result, folder, { interrupted, scenario: path, options, reporters }, console);
  } catch (error) {
    folder.tidy();
    throw error;
  }
};

/** The scenario, and with it the gates of a file: they are part of its plan from here on. */
const scenarioIn = async (path: string, gates: string | undefined): Promise<LoadedScenario> => {
  const scenario = await loadScenario(path);
  if (gates === undefined) return scenario;
  const { readGatesFile, withGates } = await import('../comparing/gates-file.ts');
  return withGates(scenario, await readGatesFile(gates, [scenario.where]));
};

/** The seeds, under the eyes of the person who waits and can stop them. */
const watch = async (
  crew: Crew,
  total: number,
  { plan }: LoadedScenario,
  folder: OutputFolder,
  console: Console,
) => {
  const hide = showProgress(crew, total, plan.length, console.errors, console.environment);
  const interrupt = onInterrupt(() => {
    crew.stop();
    console.note('\nStopping; finished seeds are kept. Press control-C again to quit at once.');
  }, folder.tidy);
  try {
    return { ...(await crew.report), interrupted: interrupt.wasPressed() && crew.finished().seeds < total };
  } finally {
    hide();
    interrupt.release();
  }
};

/** Hands the result out, and says how to go on where it was stopped. */
const hand = async (result: RunResult, folder: OutputFolder, end: End, console: Console): Promise<number> => {
  const { interrupted, scenario, options, reporters } = end;
  const exitCode = await handOutRun(result, folder, { reporters, json: options.json, interrupted }, console);
  if (interrupted) {
    const again = [
      'npx', 'sharedfate', 'run',
      scenario,
      ...(options.policy === 'default' ? [] : ['--policy', options.policy]),
      ...options.set.flatMap((setting) => ['--set', setting]),
      // A shard's own number of seeds does not say which they are.
      ...(options.shard === undefined || options.seeds === undefined ? [] : ['--seeds', options.seeds]),
      ...(options.shard === undefined ? [] : ['--shard', options.shard]),
      ...(options.wire ? ['--wire'] : []),
      ...(options.check ? ['--check'] : []),
      ...(options.gates === undefined ? [] : ['--gates', options.gates]),
      '--resume',
      shownPath(folder.path),
    ];
    const done = `Stopped with ${result.seeds.length} of ${result.seedsAsked} seeds done.`;
    console.note(`${done} Go on with: ${again.map(shellWord).join(' ')}`);
  }
  return exitCode;
};

/** How a run came to its end, and what it was started with. */
interface End {
  readonly interrupted: boolean;
  /** As it was typed. */
  readonly scenario: string;
  readonly options: RunOptions;
  readonly reporters: ReadonlySet<Reporter>;
}

/** All of a result but what the seeds come to. */
export const blankResult = (
  { where, plan, input }: LoadedScenario,
  policy: Policy,
  options: RunOptions,
  tool: string,
): RunResult => ({
  schema: resultSchemaVersion,
  tool,
  made: new Date().toISOString(),
  scenario: where,
  plan: input,
  planHash: planHash(plan),
  policy: policyFacts(policy, options.policy),
  transport: options.wire ? 'wire' : 'memory',
  seedsAsked: 0,
  seeds: [],
  cast: plan.tenants.map(({ name, count, stream }) => ({ group: name, kind: stream.kind, tenants: count })),
  assumptions: [],
});

const wantedSeeds = (
  options: RunOptions,
  earlier: RunResult | undefined,
  planned: number,
): readonly string[] => {
  if (earlier === undefined) return shardOf(seedsAsked(options.seed, options.seeds, planned), options.shard);
  const done = earlier.seeds.map(({ seed }) => seed);
  const isAsked = (options.seed ?? options.seeds ?? options.shard) !== undefined;
  if (!isAsked && done.length >= earlier.seedsAsked) return done;
  const asked = isAsked
    ? shardOf(seedsAsked(options.seed, options.seeds, planned), options.shard)
    : seedsAsked(undefined, String(earlier.seedsAsked), planned);
  // A finished seed is never thrown away.
  return [...asked, ...done.filter((seed) => !asked.includes(seed))];
};

/** Results may be joined only where everything but the seeds is the same. */
const assertSame = (earlier: RunResult, now: RunResult, folder: string): void => {
  const differences = differencesOf(earlier, now);
  if (differences.length === 0) return;
  throw new UserMistake(
    `${shownPath(folder)} is a run of something else: ${differences.join('; ')}. ` +
      'Start a new run without --resume.',
  );
};
