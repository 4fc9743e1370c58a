// What a soak is made of: loads that work side by side, each with its own books and its own disturbances.

import { setTimeout as wait } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { Children } from './children.ts';
import type { Figures } from './figures.ts';
import type { Watch } from './watch.ts';

export interface Context {
  /** A folder of the load's own. */
  readonly folder: string;
  readonly children: Children;
  readonly figures: Figures;
  readonly watch: Watch;
  /** Chance of that name. */
  chance(...name: (string | number)[]): Chance;
  /** A span scaled to the length of the soak: as given where that is 30 minutes, shorter where it is less. */
  span(ms: number): number;
  /** Called once all is set up; resolves when it is for all loads, and time begins to count. */
  ready(): Promise<void>;
  /** Aborted when it is time to stop and to close the books. */
  readonly stop: AbortSignal;
  /** For tests: falsifies what lies in the folder before it is held against the books. */
  readonly tamper?: (folder: string) => void;
}

export interface Load {
  readonly name: string;
  /** What is needed and not there, and how to install it; empty where nothing is missing. */
  missing(): string;
  /** Works and disturbs until it is stopped, then closes its books. Rejects where it cannot go on at all. */
  run(context: Context): Promise<void>;
}

/** Waits, but never past the end. */
export const pause = async (ms: number, stop: AbortSignal): Promise<void> => {
  if (stop.aborted) return;
  await wait(ms, undefined, { signal: stop }).catch(() => undefined);
};

/** Asks every 50 ms whether it is so by now; false where it is not within that time. */
export const comesTrue = async (withinMs: number, is: () => boolean | Promise<boolean>): Promise<boolean> => {
  const begun = performance.now();
  while (!(await is())) {
    if (performance.now() - begun > withinMs) return false;
    await wait(50);
  }
  return true;
};
