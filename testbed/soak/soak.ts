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
import type { Context, Load } from './load.ts';
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
  /** For tests: asked each second; a soak of which all is seen that is to be seen ends before its time. */
  readonly isEnough?: (accounts: readonly Account[]) => boolean;
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
/** Faults come ten times as close at most, or nothing would get done between two. */
const mostHaste = 0.1;

/** Resolves when all books are closed, nothing is left running and no file is left. */
export const soak = async (options: SoakOptions): Promise<Report> => {
  const { isEnough, loads, minutes, seed, tamper, tell } = options;
  const folder = mkdtempSync(join(tmpdir(), `sharedfate-soak-${process.pid}-`));
  const children = new Children(folder);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const end = (): void => ending.abort();
  options.stop?.addEventListener('abort', end);
  if (options.stop?.aborted === true) end();
  const streams = new Streams(seed);
  const scale = Math.min(1, Math.max(mostHaste, minutes / usualMinutes));
  const warmUpMs = Math.min(minuteMs, (minutes * minuteMs) / 4);
  const watch = new Watch(warmUpMs);
  const accounts = loads.map((load): Account =>
    ({ load: load.name, figures: new Figures(), skipped: load.missing() }));
  for (const { load, skipped } of accounts) if (skipped !== '') tell(`skipped: ${load} needs ${skipped}`);
  let begun = performance.now();
  const timers: NodeJS.Timeout[] = [setInterval(() => watch.look(), 2_000)];
  let warm = process.memoryUsage().rss;
  // A load that breaks off before it is ready keeps nobody waiting.
  const barrier = new Barrier(accounts.filter(({ skipped }) => skipped === '').length, () => {
    begun = performance.now();
    timers.push(
      setTimeout(end, minutes * minuteMs),
      setTimeout(() => (warm = process.memoryUsage().rss), warmUpMs),
      setInterval(() => tell(progress(performance.now() - begun, accounts)), minuteMs),
      setInterval(() => isEnough?.(accounts) === true && end(), 1_000),
    );
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
        ready: () => barrier.arrive(load),
        ...(tamper !== undefined && { tamper: (where) => tamper(load.name, where) }),
      };
      try {
        await load.run(context);
      } catch (error) {
        figures.fail(`${load.name} broke off: ${error instanceof Error ? error.stack : String(error)}`);
      } finally {
        void barrier.arrive(load);
      }
    }));
  } finally {
    // A timeout and an interval are cleared alike.
    for (const timer of timers) clearInterval(timer);
    options.stop?.removeEventListener('abort', end);
    await children.close();
  }
  const growthMb = Math.round((process.memoryUsage().rss - warm) / 1_048_576);
  return { accounts, growthMb, minutes: (performance.now() - begun) / minuteMs };
};

/** Where loads wait for one another. */
class Barrier {
  readonly #arrived = new Set<Load>();
  readonly #expected: number;
  readonly #open: Promise<void>;
  #opens: () => void = () => undefined;

  constructor(expected: number, onOpen: () => void) {
    this.#expected = expected;
    this.#open = new Promise<void>((done) => (this.#opens = done)).then(onOpen);
  }

  arrive(load: Load): Promise<void> {
    this.#arrived.add(load);
    if (this.#arrived.size === this.#expected) this.#opens();
    return this.#open;
  }
}

const progress = (ms: number, accounts: readonly Account[]): string => {
  const parts = accounts.filter(({ skipped }) => skipped === '').map(({ figures, load }) => {
    const sum = (kinds: ReadonlyMap<string, number>): number =>
      [...kinds.values()].reduce((all, one) => all + one, 0);
    const wrong = figures.wrong > 0 ? `, ${figures.wrong} WRONG (${figures.examples[0]})` : '';
    return `${load} ${sum(figures.work)} done, ${sum(figures.faults)} faults${wrong}`;
  });
  return `${Math.round(ms / minuteMs)} min: ${parts.join('; ')}`;
};
