// Our addresses as registers know them before the run begins: which have been silent, and which have a
// property that a policy register lists them for.

import type { Plan } from '../../plan/schema.ts';
import type { RegisterPreset } from '../../presets/index.ts';
import { propertyListedBy } from '../../presets/properties.ts';

/** All addresses of a plan's pools in their order, and what is special about some of them. */
export interface Places {
  readonly ips: readonly string[];
  readonly cold: ReadonlySet<string>;
  readonly dynamic: ReadonlySet<string>;
  readonly nameless: ReadonlySet<string>;
}

export const placesOf = ({ pools }: Plan): Places => ({
  ips: pools.flatMap(({ addresses }) => addresses),
  cold: new Set(pools.flatMap(({ cold }) => cold)),
  dynamic: new Set(pools.flatMap(({ dynamic }) => dynamic ?? [])),
  nameless: new Set(pools.flatMap(({ nameless }) => nameless ?? [])),
});

/** Whether an address is of the kind that a register lists; false where it lists for what was sent. */
export const hasProperty = (preset: RegisterPreset, ip: string, places: Places): boolean => {
  const property = propertyListedBy(preset);
  if (property === null || !places[property].has(ip)) return false;
  // A reverse name looks dynamic only where there is one; the PBL knows the range itself.
  return preset.id !== 'spamrats-dyna' || !places.nameless.has(ip);
};
