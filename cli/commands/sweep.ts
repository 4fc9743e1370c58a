// `sharedfate sweep`: many runs, over policies, parameters and seeds, on an engine of the user's choice; a
// table of all of them, and a page that shows what stopping abuse earlier costs innocent tenants.

import { availableParallelism } from 'node:os';
import { type Engine, partOf } from '../../sweep/engine.ts';
import { addressOf } from '../../sweep/queue/address.ts';
import type { RunSpec } from '../../sweep/run-spec.ts';
import { threadsEngine } from '../../sweep/threads.ts';
import { readDuration } from '../../sim/plan/quantities.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { Console } from '../console.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { defaultFolder } from '../output.ts';
import { ownThread } from '../own.ts';
import { wholeNumber } from '../seeds.ts';
import { usualLimit } from '../sweeping.ts';
import { carryOut } from '../sweeping/carry-out.ts';
import { estimateOf, estimateText } from '../sweeping/estimate.ts';
import { finishSweep } from '../sweeping/finish.ts';
import { openSweepFolder, outcomesIn, readRecord, recordOf, sweepFile } from '../sweeping/folder.ts';
import { loadSweep, type SweepJob } from '../sweeping/job.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import { shellWord } from '../../reports/repeat.ts';

export interface SweepOptions {
  readonly seeds?: string;
  readonly shard?: string;
  readonly engine: string;
  readonly redis?: string;
  readonly jobs?: string;
  readonly timeLimit: string;
  readonly out?: string;
  readonly resume?: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Sweeps; `simulator` is the address of the module that does the work. The exit code. */
export const runSweep = async (
  path: string, options: SweepOptions, simulator: string, console: Console,
): Promise<number> => {
  const asked = readOptions(options);
  const job = await loadSweep(path, asked.seeds, console.tool);
  const shard = options.shard ?? '';
  const runs = ownRuns(job, asked.shard).map(({ spec }) => spec);
  const record = recordOf(job, shard);
  const earlier = options.resume === undefined ? undefined : readRecord(options.resume);
  if (earlier !== undefined) assertSame(earlier, record, options.resume!);
  const folderPath = options.resume ?? options.out ?? defaultFolder(job.name, new Date(), 'sweep');
  const threads = threadsFor(job, asked, simulator);
  if (options.dryRun) {
    const before = earlier === undefined ? new Map() : outcomesIn(options.resume!);
    const left = runs.filter(({ key }) => before.get(key)?.kind !== 'done');
    const here = { ...asked, folder: folderPath, done: runs.length - left.length };
    return tellEstimate(job, left, threads(1), here, options, console);
  }
  let log = (what: string): void => void what;
  const tell = (what: string): void => {
    console.note(what);
    log(what);
  };
  const engine = asked.engine === 'threads' ? threads(asked.jobs) : await queueFor(job, runs, asked, tell);

  const folder = openSweepFolder(folderPath, { isOld: earlier !== undefined, force: options.force });
  log = folder.log;
  try {
    folder.output.write(sweepFile, `${plainJson(record)}\n`);
    folder.log(`${earlier === undefined ? 'began' : 'goes on'}: ${runs.length} runs of ${job.code}, ` +
      `engine ${asked.engine}, ${folder.journal.outcomes.size} outcomes before`);
    const { interrupted } = await carryOut(engine, seedBySeed(runs, job.seeds), folder, console);
    const again = `Go on with: ${againText(path, options, folderPath)}`;
    const ending = { interrupted, json: options.json, again };
    return await finishSweep(record, folder.journal.outcomes, folder.output, ending, console);
  } catch (error) {
    const { size } = folder.journal.outcomes;
    if (size > 0) console.note(`${size} runs are kept. Go on with: ${againText(path, options, folderPath)}`);
    throw error;
  } finally {
    folder.close();
  }
};

/** So that a sweep that is stopped has about as many seeds of each point, and its page is worth a look. */
const seedBySeed = (runs: readonly RunSpec[], seeds: readonly string[]): readonly RunSpec[] => {
  const place = new Map(seeds.map((seed, index) => [seed, index]));
  return runs.toSorted((one, two) => place.get(one.seed)! - place.get(two.seed)!);
};

interface Asked {
  readonly seeds: number | undefined;
  readonly shard: readonly [part: number, parts: number] | undefined;
  readonly engine: 'threads' | 'bullmq';
  readonly redis: string;
  readonly jobs: number;
  /** In milliseconds. */
  readonly limit: number;
}

const engines = ['threads', 'bullmq'] as const;

/** Throws a UserMistake for what cannot be, or cannot be together. */
const readOptions = (options: SweepOptions): Asked => {
  const engine = engines.find((name) => name === options.engine);
  if (engine === undefined)
    throw new UserMistake(`--engine is ${shownValue(options.engine)}; it is threads or bullmq.`);
  if (engine === 'bullmq' && options.redis === undefined)
    throw new UserMistake('--engine bullmq needs a Redis: add --redis redis://localhost:6379.');
  if (engine === 'threads' && options.redis !== undefined)
    throw new UserMistake('--redis is for --engine bullmq; add that, or drop --redis.');
  if (options.resume !== undefined && options.out !== undefined)
    throw new UserMistake('--resume goes on in its own folder; drop --out.');
  if (options.resume !== undefined && options.force)
    throw new UserMistake('--force begins anew where --resume goes on; drop one of the two.');
  return {
    seeds: options.seeds === undefined ? undefined : wholeNumber('--seeds', options.seeds, 100_000),
    shard: options.shard === undefined ? undefined : readShard(options.shard),
    engine,
    redis: options.redis ?? '',
    jobs: options.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', options.jobs, 256),
    limit: readLimit(options.timeLimit),
  };
};

const readShard = (shard: string): readonly [number, number] => {
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? [];
  if (part !== undefined && Number(part) >= 1 && Number(part) <= Number(parts))
    return [Number(part), Number(parts)];
  throw new UserMistake(`--shard is ${shownValue(shard)}; it is a part of how many, such as 2/4.`);
};

/** Runs that take long are to have as long when they go on. */
export const limitText = ({ timeLimit }: { readonly timeLimit: string }): readonly string[] =>
  timeLimit === usualLimit ? [] : ['--time-limit', shellWord(timeLimit)];

export const readLimit = (text: string): number => {
  const read = readDuration(text);
  if (read.ok && read.value >= 1_000 && read.value <= 7 * 86_400_000) return read.value;
  throw new UserMistake(`--time-limit is ${shownValue(text)}; it is a time from 1s to 7d, such as 10m.`);
};

const ownRuns = (job: SweepJob, shard: Asked['shard']): SweepJob['runs'] => {
  if (shard === undefined) return job.runs;
  const own = partOf(job.runs, ...shard);
  if (own.length > 0) return own;
  throw new UserMistake(
    `--shard ${shard.join('/')} has none of ${job.runs.length} runs. Use no more shards than runs.`);
};

const threadsFor = (job: SweepJob, { limit }: Asked, simulator: string) => (threads: number): Engine =>
  threadsEngine({ module: ownThread('sweep-thread').href, data: { ...job.data, simulator }, threads, limit });

const queueFor = async (
  job: SweepJob, runs: readonly RunSpec[], { redis, limit }: Asked, tell: (what: string) => void,
): Promise<Engine> => {
  const { openQueue } = await import('../sweeping/queue.ts');
  return openQueue({ job, runs, redis, limit, tell });
};

const tellEstimate = async (
  job: SweepJob, left: readonly RunSpec[], engine: Engine,
  { folder, jobs, done }: Asked & { readonly folder: string; readonly done: number },
  { engine: name, json }: SweepOptions, console: Console,
): Promise<number> => {
  const estimate = await estimateOf(job, left, engine);
  const plan = { engine: name, threads: Math.min(jobs, Math.max(1, left.length)), folder: shownPath(folder),
    done };
  console.print(json ? `${plainJson({ ...plan, ...estimate })}\n` : estimateText(job, estimate, plan));
  return 0;
};

/** What a folder has is good only for the sweep it was made for. */
const assertSame = (earlier: ReturnType<typeof recordOf>, now: ReturnType<typeof recordOf>,
  folder: string): void => {
  const keys = new Set(now.keys);
  if (earlier.shard === now.shard && earlier.keys.every((key) => keys.has(key))) return;
  const plans = ({ scenarios }: typeof now): string =>
    scenarios.map(({ scenario, world }) => `${scenario} ${world.slice(0, 8)}`).join(', ');
  const points = (one: typeof now): string =>
    one.points.map(({ policy, settings }) => [policy, ...settings].join(' ')).join('; ');
  const differences = [
    ['shard', earlier.shard || 'none', now.shard || 'none'],
    ['code', earlier.code, now.code],
    ['scenarios', plans(earlier), plans(now)],
    ['points', clip(points(earlier)), clip(points(now))],
    ['seeds', String(earlier.seeds.length), String(now.seeds.length)],
  ].filter(([, before, after]) => before !== after);
  const list = differences.length === 0 ? 'the code of a policy has changed'
    : differences.map(([what, before, after]) => `${what} was ${before}, is ${after}`).join('; ');
  throw new UserMistake(
    `${shownPath(folder)} is a sweep of something else: ${list}. Start a new sweep without --resume.`);
};

const clip = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 117)}...`);

/** A password is for nobody's screen or log; whoever goes on types it again. */
const againText = (path: string, options: SweepOptions, folder: string): string => [
  'npx sharedfate sweep', shellWord(path),
  ...(options.seeds === undefined ? [] : ['--seeds', options.seeds]),
  ...(options.shard === undefined ? [] : ['--shard', options.shard]),
  ...(options.engine === 'threads' ? [] : ['--engine', options.engine]),
  ...(options.engine === 'threads' || options.redis === undefined ? []
    : ['--redis', shellWord(addressOf(options.redis).shown)]),
  ...limitText(options),
  '--resume', shellWord(shownPath(folder)),
].join(' ');
