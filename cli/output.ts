// A run's folder. Each file is written under a temporary name beside its place and renamed, so that whatever
// happens a file is whole or absent; what is not ours is never overwritten.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type * as z from 'zod';
import { printable } from '../reports/format.ts';
import { shownValue } from '../sim/plan/problems.ts';
import { planSchema } from '../sim/plan/schema.ts';
import { resultSchema } from '../sim/result-schema.ts';
import { resultSchemaVersion, type RunResult } from '../sim/result.ts';
import { beforeEarlyExit } from './early-exit.ts';
import { UserMistake } from './faults.ts';
import { fileName } from './file-name.ts';
import { readText } from './files.ts';
import { shownPath } from './load.ts';

export const resultFile = 'result.json';
export const reportFile = 'report.html';
export const metricsFile = 'metrics.csv';
export const junitFile = 'junit.xml';
export const summaryFile = 'summary.md';

/** What is made from a result, and can be made again. */
const madeFiles = [reportFile, metricsFile, junitFile, summaryFile];

export interface OutputFolder {
  readonly path: string;
  write(file: string, text: string | Uint8Array): void;
  /** Takes away a file of ours, if it is there. */
  remove(file: string): void;
  /** Takes away temporary files and folders we made that hold nothing. For every ending but a good one. */
  tidy(): void;
}

/**
 * Opens a folder for a run's files, makes it where it is missing, and proves that it can be written. Throws a
 * UserMistake where it holds another run (unless `overwrite`) or a result.json that is not ours (always).
 */
export const openFolder = (path: string, overwrite: boolean): OutputFolder => {
  const made = makeFolder(path);
  const pending = new Set<string>();
  const folder: OutputFolder = {
    path,
    write(file, text) {
      const temporary = join(path, `.${file}.${process.pid}.part`);
      pending.add(temporary);
      writeFileSync(temporary, text);
      renameSync(temporary, join(path, file));
      pending.delete(temporary);
    },
    remove(file) {
      rmSync(join(path, file), { force: true });
    },
    tidy() {
      for (const file of pending) rmSync(file, { force: true });
      for (const dir of [...made].reverse()) {
        if (existsSync(dir) && readdirSync(dir).length === 0) rmdirSync(dir);
      }
    },
  };
  beforeEarlyExit(folder.tidy);
  try {
    refuseToOverwrite(path, overwrite);
    probe(path);
  } catch (error) {
    folder.tidy();
    throw error;
  }
  return folder;
};

/**
 * The result in a folder, checked against the schema. Throws a UserMistake where there is none that we can
 * read.
 */
export const readResult = (path: string): RunResult => {
  const file = join(path, resultFile);
  const shown = shownPath(file);
  if (!existsSync(file))
    throw new UserMistake(`${shown} does not exist; expected the folder of an earlier run.`);
  const value = readJson(file, 'the result of an earlier run');
  const version = schemaOf(value);
  if (version !== resultSchemaVersion) {
    throw new UserMistake(
      version === undefined
        ? `${shown} is no result of ours; expected one that begins with "schema":"${resultSchemaVersion}".`
        : `${shown} is ${printable(version)}, made by ${madeBy(value)}; this version reads ` +
          `${resultSchemaVersion}. Run the scenario anew.`,
    );
  }
  const reading = resultSchema.safeParse(value);
  const plan = planSchema.safeParse(reading.data?.plan);
  if (reading.success && plan.success) return reading.data;
  const { path: at, message } = reading.error?.issues[0] ?? planIssue(plan.error!);
  throw new UserMistake(`${shown} is damaged: ${printable(`${at.join('.')}: ${message}`)}. Run it anew.`);
};

/** A file's JSON. Throws a UserMistake where it is empty, cut short or something else. */
export const readJson = (file: string, what: string): unknown => {
  const text = readText(file, what);
  try {
    return JSON.parse(text);
  } catch {
    const seen = text.trim() === '' ? 'empty' : /[}\]]\s*$/.test(text) ? 'not JSON' : 'cut short';
    throw new UserMistake(`${shownPath(file)} is ${seen}; expected ${what}.`);
  }
};

const planIssue = ({ issues: [issue] }: z.ZodError): Pick<z.core.$ZodIssue, 'path' | 'message'> => ({
  path: ['plan', ...issue!.path],
  message: issue!.message,
});

const madeBy = (value: unknown): string => {
  const { tool } = value as { readonly tool?: unknown };
  return typeof tool === 'string' ? printable(tool.slice(0, 60)) : 'another version';
};

/**
 * `runs/20270104T080000Z-enron`, or `-enron-sweep` for what is no run; with a number where that is taken. The
 * name may be anything.
 */
export const defaultFolder = (name: string, now: Date, what = ''): string => {
  const stamp = now.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  const first = join('runs', [stamp, fileName(name), ...(what === '' ? [] : [what])].join('-'));
  let path = first;
  for (let number = 2; existsSync(path); number += 1) path = `${first}-${number}`;
  return path;
};

/** Makes a folder and those above it; the ones that were missing, outermost first. */
const makeFolder = (path: string): readonly string[] => {
  if (path.trim() === '') {
    throw new UserMistake(`--out is ${shownValue(path)}; it takes a folder's path, such as runs/mine.`);
  }
  const missing: string[] = [];
  for (let dir = path; !existsSync(dir); dir = dirname(dir)) missing.unshift(dir);
  if (missing.length === 0 && !statSync(path).isDirectory()) {
    const what = statSync(path).isFile() ? 'a file' : 'a device or a pipe';
    throw new UserMistake(`${shownPath(path)} is ${what}; --out takes a folder. Choose another name.`);
  }
  const made: string[] = [];
  try {
    // One by one: asked for all at once below /proc, Node 20 tries for ever.
    for (const dir of missing) if (makeOne(dir)) made.push(dir);
  } catch (error) {
    for (const dir of made.reverse()) rmdirSync(dir);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'EEXIST') {
      throw new UserMistake(
        `${shownPath(path)} cannot be made: a part of the path is a file. Choose another name.`,
      );
    }
    throw unusable(path, error);
  }
  return made;
};

/** False where another run made it meanwhile. */
const makeOne = (dir: string): boolean => {
  try {
    mkdirSync(dir);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(dir) && statSync(dir).isDirectory())
      return false;
    throw error;
  }
};

/** Proves that the folder can be written before a run is spent on it. */
const probe = (path: string): void => {
  const file = join(path, `.${process.pid}.part`);
  try {
    writeFileSync(file, '');
    rmSync(file);
  } catch (error) {
    throw unusable(path, error);
  }
};

/** What the system says of a place that looks like a folder and is none of use, such as one below /proc. */
const unusable = (path: string, error: unknown): unknown => {
  const { code } = error as NodeJS.ErrnoException;
  const known = ['ENOENT', 'ENAMETOOLONG', 'ELOOP', 'EINVAL', 'ENOTSUP', 'ENODEV', 'ENXIO'];
  if (!known.includes(code ?? '')) return error;
  return new UserMistake(`${shownPath(path)} cannot be written (${code}). Choose another place with --out.`);
};

const refuseToOverwrite = (path: string, overwrite: boolean): void => {
  const file = join(path, resultFile);
  const shown = shownPath(path);
  if (!existsSync(file)) {
    const held = madeFiles.find((name) => existsSync(join(path, name)));
    if (held === undefined || overwrite) return;
    throw new UserMistake(
      `${shown} holds a ${held} already. Choose another folder, or add --force to replace it.`,
    );
  }
  let version: string | undefined;
  try {
    version = schemaOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    version = undefined;
  }
  if (version === undefined) {
    throw new UserMistake(
      `${shown} holds a ${resultFile} that is not ours, which is never replaced. Choose another folder.`,
    );
  }
  if (overwrite) return;
  throw new UserMistake(
    `${shown} holds a run already. ` +
      'Choose another folder, go on with it by --resume, or add --force to replace it.',
  );
};

const schemaOf = (value: unknown): string | undefined => {
  const version = (value as { readonly schema?: unknown } | null)?.schema;
  return typeof version === 'string' && version.startsWith('sharedfate/result@') ? version : undefined;
};
