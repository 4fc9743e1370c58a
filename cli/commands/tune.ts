// `sharedfate tune`: searches the settings of a policy for those that make an objective small, and then
// says what they come to on seeds that the search never saw: a winner is chosen for its luck as well, so
// the figure it won with is too good.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { count, plural, printable } from '../../reports/format.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import { halve, roundsWithin, type Round, type RoundResult, runsOf } from '../../sweep/halving.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import { threadsEngine } from '../../sweep/threads.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { loadPolicy, loadScenario, shownPath } from '../load.ts';
import { defaultFolder } from '../output.ts';
import { ownThread } from '../own.ts';
import { wholeNumber } from '../seeds.ts';
import { carryOut } from '../sweeping/carry-out.ts';
import { type Checked, checkOf, checkText } from '../sweeping/check.ts';
import { openSweepFolder, recordOf } from '../sweeping/folder.ts';
import { jobOf, scenarioFiles, type SweepJob } from '../sweeping/job.ts';
import { type Objective, readObjective } from '../sweeping/objective.ts';
import { candidatesOf, rangesOf } from '../sweeping/search-space.ts';
import { commandFor, shellWord } from '../sweeping/swept.ts';
import { tableFiles } from '../sweeping/tables.ts';
import { readLimit } from './sweep.ts';

export interface TuneOptions {
  readonly policy: string;
  readonly objective: string;
  readonly budget: string;
  readonly vary: readonly string[];
  readonly set: readonly string[];
  readonly jobs?: string;
  readonly timeLimit: string;
  readonly out?: string;
  readonly resume?: string;
  readonly force: boolean;
  readonly json: boolean;
}

const tuneFile = 'tune.json';
/** A quarter of the budget, and five seeds at least, say what the winner is worth. */
const checkShare = 0.25;
const fewestChecks = 5;

/** The exit code: 0 whatever was found, 130 where it was stopped. */
export const tune = async (
  typed: readonly string[], options: TuneOptions, simulator: string, console: Console,
): Promise<number> => {
  const objective = readObjective(options.objective);
  const budget = wholeNumber('--budget', options.budget, 10_000_000);
  const jobs = options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs, 256);
  const limit = readLimit(options.timeLimit);
  if (options.resume !== undefined && options.out !== undefined)
    throw new UserMistake('--resume goes on in its own folder; drop --out.');
  const files = typed.length > 0 ? typed.flatMap(scenarioFiles) : scenarioFiles('scenarios');
  const scenarios = [];
  for (const file of files) scenarios.push(await loadScenario(file));
  const policy = await loadPolicy(options.policy, options.set);
  const ranges = rangesOf(policy, options.vary, options.set);
  const { rounds, checks } = planFor(budget, files.length);
  const name = [policy.name, ...ranges.map((range) => range.setting.name)].join(' ');
  const candidates = candidatesOf(
    await loadPolicy(options.policy), ranges, options.set, rounds[0]!.points, name);
  const seeds = [...numbered(rounds.at(-1)!.seeds, ''), ...numbered(checks, 'check-')];
  const asked = candidates.map((settings) => ({
    policy: options.policy, at: '--set', set: Object.fromEntries(settings.map(settingOf)),
    vary: { kind: 'nothing' as const }, varyAt: '',
  }));
  const head = { where: 'tune', name: 'tune', title: `Search of ${policy.name}`, tool: console.tool };
  const job = await jobOf(head, scenarios, asked, seeds);

  const path = options.resume ?? options.out ?? defaultFolder(`${policy.name}-tune`, new Date());
  if (options.resume === undefined && !options.force && existsSync(join(path, tuneFile)))
    throw new UserMistake(
      `${shownPath(path)} holds a search already. Choose another folder, or add --force.`);
  const folder = openSweepFolder(path, { isOld: options.resume !== undefined, force: options.force });
  try {
    const board = new Tally(job, objective, folder.journal.outcomes);
    const make = async (points: readonly number[], names: readonly string[]): Promise<boolean> => {
      const wanted = new Set(points);
      const runs = job.runs.filter(({ row }) => wanted.has(row.point - 1) && names.includes(row.seed));
      const data = { ...job.data, simulator };
      const engine = threadsEngine({ module: ownThread('sweep-thread').href, data, threads: jobs, limit });
      return !(await carryOut(engine, runs.map(({ spec }) => spec), folder, console)).interrupted;
    };
    const title = `${policy.name}: ${objective.meaning}, mean of a seed and scenario; ` +
      `${plural(ranges.length, 'parameter')}, ${plural(files.length, 'scenario')}`;
    if (!options.json) console.print(`${title}\n`);
    const distinct = rounds.map((round) => ({ ...round, points: Math.min(round.points, job.points.length) }));
    const played = await halve(
      distinct.filter(({ points }) => points > 1),
      async (points, upTo) => {
        const names = numbered(upTo, '');
        return (await make(points, names)) ? points.map((point) => board.score(point, names)) : undefined;
      },
      (round) => {
        const text = roundText(round, board);
        folder.log(text);
        if (!options.json) console.print(`${text}\n`);
      },
    );
    const isWhole = played.length === distinct.filter(({ points }) => points > 1).length;
    const winner = played.at(-1)?.order[0];
    const fresh = numbered(checks, 'check-');
    const isChecked = isWhole && winner !== undefined && (await make([0, winner.point], fresh));
    for (const [file, content] of Object.entries(tableFiles(recordOf(job, ''), folder.journal.outcomes)))
      folder.output.write(file, content);
    if (!isChecked) {
      console.note(`Stopped. Go on with: ${againText(typed, options, path)}`);
      return exitCodes.interrupted;
    }
    const check = checkOf(board.bySeed(0, fresh), board.bySeed(winner.point, fresh));
    const { settings } = job.points[winner.point]!;
    const commands = job.scenarios.map(
      ({ scenario }) => commandFor(scenario, { policy: options.policy, settings }, checks));
    const found = { objective: objective.name, policy: options.policy, settings, searched: winner.score,
      check,
      rounds: played, checks, command: commands[0]! };
    folder.output.write(tuneFile, `${plainJson(found)}\n`);
    const exitCode = exitCodes.passed;
    if (options.json) console.print(`${plainJson({ exitCode, folder: shownPath(path), ...found })}\n`);
    else console.print(endText(found, winner.point, shownPath(path)));
    return exitCode;
  } catch (error) {
    if (folder.journal.outcomes.size > 0)
      console.note(`${folder.journal.outcomes.size} runs are kept. ` +
        `Go on with: ${againText(typed, options, path)}`);
    throw error;
  } finally {
    folder.close();
  }
};

/** Points and seeds of the search, and the seeds that are kept for the check. Throws a UserMistake. */
const planFor = (
  budget: number, scenarios: number,
): { readonly rounds: readonly Round[]; readonly checks: number } => {
  const checks = Math.max(fewestChecks, Math.floor((budget * checkShare) / (2 * scenarios)));
  const left = Math.floor(budget / scenarios) - 2 * checks;
  const rounds = roundsWithin(left, 4_096);
  if (rounds.length > 0) return { rounds, checks };
  const least = (runsOf([{ points: 2, seeds: 2 }]) + 2 * fewestChecks) * scenarios;
  throw new UserMistake(
    `--budget ${budget} is too small for ${plural(scenarios, 'scenario')}: two settings on two ` +
    `seeds, and five seeds to check them, take ${least} runs. Name fewer scenarios, or allow more runs.`);
};

/** What runs came to, by point and seed. */
class Tally {
  readonly #values = new Map<string, number>();
  readonly #job: SweepJob;
  readonly #objective: Objective;
  readonly #outcomes: ReadonlyMap<string, Outcome>;
  readonly #keys = new Map<string, readonly string[]>();

  constructor(job: SweepJob, objective: Objective, outcomes: ReadonlyMap<string, Outcome>) {
    this.#job = job;
    this.#objective = objective;
    this.#outcomes = outcomes;
    for (const { row } of job.runs) {
      const name = `${row.point - 1} ${row.seed}`;
      this.#keys.set(name, [...(this.#keys.get(name) ?? []), row.key]);
    }
  }

  /** The mean over scenarios of one seed; Infinity where a run failed. */
  #at(point: number, seed: string): number {
    const name = `${point} ${seed}`;
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const values = this.#keys.get(name)!.flatMap((key) => {
      const outcome = this.#outcomes.get(key);
      return outcome?.kind === 'done' ? (this.#objective.value(outcome) ?? []) : Infinity;
    });
    const value = values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
    this.#values.set(name, value);
    return value;
  }

  bySeed(point: number, seeds: readonly string[]): readonly number[] {
    return seeds.map((seed) => this.#at(point, seed));
  }

  score(point: number, seeds: readonly string[]): number {
    return this.bySeed(point, seeds).reduce((sum, value) => sum + value, 0) / seeds.length;
  }

  name(point: number): string {
    return this.#job.points[point]!.settings.join(' ') || 'as it comes';
  }
}

const numbered = (most: number, before: string): readonly string[] =>
  Array.from({ length: most }, (_, index) => `${before}${index + 1}`);

const settingOf = (text: string): readonly [string, string] =>
  [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];

const roundText = ({ points, seeds, order }: RoundResult, board: Tally): string => {
  const [best] = order;
  const usual = order.find(({ point }) => point === 0);
  const failed = order.filter(({ score }) => score === Infinity).length;
  return `${plural(points, 'setting')} × ${plural(seeds, 'seed')}: best ${count(best!.score)} ` +
    `(${printable(board.name(best!.point))})` +
    (usual === undefined ? '' : `; as it comes ${count(usual.score)}`) +
    (failed === 0 ? '' : `; ${plural(failed, 'setting')} failed`);
};

interface Found {
  readonly searched: number;
  readonly check: Checked | null;
  readonly checks: number;
  readonly command: string;
}

const endText = ({ searched, check, checks, command }: Found, winner: number, folder: string): string => {
  const lines = winner === 0
    ? ['', 'Nothing that was tried is better than the policy as it comes.']
    : ['',
      `On ${plural(checks, 'fresh seed')}, unseen by the search (there it won with ${count(searched)}):`,
      ...checkText(check), '', `Repeat with: ${command}`];
  return `${[...lines, `All runs: ${folder}/table.csv`].join('\n')}\n`;
};

const againText = (typed: readonly string[], options: TuneOptions, folder: string): string => [
  'sharedfate tune', ...typed.map(shellWord),
  '--policy', shellWord(options.policy), '--objective', options.objective, '--budget', options.budget,
  ...options.vary.map((text) => `--vary ${shellWord(text)}`),
  ...options.set.map((text) => `--set ${shellWord(text)}`),
  '--resume', shellWord(shownPath(folder)),
].join(' ');
