// Chooses the clock that a daemon is started under: our own where a C compiler is found, else libfaketime's,
// if the daemon bears it.

import type { World } from '../../sim/index.ts';
import { cellClock } from '../clock/cell-clock.ts';
import { clockLibrary, ClockLibraryError } from '../clock/clock-library.ts';
import { Clock, type ClockBackend, epochAfter, realClock } from '../clock/clock.ts';
import { faketimeClock, faketimeLibrary } from '../clock/faketime-clock.ts';
import type { Program } from './host.ts';
import type { PrivateFolder } from './private-folder.ts';

/** `real` is no clock of ours at all: what a test holds the others against. */
export type ClockKind = 'shm' | 'faketime' | 'real';

export const daemonClock = (
  world: World, folder: PrivateFolder, asked: ClockKind | undefined, bearsFaketime: boolean,
): Clock => new Clock(backendFor(folder, asked, bearsFaketime), daemonEpoch(world));

/** Time 0 of the world's run, for software that lives in the real world. */
export const daemonEpoch = (world: World): number => epochAfter(Date.parse(world.plan.epoch), Date.now());

/** What a daemon lacks for a clock; nothing where it can be put under one. */
export const missingClock = (bearsFaketime: boolean): readonly Program[] => {
  if (bearsFaketime && faketimeLibrary() !== undefined) return [];
  try {
    clockLibrary();
    return [];
  } catch (error) {
    if (!(error instanceof ClockLibraryError)) throw error;
    return [{ name: 'a C compiler for its clock', install: 'apt-get install gcc libc6-dev' }];
  }
};

const backendFor = (
  folder: PrivateFolder, asked: ClockKind | undefined, bearsFaketime: boolean,
): ClockBackend => {
  const path = folder.file('clock');
  if (asked === 'real') return realClock();
  const library = faketimeLibrary();
  if (asked === 'faketime') {
    if (library === undefined) throw new ClockLibraryError('libfaketime is not installed.');
    return faketimeClock(path, library);
  }
  try {
    return cellClock(path);
  } catch (error) {
    if (!(error instanceof ClockLibraryError) || !bearsFaketime || library === undefined) throw error;
    return faketimeClock(path, library);
  }
};
