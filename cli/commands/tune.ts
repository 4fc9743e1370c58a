// `sharedfate tune`: searches the settings of a policy for those that make an objective small, and then
// says what they come to on seeds that the search never saw: a winner is chosen for its luck as well, so
// the figure it won with is too good.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { plural, printable, quantity, type Unit } from '../../reports/format.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import { shellWord } from '../../reports/repeat.ts';
import { halve, roundsWithin, type Round, type RoundResult, runsOf } from '../../sweep/halving.ts';
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
import {
  isSearch, isSweep, journalFile, openSweepFolder, recordOf, tuneFile,
} from '../sweeping/folder.ts';
import { assertOnce, jobOf, scenarioFiles } from '../sweeping/job.ts';
import { reasonsOf } from '../sweeping/finish.ts';
import { readObjective } from '../sweeping/objective.ts';
import { candidatesOf, rangesOf } from '../sweeping/search-space.ts';
import { commandFor, commandOver } from '../sweeping/swept.ts';
import { tableFiles } from '../sweeping/tables.ts';
import { Tally } from '../sweeping/tally.ts';
import { limitText, readLimit } from './sweep.ts';

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

/** A quarter of the budget, and five seeds at least, say what the winner is worth. */
const checkShare = 0.25;
const fewestChecks = 5;

/** The exit code: 0 whatever was found, 3 where runs that it takes failed, 130 where it was stopped. */
export const tune = async (
  typed: readonly string[], options: TuneOptions, simulator: string, console: Console,
): Promise<number> => {
  const objective = readObjective(options.objective);
  const budget = wholeNumber('--budget', options.budget, 10_000_000);
  const jobs = options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs, 256);
  const limit = readLimit(options.timeLimit);
  if (options.resume !== undefined && options.out !== undefined)
    throw new UserMistake('--resume goes on in its own folder; drop --out.');
  if (options.resume !== undefined && options.force)
    throw new UserMistake('--force begins anew where --resume goes on; drop one of the two.');
  if (options.resume !== undefined) assertSearch(options.resume);
  const files = typed.length > 0 ? typed.flatMap(scenarioFiles) : scenarioFiles('scenarios');
  assertOnce(files, 'sharedfate tune');
  const scenarios = [];
  for (const file of files) scenarios.push(await loadScenario(file));
  const policy = await loadPolicy(options.policy, options.set);
  const ranges = rangesOf(policy, options.vary, options.set);
  const { rounds, checks } = planFor(budget, files.length);
  const name = [policy.name, ...ranges.map((range) => range.setting.name)].join(' ');
  const candidates = candidatesOf(
    await loadPolicy(options.policy), ranges, options.set, rounds[0]!.points, name);
  const seeds = [...numbered(rounds.at(-1)!.seeds, 'search-'), ...numbered(checks, '')];
  const asked = candidates.map((settings) => ({
    policy: options.policy, at: '--set', set: Object.fromEntries(settings.map(settingOf)),
    vary: { kind: 'nothing' as const }, varyAt: '',
  }));
  const head = { where: 'tune', name: 'tune', title: `Search of ${policy.name}`, tool: console.tool };
  const job = await jobOf(head, scenarios, asked, seeds);

  const path = options.resume ?? options.out ?? defaultFolder(policy.name, new Date(), 'tune');
  if (job.points.length < 2)
    throw new UserMistake(`Nothing that policy ${policy.name} takes in these ranges differs from what ` +
      'it is as it comes. Name a wider range with --vary name=from..to.');
  if (options.resume === undefined && !options.force && isSearch(path))
    throw new UserMistake(`${shownPath(path)} holds a search already. ` +
      'Choose another folder, go on with it by --resume, or add --force to replace it.');
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
        const names = numbered(upTo, 'search-');
        if (!(await make(points, names))) return undefined;
        if (board.isIdle(points, names))
          throw new UserMistake(`--objective ${objective.name} applies to none of the runs. Choose another ` +
            'objective, or scenarios that have what it measures.');
        return points.map((point) => board.score(point, names));
      },
      (round) => {
        const text = roundText(round, board, objective.unit);
        folder.log(text);
        if (!options.json) console.print(`${text}\n`);
      },
    );
    const isWhole = played.length === distinct.filter(({ points }) => points > 1).length;
    const winner = played.at(-1)?.order[0];
    const fresh = numbered(checks, '');
    const isChecked = isWhole && winner !== undefined && (await make([0, winner.point], fresh));
    for (const [file, content] of Object.entries(tableFiles(recordOf(job, ''), folder.journal.outcomes)))
      folder.output.write(file, content);
    if (!isChecked) {
      console.note(`Stopped. Go on with: ${againText(typed, options, path)}`);
      return exitCodes.interrupted;
    }
    const check = checkOf(board.bySeed(0, fresh), board.bySeed(winner.point, fresh));
    const { settings } = job.points[winner.point]!;
    const names = job.scenarios.map(({ scenario }) => scenario);
    const command = names.length === 1 ? commandFor(names[0]!, job.points[winner.point]!, checks)
      : commandOver(names, job.points[winner.point]!, checks);
    const found = { objective: objective.name, policy: options.policy, settings,
      searched: finite(winner.score), check, rounds: played.map(toldRound), checks, command };
    folder.output.write(tuneFile, `${plainJson(found)}\n`);
    const isKnown = check !== null && found.searched !== null;
    const exitCode = isKnown ? exitCodes.passed : exitCodes.scriptThrew;
    if (options.json) console.print(`${plainJson({ exitCode, folder: shownPath(path), ...found })}\n`);
    else console.print(endText(found, winner.point, shownPath(path), objective.unit));
    for (const reason of reasonsOf(job.runs.map(({ spec }) => spec.key), folder.journal.outcomes))
      console.note(reason);
    return exitCode;
  } catch (error) {
    if (folder.journal.outcomes.size > 0 && !(error instanceof UserMistake))
      console.note(`${folder.journal.outcomes.size} runs are kept. ` +
        `Go on with: ${againText(typed, options, path)}`);
    throw error;
  } finally {
    folder.close();
  }
};

/** Throws a UserMistake where there is no search to go on with. */
const assertSearch = (path: string): void => {
  if (isSweep(path))
    throw new UserMistake(
      `${shownPath(path)} holds a sweep; go on with it by sharedfate sweep --resume.`);
  if (!existsSync(join(path, journalFile)))
    throw new UserMistake(`${shownPath(path)} holds no search to go on with. Drop --resume to begin one.`);
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

const numbered = (most: number, before: string): readonly string[] =>
  Array.from({ length: most }, (_, index) => `${before}${index + 1}`);

const settingOf = (text: string): readonly [string, string] =>
  [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];

const roundText = ({ seeds, order }: RoundResult, board: Tally, unit: Unit): string => {
  const say = (score: number): string => quantity(score, unit);
  const [best] = order;
  const usual = order.find(({ point }) => point === 0);
  const failed = order.filter(({ score }) => score === Infinity).length;
  return `${plural(order.length, 'setting')} × ${plural(seeds, 'seed')}: best ${say(best!.score)} ` +
    `(${printable(board.name(best!.point))})` +
    (usual === undefined ? '' : `; as it comes ${say(usual.score)}`) +
    (failed === 0 ? '' : `; ${plural(failed, 'setting')} failed`);
};

/** JSON has no word for what failed but null. */
const finite = (score: number): number | null => (Number.isFinite(score) ? score : null);
const toldRound = (round: RoundResult) =>
  ({ ...round, order: round.order.map(({ point, score }) => ({ point, score: finite(score) })) });

interface Found {
  /** Null where runs of it failed. */
  readonly searched: number | null;
  readonly check: Checked | null;
  readonly checks: number;
  readonly command: string;
}

const endText = (
  { searched, check, checks, command }: Found, winner: number, folder: string, unit: Unit,
): string => {
  const lines = searched === null
    ? ['', 'Every setting that was tried failed, so nothing is known.']
    : winner === 0 ? ['', 'Nothing that was tried is better than the policy as it comes.']
    : ['',
      `On ${plural(checks, 'fresh seed')}, unseen by the search (there it won with ` +
        `${quantity(searched, unit)}):`,
      ...checkText(check, unit), '', `Repeat with: ${command}`];
  return `${[...lines, `All runs: ${folder}/table.csv`].join('\n')}\n`;
};

const againText = (typed: readonly string[], options: TuneOptions, folder: string): string => [
  'npx sharedfate tune', ...typed.map(shellWord),
  '--policy', shellWord(options.policy), '--objective', options.objective, '--budget', options.budget,
  ...options.vary.map((text) => `--vary ${shellWord(text)}`),
  ...options.set.map((text) => `--set ${shellWord(text)}`),
  ...limitText(options),
  '--resume', shellWord(shownPath(folder)),
].join(' ');
