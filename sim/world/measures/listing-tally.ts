// The listings of a run, each from its beginning to its end, with the cause the register had for it.

import type { ListingStory } from '../../result.ts';
import { causeOf } from '../registers/cause.ts';
import type { Register } from '../registers/register.ts';
import type { World } from '../world.ts';

/** A listing, of which the end may not be known yet. */
export type OpenListing = Omit<ListingStory, 'delisted' | 'ending'> & {
  delisted: number | null;
  ending: string;
};

export const listingStarted = (world: World, register: Register, address: number, why: string): void => {
  const cause = causeOf(register.dossiers[address]!, why);
  world.tally.listings.push({
    register: register.name, address: world.ips[address]!, listed: world.agenda.now,
    delisted: null, cause, ending: '',
  });
};

export const listingEnded = (world: World, register: Register, address: number, why: string): void => {
  const ip = world.ips[address]!;
  const story = world.tally.listings.findLast((one) => one.register === register.name && one.address === ip);
  if (story === undefined) return;
  story.delisted = world.agenda.now;
  story.ending = why;
};
