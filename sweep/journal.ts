// What a sweep has done so far: one line of JSON for each run, added as it ends and never changed. A run's
// outcome is kept once, by its identity; a line cut short by a crash or a full disk is taken away when the
// file is opened again, and its run is made anew.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { type MetricName, metricUnits } from '../sim/index.ts';
import type { Outcome } from './run-spec.ts';

const metricNames = Object.keys(metricUnits) as readonly MetricName[];

export interface Journal {
  /** Outcomes by identity, those of earlier sessions among them. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What had to be mended when it was opened; empty where nothing. */
  readonly mended: string;
  /** Keeps an outcome; false where that run is done already. Throws what the disk says. */
  keep(key: string, outcome: Outcome): boolean;
  close(): void;
}

/** Opens the file, or begins it. Throws a JournalMistake where it holds what is none of ours. */
export const openJournal = (path: string): Journal => {
  const { outcomes, bytes, cut } = readJournal(path);
  if (cut > 0) truncateSync(path, bytes);
  const file = openSync(path, 'a');
  let isSound = true;
  return {
    outcomes,
    mended: cut > 0 ? `${cut} bytes of a line that was never finished were taken away` : '',
    keep(key, outcome) {
      if (outcomes.get(key)?.kind === 'done') return false;
      if (!isSound) throw new Error('the journal could not be written before');
      const line = Buffer.from(`${JSON.stringify({ key, ...outcome })}\n`);
      isSound = false;
      for (let from = 0; from < line.length; ) from += writeSync(file, line, from);
      isSound = true;
      outcomes.set(key, outcome);
      return true;
    },
    close() {
      try {
        // Kept by the system since it was written; from here on by the disk.
        fsyncSync(file);
      } catch {
        // A pipe or a full disk: what matters was told where it was written.
      }
      closeSync(file);
    },
  };
};

/** A line that was not cut short and is no run's outcome. */
export class JournalMistake extends Error {
  override readonly name = 'JournalMistake';
}

export interface JournalContent {
  readonly outcomes: Map<string, Outcome>;
  /** Length of the whole lines, and of what follows the last of them. */
  readonly bytes: number;
  readonly cut: number;
}

/** Later lines of a run count, unless it was done before. Throws a JournalMistake. */
export const readJournal = (path: string): JournalContent => {
  const outcomes = new Map<string, Outcome>();
  if (!existsSync(path)) return { outcomes, bytes: 0, cut: 0 };
  const text = readFileSync(path);
  const bytes = text.lastIndexOf(0x0a) + 1;
  const lines = text.subarray(0, bytes).toString('utf8').split('\n').slice(0, -1);
  lines.forEach((line, index) => {
    const read = outcomeIn(line);
    if (read === undefined) throw new JournalMistake(`line ${index + 1} is no run's outcome`);
    const { key, ...outcome } = read;
    if (outcomes.get(key)?.kind !== 'done') outcomes.set(key, outcome);
  });
  return { outcomes, bytes, cut: text.length - bytes };
};

const outcomeIn = (line: string): ({ readonly key: string } & Outcome) | undefined => {
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const isOurs = typeof value['key'] === 'string' && (value['kind'] === 'done' ? isDone(value)
      : /^(?:threw|timeout|lost)$/.test(String(value['kind'])) && typeof value['reason'] === 'string');
    return isOurs ? (value as { readonly key: string } & Outcome) : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a line that calls itself done has all that tables and pages take from it. */
const isDone = ({ fingerprint, events, ms, metrics }: Readonly<Record<string, unknown>>): boolean =>
  typeof fingerprint === 'string' && Number.isInteger(events) && typeof ms === 'number' &&
  typeof metrics === 'object' && metrics !== null && metricNames.every((name) => {
    const { value, observed } = ((metrics as Readonly<Record<string, unknown>>)[name] ?? {}) as
      { readonly value?: unknown; readonly observed?: unknown };
    return (value === null || typeof value === 'number') && typeof observed === 'boolean';
  });
