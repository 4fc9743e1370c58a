// Where the states of a policy live. All that one account (or tenant, or pool) has to be judged by lies in
// one row, made in one go: so a message touches one place of memory, not one for each module.

import type { Key, Module } from './module.ts';
import { ModuleFault } from './module-fault.ts';
import type { Attempt, Submission } from './submission.ts';

/** The states of one key, in the order of the shelf's modules. */
export type Row = object[];

/**
 * Modules that stand next to each other in the policy and have the same kind of key, with their states.
 * Account, tenant and receiver ids are dense, so their rows lie in an array by id; those of a pool's name, or
 * of the joint key `tenant * 65536 + receiver`, in a map. What has no row yet is judged by `blank`, which
 * nobody writes to: so deciding leaves no trace, and a key costs nothing until it acts.
 */
export interface Shelf {
  readonly key: Key;
  readonly modules: readonly Module<object>[];
  readonly isDense: boolean;
  readonly blank: Row;
  readonly dense: (Row | undefined)[];
  readonly sparse: Map<string | number, Row>;
}

/** Receivers a platform may tell apart, for the joint key above to be unique. */
export const mostReceivers = 65_536;

/** Puts the modules on shelves, in their order: a new one begins where the kind of key changes. */
export const shelvesFor = (modules: readonly Module<object>[]): Shelf[] => {
  const shelves: Shelf[] = [];
  modules.forEach((module, at) => {
    if (module.key === modules[at - 1]?.key) return;
    const end = modules.findIndex((other, index) => index > at && other.key !== module.key);
    shelves.push(shelfFor(modules.slice(at, end < 0 ? modules.length : end), module.key));
  });
  return shelves;
};

const shelfFor = (modules: readonly Module<object>[], key: Key): Shelf => ({
  key,
  modules,
  isDense: key !== 'pool' && key !== 'tenant+receiver',
  blank: modules.map(freshOf),
  dense: [],
  sparse: new Map(),
});

/**
 * A module's first state, made with an eye on what it is: a mistake here is told before the first message.
 */
const freshOf = (module: Module<object>): object => {
  try {
    const state: unknown = module.fresh();
    if (typeof state === 'object' && state !== null) return state;
    throw new TypeError(`returned ${String(state)}; a state is an object or a list`);
  } catch (cause) {
    throw new ModuleFault(module.name, 'fresh', cause);
  }
};

export const clear = (shelf: Shelf): void => {
  shelf.dense.length = 0;
  shelf.sparse.clear();
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

/** The row to judge by: the key's own, or the blank one that a key never heard of shares with all such. */
export const seen = (shelf: Shelf, key: string | number): Readonly<Row> =>
  (shelf.isDense ? shelf.dense[key as number] : shelf.sparse.get(key)) ?? shelf.blank;

/** The row to write to, made if need be. */
export const rowOf = (shelf: Shelf, key: string | number): Row => {
  const known = shelf.isDense ? shelf.dense[key as number] : shelf.sparse.get(key);
  return known ?? freshRow(shelf, key);
};

const freshRow = (shelf: Shelf, key: string | number): Row => {
  // A slice has no room to spare, which a list that grew would have.
  const row = shelf.blank.slice();
  for (let at = 0; at < row.length; at++) row[at] = shelf.modules[at]!.fresh();
  if (shelf.isDense) {
    while (shelf.dense.length < (key as number)) shelf.dense.push(undefined);
    shelf.dense[key as number] = row;
  } else {
    shelf.sparse.set(key, row);
  }
  return row;
};

/** Every key with its row. */
export const entriesOf = (shelf: Shelf): [string | number, Row][] => {
  const entries: [string | number, Row][] = [...shelf.sparse];
  shelf.dense.forEach((row, key) => {
    if (row !== undefined) entries.push([key, row]);
  });
  return entries;
};
