// Where the states of a policy live. All numbers that one account (or tenant, or pool) has to be judged by
// lie in one row, so a message touches one place of memory, not one for each module; states that are objects
// have a row of their own.

import { type Cells, fill, isFresh, type Layout, listOf } from './cells.ts';
import { Leaves } from './leaves.ts';
import type { Key, Module } from './module.ts';
import { ModuleFault } from './module-fault.ts';
import { Rows } from './rows.ts';
import { refusePromise } from './soundness.ts';
import type { Attempt, Submission } from './submission.ts';

/** A module on its shelf, its verbs at hand: to find them anew for each message would cost as much again. */
export interface Place {
  readonly module: Module<object>;
  readonly decide: Module<object>['decide'];
  readonly learn: Module<object>['learn'];
  /** Where its cells begin in a row of numbers; -1 for a module whose state is an object. */
  readonly offset: number;
  /** Which of a row's objects is its state. */
  readonly index: number;
  /** Its layout's `calm`: the cell in the row (-1 for a module to be asked always), and the rest. */
  readonly calmCell: number;
  /** All ones where the recipients count, else zeros. */
  readonly recipientMask: number;
  readonly calmUpTo: number;
}

/**
 * Modules that stand next to each other in the policy and have the same kind of key, with their states.
 * Account, tenant and receiver ids are dense, so they number their rows; the name of a pool, or the joint key
 * `tenant * 65536 + receiver`, is given the next number when it first acts. What has no row yet is judged by
 * a blank one, which nobody writes to: so deciding leaves no trace, and a key costs nothing until it acts.
 */
export interface Shelf {
  readonly key: Key;
  readonly places: readonly Place[];
  readonly numbers: Rows;
  readonly objects: (readonly object[] | undefined)[];
  readonly blank: readonly object[];
  /** The row numbers of names, and the names in the order of their numbers; undefined where ids are dense. */
  readonly named: Map<string | number, number> | undefined;
  /** The row now at hand. Its cells pass from module to module; `base` is where the row begins. */
  readonly cells: Cells;
  base: number;
  row: readonly object[];
  /** The name asked for last, and its number: a pool's, as a rule, message after message. */
  name: string | number;
  number: number;
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

const shelfFor = (modules: readonly Module<object>[], key: Key): Shelf => {
  let width = 0;
  const blank: object[] = [];
  const places = modules.map((module): Place => {
    const { layout, decide, learn } = module;
    const offset = layout === undefined ? -1 : width;
    const calm = layout?.calm;
    const place = {
      module, decide, learn, offset, index: blank.length,
      calmCell: calm === undefined ? -1 : offset + calm.cell,
      recipientMask: calm?.addsRecipients === true ? -1 : 0,
      calmUpTo: calm?.most ?? 0,
    };
    if (layout === undefined) blank.push(freshOf(module));
    else width += cellsOf(module, layout);
    return place;
  });
  const numbers = new Rows(width);
  const cells: Cells = { words: numbers.blank, at: 0, leaves: new Leaves() };
  const named = key === 'pool' || key === 'tenant+receiver' ? new Map<string | number, number>() : undefined;
  return {
    key, places, numbers, objects: [], blank, named, cells, base: 0, row: blank, name: '', number: -1,
  };
};

/** A module's first state for a key, made with an eye on what it is. */
const freshOf = (module: Module<object>): object => {
  try {
    const state: unknown = module.fresh();
    refusePromise(state);
    if (typeof state === 'object' && state !== null) return state;
    throw new TypeError(`returned ${String(state)}; a state is an object or a list`);
  } catch (cause) {
    throw new ModuleFault(module.name, 'fresh', cause);
  }
};

const cellsOf = (module: Module<object>, { cells }: Layout): number => {
  if (Number.isSafeInteger(cells) && cells >= 1 && cells <= 4_096) return cells;
  const cause = new TypeError(`its layout has ${cells} cells; a layout has a whole number from 1 to 4096`);
  throw new ModuleFault(module.name, 'fresh', cause);
};

export const clear = (shelf: Shelf): void => {
  shelf.numbers.clear();
  shelf.cells.leaves.clear();
  shelf.objects.length = 0;
  shelf.named?.clear();
  shelf.name = '';
  shelf.number = -1;
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

/** Takes a key's row at hand to judge by, or the blank one where it has none. */
export const look = (shelf: Shelf, key: string | number): void => {
  const number = shelf.named === undefined ? key as number : numberOf(shelf, shelf.named, key);
  takeWords(shelf, shelf.numbers.wordsFor(number), number);
  if (shelf.blank.length > 0) shelf.row = (number < 0 ? undefined : shelf.objects[number]) ?? shelf.blank;
};

/** Takes a key's row at hand to write to, made if need be. */
export const open = (shelf: Shelf, key: string | number): void => {
  const named = shelf.named;
  let number = named === undefined ? key as number : numberOf(shelf, named, key);
  if (number < 0) {
    number = named!.size;
    named!.set(key, number);
    shelf.number = number;
  }
  takeWords(shelf, shelf.numbers.openFor(number), number);
  if (shelf.blank.length > 0) shelf.row = shelf.objects[number] ?? freshRow(shelf, number);
};

const takeWords = (shelf: Shelf, words: Int32Array, number: number): void => {
  const cells = shelf.cells;
  // Few blocks, often the same: comparing is cheaper than telling the collector of a new one.
  if (cells.words !== words) cells.words = words;
  shelf.base = shelf.numbers.startIn(words, number);
};

/** The row number of a name; -1 where it has none. */
const numberOf = (shelf: Shelf, named: Map<string | number, number>, key: string | number): number => {
  if (shelf.name === key) return shelf.number;
  const number = named.get(key) ?? -1;
  shelf.name = key;
  shelf.number = number;
  return number;
};

const freshRow = (shelf: Shelf, number: number): readonly object[] => {
  const { blank, objects, places } = shelf;
  // A slice has no room to spare, which a list that grew would have.
  const row = blank.slice();
  for (const { module, offset, index } of places) if (offset < 0) row[index] = freshOf(module);
  while (objects.length < number) objects.push(undefined);
  objects[number] = row;
  return row;
};

/** A place's state in the row at hand. */
export const stateAt = (shelf: Shelf, place: Place): object => {
  if (place.offset < 0) return shelf.row[place.index]!;
  shelf.cells.at = shelf.base + place.offset;
  return shelf.cells;
};

/** A module's states by key, as plain JSON; those of numbers that are as fresh are left out. */
export const statesOf = (shelf: Shelf, place: Place): [string | number, object][] => {
  const { named, numbers, objects } = shelf;
  const keys = named === undefined ? undefined : [...named.keys()];
  const states: [string | number, object][] = [];
  for (let number = 0; number < Math.max(numbers.length, objects.length); number++) {
    const key = keys === undefined ? number : keys[number];
    if (key === undefined) break;
    look(shelf, key);
    const state = stateAt(shelf, place);
    const layout = place.module.layout;
    if (layout === undefined) {
      if (objects[number] !== undefined) states.push([key, copyOf(state)]);
    } else if (!isFresh(state as Cells, layout)) {
      states.push([key, listOf(state as Cells, layout)]);
    }
  }
  return states;
};

/**
 * States are plain JSON by contract, so JSON copies each, and loses nothing that a file would keep. (Not all
 * at once: a text of a million of them is longer than a text can be.)
 */
const copyOf = (state: object): object => JSON.parse(JSON.stringify(state)) as object;

const assertAccepted = (module: Module<object>, state: object): void => {
  if (module.accepts?.(state) === false) throw new TypeError('its state is none that it could go on with');
};

/** A row's number has 31 bits. */
const mostIds = 2 ** 31;

/** Gives a module the state of a key back. Throws an Error where it is no state of this module's. */
export const putState = (shelf: Shelf, place: Place, key: string | number, state: object): void => {
  const { module } = place;
  const { layout, name } = module;
  const isId = Number.isSafeInteger(key) && (key as number) >= 0 && (key as number) < mostIds;
  if (shelf.named === undefined && !isId) {
    throw new Error(`module ${name}: the snapshot does not fit: ${JSON.stringify(key)} is no ${shelf.key}`);
  }
  open(shelf, key);
  try {
    if (layout === undefined) {
      const copy = copyOf(state);
      assertAccepted(module, copy);
      (shelf.row as object[])[place.index] = copy;
      return;
    }
    const cells = stateAt(shelf, place) as Cells;
    fill(cells, layout, state);
    try {
      assertAccepted(module, cells);
    } catch (cause) {
      fill(cells, layout, Array(layout.cells).fill(0));
      throw cause;
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`module ${name}: the snapshot does not fit: ${message}`, { cause });
  }
};
