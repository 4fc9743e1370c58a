// A soak: loads side by side for so long, each disturbed at moments of its own, and their accounts in the
// end.

import { setMaxListeners } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Streams } from '../../sim/index.ts';
import { Chance } from './chance.ts';
import { Children } from './children.ts';
import { Figures } from './figures.ts';
import { type Context, type Load, pause } from './load.ts';
import { Watch } from './watch.ts';

export interface SoakOptions {
  readonly loads: readonly Load[];
  readonly minutes: number;
  /** Names the luck of the faults. */
  readonly seed: string;
  /** Hears how it goes, a line at a time. */
  readonly tell: (line: string) => void;
  /** Aborted to end it before its time; the books are closed all the same. */
  readonly stop?: AbortSignal;
  /** For tests: falsifies what a load has left in its folder, before it is held against the books. */
  readonly tamper?: (load: string, folder: string) => void;
}

export interface Account {
  readonly load: string;
  readonly figures: Figures;
  /** Why it was left out; empty where it was not. */
  readonly skipped: string;
}

export interface Report {
  readonly accounts: readonly Account[];
  readonly minutes: number;
  /** Of the soak's own process, in MB. */
  readonly growthMb: number;
}

/** The soak that faults are spaced for; a shorter one has them closer together. */
const usualMinutes = 30;
const minuteMs = 60_000;

/** Resolves when all books are closed, nothing is left running and no file is left. */
export const soak = async (options: SoakOptions): Promise<Report> => {
  const { loads, minutes, seed, tamper, tell } = options;
  const folder = mkdtempSync(join(tmpdir(), `sharedfate-soak-${process.pid}-`));
  const children = new Children(folder);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const end = (): void => ending.abort();
  options.stop?.addEventListener('abort', end);
  if (options.stop?.aborted === true) end();
  const streams = new Streams(seed);
  const begun = performance.now();
  const scale = Math.min(1, Math.max(0.02, minutes / usualMinutes));
  const watch = new Watch(Math.min(minuteMs, (minutes * minuteMs) / 4));
  const timer = setTimeout(end, minutes * minuteMs);
  const accounts = loads.map((load): Account =>
    ({ load: load.name, figures: new Figures(), skipped: load.missing() }));
  for (const { load, skipped } of accounts) if (skipped !== '') tell(`skipped: ${load} needs ${skipped}`);
  const look = setInterval(() => watch.look(), 2_000);
  const report = setInterval(() => tell(progress(performance.now() - begun, accounts)), minuteMs);
  const first = process.memoryUsage().rss;
  let warm = 0;
  const warming = pause(Math.min(2 * minuteMs, (minutes * minuteMs) / 4), ending.signal).then(() => {
    warm = process.memoryUsage().rss;
  });
  try {
    await Promise.all(loads.map(async (load, index) => {
      const { figures, skipped } = accounts[index]!;
      if (skipped !== '') return;
      const own = join(folder, load.name);
      mkdirSync(own);
      const context: Context = {
        folder: own, children, figures, watch, stop: ending.signal,
        chance: (...name) => new Chance(streams, load.name, ...name),
        span: (ms) => ms * scale,
        ...(tamper !== undefined && { tamper: (where) => tamper(load.name, where) }),
      };
      try {
        await load.run(context);
      } catch (error) {
        figures.fail(`${load.name} broke off: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }));
    await warming;
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    clearInterval(report);
    options.stop?.removeEventListener('abort', end);
    await children.close();
  }
  const growthMb = Math.round((process.memoryUsage().rss - (warm === 0 ? first : warm)) / 1_048_576);
  return { accounts, growthMb, minutes: (performance.now() - begun) / minuteMs };
};

const progress = (ms: number, accounts: readonly Account[]): string => {
  const parts = accounts.filter(({ skipped }) => skipped === '').map(({ figures, load }) => {
    const sum = (kinds: ReadonlyMap<string, number>): number =>
      [...kinds.values()].reduce((all, one) => all + one, 0);
    const wrong = figures.wrong > 0 ? `, ${figures.wrong} WRONG (${figures.examples[0]})` : '';
    return `${load} ${sum(figures.work)} done, ${sum(figures.faults)} faults${wrong}`;
  });
  return `${Math.round(ms / minuteMs)} min: ${parts.join('; ')}`;
};
