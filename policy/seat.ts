// Where a module's states live: by which key, in an array or a map, and what a key never heard of is judged
// by.

import type { Key, Module } from './module.ts';
import type { Attempt, Submission } from './submission.ts';

/**
 * A module with the states it has so far. Account, tenant and receiver ids are dense, so their states lie in
 * an array by id; those of a pool's name, or of the joint key `tenant * 65536 + receiver`, in a map. What has
 * no state yet is judged by `blank`, which nobody writes to: so deciding leaves no trace, and a key costs
 * nothing until it acts.
 */
export interface Seat {
  readonly module: Module<object>;
  readonly key: Key;
  readonly isDense: boolean;
  readonly blank: object;
  readonly dense: (object | undefined)[];
  readonly sparse: Map<string | number, object>;
}

/** Receivers a platform may tell apart, for the joint key above to be unique. */
export const mostReceivers = 65_536;

export const seatFor = (module: Module<object>): Seat => ({
  module,
  key: module.key,
  isDense: module.key !== 'pool' && module.key !== 'tenant+receiver',
  blank: module.fresh(),
  dense: [],
  sparse: new Map(),
});

export const clear = (seat: Seat): void => {
  seat.dense.length = 0;
  seat.sparse.clear();
};

type SingleKey = Exclude<Key, 'receiver' | 'tenant+receiver'>;

export const jointKey = (tenant: number, receiver: number): number => tenant * mostReceivers + receiver;

/** The one key of a submission or attempt, for modules that keep a single state for it. */
export const ownKey = (key: SingleKey, of: Submission | Attempt): string | number => {
  switch (key) {
    case 'account': return of.account;
    case 'tenant': return of.tenant;
    case 'pool': return of.pool;
    case 'platform': return 0;
  }
};

/** The state to judge by: the key's own, or the blank one that a key never heard of shares with all such. */
export const seen = (seat: Seat, key: string | number): object =>
  (seat.isDense ? seat.dense[key as number] : seat.sparse.get(key)) ?? seat.blank;

/** The state to write to, made if need be. */
export const stateOf = (seat: Seat, key: string | number): object => {
  const known = seat.isDense ? seat.dense[key as number] : seat.sparse.get(key);
  if (known !== undefined) return known;
  const fresh = seat.module.fresh();
  place(seat, key, fresh);
  return fresh;
};

export const place = (seat: Seat, key: string | number, state: object): void => {
  if (!seat.isDense) {
    seat.sparse.set(key, state);
    return;
  }
  while (seat.dense.length < (key as number)) seat.dense.push(undefined);
  seat.dense[key as number] = state;
};

export const entriesOf = (seat: Seat): [string | number, object][] => {
  const entries: [string | number, object][] = [...seat.sparse];
  seat.dense.forEach((state, key) => {
    if (state !== undefined) entries.push([key, state]);
  });
  return entries;
};
