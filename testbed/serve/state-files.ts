// The files of a served policy's state: logs of entries, `log-000007.jsonl`, and now and then a whole memory,
// `saved-000007.jsonl`, that stands for all that came before the log of its number. Reading bears whatever a
// killed process or a bad disk left behind, and says what it had to leave out.

import {
  closeSync, fsyncSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ModuleFault, type Policy } from '../../policy/index.ts';
import type { Entry } from './entry.ts';
import { Memory } from './memory.ts';
import { Gathered, linesOf, type Origin, refill, StateMistake } from './saved.ts';

export type Tell = (text: string) => void;

type FileKind = 'log' | 'saved';

export const filePath = (folder: string, kind: FileKind, number: number): string =>
  join(folder, `${kind}-${String(number).padStart(6, '0')}.jsonl`);

/** The numbers of the files of one kind, from the lowest up. */
export const numbersOf = (folder: string, kind: FileKind): readonly number[] =>
  readdirSync(folder)
    .flatMap((name) => new RegExp(`^${kind}-(\\d{6,})\\.jsonl$`).exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, two) => one - two);

export interface Loaded {
  readonly memory: Memory;
  /** Undefined where there was no state. */
  readonly origin: Origin | undefined;
  /** The number of the last log. */
  readonly number: number;
  /** Bytes of the logs that were read. */
  readonly bytes: number;
}

export interface LoadOptions {
  /** Only the logs up to this number, and what was saved before the next. */
  readonly upTo?: number;
  /** The name of another policy whose state is taken over; true for any. */
  readonly adopt?: string | true;
}

/**
 * Reads the state: the latest saved memory that is whole, and the logs from its number on.
 * Throws a StateMistake where the state is another policy's or of a later format; tells of all that it cannot
 * read and goes on without it.
 */
export const load = (folder: string, policy: Policy, tell: Tell, options: LoadOptions = {}): Loaded => {
  const { adopt, upTo = Infinity } = options;
  const logs = numbersOf(folder, 'log').filter((number) => number <= upTo);
  const origin = latestOrigin(folder, logs, upTo);
  if (origin !== undefined && adopt !== true) demandOurs(folder, origin, policy, adopt);
  else if (origin === undefined && logs.length > 0) {
    tell(`${folder}: no file says by which secret it goes; recipients of before are taken for others.`);
  }
  const memory = new Memory(policy);
  let from = 0;
  for (const number of [...numbersOf(folder, 'saved')].reverse()) {
    if (number > upTo + 1) continue;
    const path = filePath(folder, 'saved', number);
    const gathered = gather(path, tell);
    if (gathered === undefined) continue;
    for (const module of refill(memory, gathered)) {
      tell(`${path}: the states of module ${module} are of another make; it starts fresh.`);
    }
    from = number;
    break;
  }
  let bytes = 0;
  for (const number of logs) {
    if (number < from) continue;
    const path = filePath(folder, 'log', number);
    bytes += statSync(path).size;
    replay(path, memory, tell);
  }
  return { memory, origin, number: Math.max(0, logs.at(-1) ?? 0, from - 1), bytes };
};

/**
 * Puts the saved memory and the logs up to `upTo` together into a new saved memory. Files that it stands for
 * are left; `prune` removes them. Its file appears whole or not at all.
 */
export const compact = (folder: string, policy: Policy, upTo: number, tell: Tell): void => {
  const { memory, origin } = load(folder, policy, tell, { upTo, adopt: true });
  if (origin === undefined) throw new Error(`${folder} holds no log up to ${upTo}.`);
  const path = filePath(folder, 'saved', upTo + 1);
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    let text = '';
    for (const line of linesOf(memory, { ...origin, policy: policy.name })) {
      text += `${line}\n`;
      if (text.length < 1_048_576) continue;
      writeWhole(file, Buffer.from(text));
      text = '';
    }
    writeWhole(file, Buffer.from(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(folder);
};

/** Removes what is older than the saved memory before the last: that one is kept, should the last go bad. */
export const prune = (folder: string): void => {
  const kept = numbersOf(folder, 'saved').at(-2);
  if (kept === undefined) return;
  for (const kind of ['log', 'saved'] as const) {
    for (const number of numbersOf(folder, kind)) {
      if (number < kept) rmSync(filePath(folder, kind, number), { force: true });
    }
  }
};

export const writeWhole = (file: number, bytes: Buffer): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
};

/** A new name in a folder is on the disk only once the folder is. */
export const syncFolder = (folder: string): void => {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const latestOrigin = (folder: string, logs: readonly number[], upTo: number): Origin | undefined => {
  const saved = numbersOf(folder, 'saved').filter((number) => number <= upTo + 1);
  const paths = [
    ...logs.map((number) => ({ number, path: filePath(folder, 'log', number), key: 'begun' })),
    ...saved.map((number) =>
      ({ number: number - 0.5, path: filePath(folder, 'saved', number), key: 'saved' })),
  ].sort((one, two) => two.number - one.number);
  for (const { key, path } of paths) {
    for (const { text } of linesIn(path)) {
      const origin = (parsed(text) as Record<string, unknown> | undefined)?.[key] as Origin | undefined;
      if (typeof origin?.policy === 'string' && Number.isFinite(origin.epoch)) {
        const { epoch, format, policy, secret } = origin;
        return { format, policy, epoch, secret };
      }
      break;
    }
  }
  return undefined;
};

const demandOurs = (
  folder: string, origin: Origin, policy: Policy, adopt: string | undefined,
): void => {
  const instead = 'Name another folder with --state, or move this one away to start afresh';
  if (origin.format !== 1) {
    const what = `${folder} holds a state of format ${String(origin.format)}; this version reads format 1`;
    throw new StateMistake(`${what}. ${instead}.`);
  }
  if (origin.policy === policy.name || origin.policy === adopt) return;
  const what = `${folder} holds the state of policy ${origin.policy}, and this is policy ${policy.name}`;
  throw new StateMistake(`${what}. ${instead}; or go on with it all the same, by --adopt ${origin.policy}.`);
};

const gather = (path: string, tell: Tell): Gathered | undefined => {
  const gathered = new Gathered();
  try {
    for (const { text } of linesIn(path)) gathered.take(text);
  } catch (error) {
    const why = (error as Error).message.slice(0, 100);
    tell(`${path} cannot be read (${why}); an older one is taken, or none.`);
    return undefined;
  }
  if (gathered.isWhole) return gathered;
  tell(`${path} is not whole; an older one is taken, or none.`);
  return undefined;
};

const replay = (path: string, memory: Memory, tell: Tell): void => {
  let lost = 0;
  let faults = 0;
  for (const { isTorn, number, text } of linesIn(path)) {
    const line = parsed(text) as (Entry & { readonly begun?: unknown }) | undefined;
    if (line?.begun !== undefined) continue;
    if (line === undefined || typeof line.kind !== 'string' || !Number.isSafeInteger(line.t)) {
      if (isTorn) tell(`${path}: the last line, ${number}, is torn and left out; it was not answered.`);
      else lost += 1;
      continue;
    }
    try {
      memory.apply(line);
    } catch (error) {
      if (error instanceof ModuleFault) faults += 1;
      else lost += 1;
    }
  }
  if (lost > 0) tell(`${path}: ${lost} lines cannot be read and are left out.`);
  if (faults > 0) tell(`${path}: a module of the policy failed to learn from ${faults} lines.`);
};

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

interface Line {
  readonly text: string;
  readonly number: number;
  /** The file ends without a line feed behind it. */
  readonly isTorn: boolean;
}

const linesIn = function* (path: string): Generator<Line> {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(1_048_576);
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  try {
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      const bytes = Buffer.concat([rest, piece.subarray(0, count)]);
      let from = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        number += 1;
        yield { text: bytes.toString('utf8', from, end), number, isTorn: false };
        from = end + 1;
      }
      rest = bytes.subarray(from);
    }
  } finally {
    closeSync(file);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), number: number + 1, isTorn: true };
};
