// Reading the files a user names, with an error that says what is there instead.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearest } from '../sim/plan/nearest.ts';
import { shownValue } from '../sim/plan/problems.ts';
import { UserMistake } from './faults.ts';

/**
 * A file's text. Throws a UserMistake that names it where there is none to read; `what` is what it should
 * have been.
 */
export const readText = (path: string, what: string): string => {
  assertFile(path, what);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError)
      throw new UserMistake(`${path} is not a text in UTF-8; expected ${what}.`);
    throw unreadable(path, error);
  }
};

/** Throws a UserMistake where the path leads to no file. */
export const assertFile = (path: string, what: string): void => {
  if (path === '' || path.includes('\0'))
    throw new UserMistake(`${shownValue(path)} is no path; expected ${what}.`);
  let stat;
  try {
    stat = statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw unreadable(path, error);
    const near = nearFile(path);
    throw new UserMistake(
      `${path} does not exist; expected ${what}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    );
  }
  if (stat.isDirectory()) {
    throw new UserMistake(
      `${path} is a folder; expected ${what}. "sharedfate list ${path}" shows the scenarios in it.`,
    );
  }
  if (!stat.isFile()) throw new UserMistake(`${path} is not a file; expected ${what}.`);
};

const unreadable = (path: string, error: unknown): Error => {
  const { code } = error as NodeJS.ErrnoException;
  return new UserMistake(
    `${path} cannot be read (${code ?? String(error)}). Change its rights, or name another file.`,
  );
};

/** The file in the same folder whose name is nearest. */
const nearFile = (path: string): string | undefined => {
  try {
    const near = nearest(basename(path), readdirSync(dirname(path)));
    return near === undefined ? undefined : join(dirname(path), near);
  } catch {
    return undefined; // The folder does not exist either; there is nothing near to offer.
  }
};
