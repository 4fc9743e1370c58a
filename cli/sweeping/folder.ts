// A sweep's folder: what it is (sweep.json), what it has done (done.jsonl), what happened (sweep.log), and a
// lock, lest two commands write into one folder. The tables and the page are made from the first two.

import {
  appendFileSync, closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { printable } from '../../reports/format.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import { type Journal, JournalMistake, openJournal, readJournal } from '../../sweep/journal.ts';
import { beforeEarlyExit } from '../early-exit.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { openFolder, type OutputFolder, readJson } from '../output.ts';
import type { SweepJob } from './job.ts';

export const sweepFile = 'sweep.json';
export const journalFile = 'done.jsonl';
export const logFile = 'sweep.log';
const lockFile = 'sweep.lock';
/** All that a sweep or a search writes: none of an earlier one is to stand beside what replaces it. */
const ownFiles = [
  journalFile, logFile, sweepFile, 'tune.json', 'report.html', 'table.csv', 'table.jsonl', 'table.parquet',
];
export const sweepSchemaVersion = 'sharedfate/sweep@1';

const text = z.string();
const schema = z.strictObject({
  schema: z.literal(sweepSchemaVersion),
  code: text,
  sweep: text,
  title: text,
  scenarios: z.array(z.strictObject({ scenario: text, title: text, planHash: text, world: text })),
  parameters: z.array(text),
  points: z.array(z.strictObject({
    policy: text, settings: z.array(text), name: text,
    values: z.array(z.number().nullable()), isDefault: z.boolean(),
  })),
  seeds: z.array(text),
  /** Such as `2/3`; empty for a whole. */
  shard: text,
  /** The identity of each run of the whole, in the order of the table. */
  keys: z.array(text),
});

export type SweepRecord = z.infer<typeof schema>;

export const recordOf = (job: SweepJob, shard: string): SweepRecord => ({
  schema: sweepSchemaVersion,
  code: job.code,
  sweep: job.where,
  title: job.title,
  scenarios: [...job.scenarios],
  parameters: [...job.parameters],
  points: job.points.map(({ policy, settings, name, values, isDefault }) =>
    ({ policy, settings: [...settings], name, values: [...values], isDefault })),
  seeds: [...job.seeds],
  shard,
  keys: job.runs.map(({ spec }) => spec.key),
});

export const isSweep = (folder: string): boolean => existsSync(join(folder, sweepFile));

/** What `tune` has found. */
export const tuneFile = 'tune.json';

export const isSearch = (folder: string): boolean => !isSweep(folder) &&
  [tuneFile, journalFile].some((file) => existsSync(join(folder, file)));

/** Throws a UserMistake where there is none, or none that this version reads. */
export const readRecord = (folder: string): SweepRecord => {
  const file = join(folder, sweepFile);
  if (!existsSync(file) && existsSync(join(folder, journalFile)))
    throw new UserMistake(
      `${shownPath(folder)} holds a search; go on with it by npx sharedfate tune --resume.`);
  if (!existsSync(file))
    throw new UserMistake(`${shownPath(file)} does not exist; expected the folder of an earlier sweep.`);
  const value = readJson(file, 'a sweep');
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const found = (value as { readonly schema?: unknown } | null)?.schema;
  if (found !== sweepSchemaVersion) {
    const seen = typeof found === 'string' ? printable(found) : 'no sweep of ours';
    throw new UserMistake(`${shownPath(file)} is ${seen}; this version reads ${sweepSchemaVersion}.`);
  }
  const { path, message } = reading.error.issues[0]!;
  throw new UserMistake(`${shownPath(file)} is damaged: ${printable(`${path.join('.')}: ${message}`)}.`);
};

/** What a sweep's folder has done so far. Throws a UserMistake where its journal is none of ours. */
export const outcomesIn = (folder: string): ReadonlyMap<string, Outcome> =>
  told(folder, () => readJournal(join(folder, journalFile)).outcomes);

const told = <Result>(folder: string, read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    if (error instanceof JournalMistake)
      throw new UserMistake(`${shownPath(join(folder, journalFile))}: ${error.message}. Start a new sweep.`);
    throw error;
  }
};

export interface SweepFolder {
  readonly path: string;
  readonly output: OutputFolder;
  readonly journal: Journal;
  /** A line of sweep.log, with the time. */
  log(what: string): void;
  close(): void;
}

/**
 * Opens a new folder, or an earlier sweep's to go on with. Throws a UserMistake where another command works
 * in it, where it holds another sweep (unless `force`) or a sweep.json that is not ours (always: a user's own
 * sweep may well be called so), and where there is none to go on with.
 */
export const openSweepFolder = (path: string, { isOld, force }: OpenOptions): SweepFolder => {
  if (!isOld && holdsSomething(join(path, sweepFile)) && !isOurs(join(path, sweepFile)))
    throw new UserMistake(`${shownPath(path)} holds a ${sweepFile} that is not ours, which is never ` +
      'replaced. Choose another folder.');
  if (!isOld && !force && isSweep(path))
    throw new UserMistake(`${shownPath(path)} holds a sweep already. ` +
      'Choose another folder, go on with it by --resume, or add --force to replace it.');
  const held = ownFiles.find((file) => file !== logFile && holdsSomething(join(path, file)));
  if (!isOld && !force && held !== undefined)
    throw new UserMistake(
      `${shownPath(path)} holds a ${held} already. Choose another folder, or add --force to replace it.`);
  const output = openFolder(path, isOld || force);
  const release = lock(path);
  try {
    if (!isOld) for (const file of ownFiles) output.remove(file);
    const journal = told(path, () => openJournal(join(path, journalFile)));
    const log = (what: string): void => {
      try {
        appendFileSync(join(path, logFile), `${new Date().toISOString()} ${what}\n`);
      } catch {
        // A full disk: whoever fills it is told elsewhere.
      }
    };
    if (journal.mended !== '') log(`${journalFile}: ${journal.mended}`);
    return {
      path, output, journal, log,
      close() {
        journal.close();
        release();
        output.tidy();
      },
    };
  } catch (error) {
    release();
    output.tidy();
    throw error;
  }
};

const isOurs = (file: string): boolean => {
  try {
    const { schema: found } = JSON.parse(readFileSync(file, 'utf8')) as { readonly schema?: unknown };
    return typeof found === 'string' && found.startsWith('sharedfate/sweep@');
  } catch {
    return false;
  }
};

const holdsSomething = (file: string): boolean => existsSync(file) && statSync(file).size > 0;

export interface OpenOptions {
  /** There is a sweep in it, to go on with. */
  readonly isOld: boolean;
  readonly force: boolean;
}

/** Takes the folder for this process; what gives it back. A lock of a process that is gone is none. */
const lock = (path: string): (() => void) => {
  const file = join(path, lockFile);
  const own = `${process.pid} ${hostname()}`;
  for (let tries = 0; ; tries += 1) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, own);
      closeSync(handle);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 3) throw error;
      const holder = holderOf(file);
      if (holder !== undefined) {
        throw new UserMistake(`${shownPath(path)} is being written by process ${holder}. Wait for its end` +
          `, or remove ${shownPath(file)} if it is gone.`);
      }
      rmSync(file, { force: true });
    }
  }
  const release = (): void => rmSync(file, { force: true });
  beforeEarlyExit(release);
  return release;
};

/** The process that holds a lock, as `123 on host`; undefined where it has ended. */
const holderOf = (file: string): string | undefined => {
  const [pid, host] = readFileSync(file, 'utf8').split(' ');
  if (pid === undefined || host === undefined) return undefined;
  if (host !== hostname()) return `${pid} on ${printable(host)}`;
  try {
    process.kill(Number(pid), 0);
    return Number(pid) === process.pid ? undefined : pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
};
