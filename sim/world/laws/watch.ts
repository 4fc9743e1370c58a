// Looks after all laws of the world while a run goes on, and lets others attend it. The laws are for tests,
// and for whoever doubts a result: they cost a multiple of the run itself.

import type { WorldEvent } from '../events.ts';
import type { World } from '../world.ts';
import { brokenLaw } from './broken-law.ts';
import { census, connections, noPhantomCulprit, timeGoesOn, workingHours } from './clockwork.ts';
import { copiesEndOnce, learnsWhatWasSaid } from './copies.ts';
import {
  complaintsFollowMail, listingsAreSeenAfterPublication, refusalsEndWithTheCaches,
} from './evidence.ts';
import { fixWhatIsShown } from './fixed.ts';
import type { Law, Looks } from './law.ts';
import { shutMailStays } from './suspensions.ts';

export const laws: readonly Law[] = [
  timeGoesOn, census, connections, workingHours, noPhantomCulprit, copiesEndOnce, learnsWhatWasSaid,
  complaintsFollowMail, listingsAreSeenAfterPublication, refusalsEndWithTheCaches, shutMailStays,
];

/** Begins to attend one world: it may put itself between the world and its engine or transport. */
export type Attend = (world: World) => Looks;

/** Throws a BrokenLaw at the first event that breaks one. */
export class Watch {
  readonly #looks: readonly Looks[];
  #event: WorldEvent | null = null;
  #events = 0;

  /** Before the first event, and after the world has its transport. Whoever attends sees what laws see. */
  constructor(world: World, attend: Attend | null, held: readonly Law[] = laws) {
    const looks = held.map(({ says, watch }) =>
      watch(world, (saw) => {
        throw brokenLaw(world, says, saw, this.#event, this.#events);
      }));
    this.#looks = attend === null ? looks : [...looks, attend(world)];
  }

  before(event: WorldEvent): void {
    this.#event = event;
    this.#events += 1;
    for (const look of this.#looks) look.before?.(event);
  }

  after(event: WorldEvent): void {
    for (const look of this.#looks) look.after?.(event);
  }

  end(): void {
    this.#event = null;
    for (const look of this.#looks) look.end?.();
  }
}

/** The census alone, which every run is held to as it ends. */
export const checkCensus = (world: World): void => {
  const fail = (saw: string): never => {
    throw brokenLaw(world, census.says, saw, null, 0);
  };
  census.watch(world, fail).end?.();
};

let always = false;

/** Every run of this process is watched from now on; what a test suite sets up once. */
export const watchAllRuns = (): void => {
  always = true;
};

/** Null where nobody looks: then a run pays nothing. */
export const watchFor = (world: World, asked: boolean, attend: Attend | null = null): Watch | null => {
  const isHeld = asked || always;
  if (isHeld) fixWhatIsShown(world);
  return isHeld || attend !== null ? new Watch(world, attend, isHeld ? laws : []) : null;
};
