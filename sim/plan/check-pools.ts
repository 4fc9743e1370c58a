// What can be wrong with the pools: addresses that cannot send, that are in two pools, or that are called
// cold without being there.

import { isPrivate } from './addresses.ts';
import type { Draft } from './draft.ts';
import type { Mistake } from './problems.ts';

type Pool = Draft['pools'][number];

export const checkPools = (draft: Draft): readonly Mistake[] => [
  ...draft.pools.flatMap(checkAddresses),
  ...checkSharedAddresses(draft),
  ...draft.pools.flatMap(checkCold),
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

const checkCold = (pool: Pool, index: number): readonly Mistake[] => {
  if (pool === undefined) return [];
  const { addresses, cold, name, warmup } = pool;
  const strangers = cold.flatMap((address, place) => {
    const path = `pools[${index}].cold[${place}]`;
    if (cold.indexOf(address) < place)
      return [{ path, saw: `is "${address}" again`, allowed: 'an address is cold once', advice: '' }];
    if (addresses.includes(address)) return [];
    const allowed = `it is one of the addresses of pool "${name}": ${addresses.join(', ')}`;
    return [{ path, saw: `is "${address}"`, allowed, advice: 'Add it to the addresses too.' }];
  });
  if (warmup === 'none' || cold.length > 0) return strangers;
  return [
    {
      path: `pools[${index}].warmup`,
      saw: `is "${warmup}"`,
      allowed: `pool "${name}" has no cold address to warm up`,
      advice: 'Name them in cold, or leave the schedule out.',
    },
  ];
};
