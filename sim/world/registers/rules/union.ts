// Composite lists such as ZEN: an address stands on one as long as it stands on any of its members, and the
// answer has a code for each. A member that the plan does not name lives inside the composite alone.

import type { World } from '../../world.ts';
import { plain, type RuleModel } from '../model.ts';
import { type Register, setPublished } from '../register.ts';

const listing = (composite: Register, address: number): readonly Register[] =>
  composite.members.filter((member) => member.dossiers[address]!.published);

/** A member has published a change: the composite is built from its members, so it says the same at once. */
export const memberChanged = (world: World, composite: Register, address: number, why: string): void => {
  const dossier = composite.dossiers[address]!;
  const on = listing(composite, address);
  const culprits = on.map((member) => member.dossiers[address]!);
  dossier.hitsEver = culprits.reduce((sum, one) => sum + one.hitsEver, 0);
  dossier.culpritHits = culprits.reduce((sum, one) => sum + one.culpritHits, 0);
  dossier.neighbourHits = culprits.reduce((sum, one) => sum + one.neighbourHits, 0);
  const names = on.length > 0;
  if (dossier.published === names) return;
  dossier.decided = names;
  setPublished(world, composite, address, names, names ? `${on[0]!.preset.name}: ${why}` : why);
};

export const union: RuleModel = {
  ...plain,
  takes: () => false,
  reason: () => null,
  endsAt: () => Number.POSITIVE_INFINITY,
  codes: (world, composite, address) => [
    ...new Set(listing(composite, address).flatMap((one) => one.model.codes(world, one, address))),
  ],
};
