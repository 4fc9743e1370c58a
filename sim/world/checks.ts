// What must hold of any world, whatever the plan: looked at when a run ends, and inside it where a test asks
// for that.

import type { World } from './world.ts';

/** A run broke a law of the world: our mistake, never the user's. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/**
 * Every submission ended in exactly one place, or is still alive: delivered, bounced, refused, held or
 * queued.
 */
export const checkCensus = (world: World): void => {
  const { submitted, ended, live } = world.tally.census;
  const placed = ended.delivered + ended.bounced + ended.refused;
  if (live < 0 || placed + live !== submitted) {
    throw new BrokenInvariant(
      `sim: ${submitted} submissions, but ${placed} ended (` +
        `${ended.delivered} delivered, ${ended.bounced} bounced, ` +
        `${ended.refused} refused) and ${live} live, at ${world.agenda.now} ms of seed ${world.seed}.`,
    );
  }
};
