// `sharedfate report` on the folder of a sweep: makes its tables and page again; on the folders of several
// parts of one: puts them together, as if one machine had made them all.

import { basename, extname } from 'node:path';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import type { Console } from '../console.ts';
import { SeedsDiffer, UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { defaultFolder } from '../output.ts';
import { finishSweep } from './finish.ts';
import { isSweep, openSweepFolder, outcomesIn, readRecord, type SweepRecord, sweepFile } from './folder.ts';

export interface SweepReportOptions {
  readonly out?: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** The exit code: 130 where runs are missing, 3 where some failed. */
export const reportSweep = async (
  folders: readonly string[], { out, force, json }: SweepReportOptions, console: Console,
): Promise<number> => {
  const other = folders.find((folder) => !isSweep(folder));
  if (other !== undefined)
    throw new UserMistake(
      `${shownPath(other)} holds no sweep; parts of a sweep are merged among themselves.`);
  const parts = folders.map((where) => ({ where, record: readRecord(where), outcomes: outcomesIn(where) }));
  const isInPlace = folders.length === 1 && out === undefined;
  const record = isInPlace || folders.length === 1 ? parts[0]!.record : wholeOf(parts);
  const outcomes = folders.length === 1 ? parts[0]!.outcomes : merged(parts);
  const name = basename(record.sweep, extname(record.sweep));
  const path = isInPlace ? folders[0]! : (out ?? defaultFolder(name, new Date(), 'sweep'));
  const folder = openSweepFolder(path, { isOld: isInPlace, force });
  try {
    if (!isInPlace) {
      folder.output.write(sweepFile, `${plainJson(record)}\n`);
      for (const key of record.keys) {
        const outcome = outcomes.get(key);
        if (outcome !== undefined) folder.journal.keep(key, outcome);
      }
      folder.log(`made of ${folders.map(shownPath).join(', ')}`);
    }
    const again = 'The missing runs are in none of the folders.';
    return await finishSweep(record, outcomes, folder.output, { interrupted: false, json, again }, console);
  } finally {
    folder.close();
  }
};

interface Part {
  readonly where: string;
  readonly record: SweepRecord;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Throws a UserMistake where two parts are not of one sweep. */
const wholeOf = (parts: readonly Part[]): SweepRecord => {
  const [first, ...rest] = parts;
  const whole = { ...first!.record, shard: '' };
  for (const { where, record } of rest) {
    if (plainJson({ ...record, shard: '' }) === plainJson(whole)) continue;
    const how = record.code === whole.code ? 'its scenarios, points, seeds or policies differ'
      : `the code was ${whole.code}, here it is ${record.code}`;
    throw new UserMistake(
      `${shownPath(where)} is no part of the sweep in ${shownPath(first!.where)}: ${how}. ` +
        'Nothing was written.');
  }
  return whole;
};

/** Throws SeedsDiffer where one run came to two ends. */
const merged = (parts: readonly Part[]): ReadonlyMap<string, Outcome> => {
  const all = new Map<string, Outcome>();
  for (const { where, outcomes } of parts) {
    for (const [key, outcome] of outcomes) {
      const other = all.get(key);
      if (other?.kind === 'done' && outcome.kind === 'done' && other.fingerprint !== outcome.fingerprint) {
        throw new SeedsDiffer(`run ${key} came to fingerprint ${other.fingerprint} in one part, and to ` +
          `${outcome.fingerprint} in ${shownPath(where)}. Nothing was written.`);
      }
      if (other?.kind !== 'done') all.set(key, outcome);
    }
  }
  return all;
};
