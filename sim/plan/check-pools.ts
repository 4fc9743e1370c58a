// What can be wrong with the pools: addresses that cannot send, that are in two pools, or that are called
// cold, dynamic or nameless without being there.

import { type RegisterPreset, registerIds, registerPreset } from '../presets/index.ts';
import { propertyListedBy } from '../presets/properties.ts';
import { isPrivate } from './addresses.ts';
import type { Draft } from './draft.ts';
import type { Mistake } from './problems.ts';

type Pool = Draft['pools'][number];

export const checkPools = (draft: Draft): readonly Mistake[] => [
  ...draft.pools.flatMap(checkAddresses),
  ...checkSharedAddresses(draft),
  ...draft.pools.flatMap(checkSubsets),
  ...draft.pools.flatMap(checkWarmup),
  ...checkHeeded(draft),
];

const checkAddresses = (pool: Pool, index: number): readonly Mistake[] =>
  (pool?.addresses ?? []).flatMap((address, place) =>
    isPrivate(address) ? [privateAddress(address, `pools[${index}].addresses[${place}]`)] : [],
  );

const privateAddress = (address: string, path: string): Mistake => ({
  path,
  saw: `is "${address}"`,
  allowed: 'it is an address that the internet could see, and receivers and registers skip private ones',
  advice: 'Take one that is kept for examples: 192.0.2.x, 198.51.100.x or 203.0.113.x.',
});

const checkSharedAddresses = ({ pools }: Draft): readonly Mistake[] => {
  const seen = new Map<string, string>();
  return pools.flatMap((pool, index) =>
    (pool?.addresses ?? []).flatMap((address, place) => {
      const path = `pools[${index}].addresses[${place}]`;
      const first = seen.get(address);
      if (first === undefined) seen.set(address, path);
      const saw = `is "${address}", as is ${first}`;
      return first === undefined ?
          []
        : [{ path, saw, allowed: 'an address is in one pool, once', advice: '' }];
    }),
  );
};

/** Lists of a pool's addresses that say what is special about some of them. */
const checkSubsets = (pool: Pool, index: number): readonly Mistake[] => [
  ...checkSubset(pool, index, 'cold', pool?.cold),
  ...checkSubset(pool, index, 'dynamic', pool?.dynamic),
  ...checkSubset(pool, index, 'nameless', pool?.nameless),
];

const checkSubset = (
  pool: Pool, index: number, field: 'cold' | 'dynamic' | 'nameless', subset: readonly string[] = [],
): readonly Mistake[] => {
  if (pool === undefined) return [];
  const { addresses, name } = pool;
  return subset.flatMap((address, place) => {
    const path = `pools[${index}].${field}[${place}]`;
    if (subset.indexOf(address) < place)
      return [{ path, saw: `is "${address}" again`, allowed: `an address is ${field} once`, advice: '' }];
    if (addresses.includes(address)) return [];
    const allowed = `it is one of the addresses of pool "${name}": ${addresses.join(', ')}`;
    return [{ path, saw: `is "${address}"`, allowed, advice: 'Add it to the addresses too.' }];
  });
};

const checkWarmup = (pool: Pool, index: number): readonly Mistake[] => {
  if (pool === undefined || pool.warmup === 'none' || pool.cold.length > 0) return [];
  const { name, warmup } = pool;
  return [
    {
      path: `pools[${index}].warmup`,
      saw: `is "${warmup}"`,
      allowed: `pool "${name}" has no cold address to warm up`,
      advice: 'Name them in cold, or leave the schedule out.',
    },
  ];
};

/** A field that no register of the plan goes by would change nothing, and its author would look for why. */
const checkHeeded = (draft: Draft): readonly Mistake[] =>
  (['dynamic', 'nameless'] as const).flatMap((field) => {
    const pool = draft.pools.findIndex((one) => (one?.[field]?.length ?? 0) > 0);
    if (pool < 0 || draft.registers.includes(undefined)) return [];
    const heeding = registerIds.filter((id) => heeds(registerPreset(id), field));
    if (draft.registers.some((one) => heeding.includes(one!.preset))) return [];
    return [
      {
        path: `pools[${pool}].${field}`,
        saw: 'makes no difference',
        allowed: 'no register of this plan lists an address for that',
        advice: `Add ${heeding.join(' or ')}, or leave it out.`,
      },
    ];
  });

const heeds = (preset: RegisterPreset, field: 'dynamic' | 'nameless'): boolean =>
  propertyListedBy(preset) === field ||
  membersOf(preset).some((id) => propertyListedBy(registerPreset(id)) === field);

const membersOf = ({ params }: RegisterPreset): readonly string[] =>
  (params['members'] as readonly string[] | undefined) ?? [];
