// Two modules with one state: what a rule made of two others keeps for a key. Numbers lie end to end in one
// row, those of the rule itself behind them; states that are objects lie side by side.

import { type Cells, freshCells, type Layout } from '../../cells.ts';
import type { Module } from '../../module.ts';
import type { Signal } from '../../signal.ts';
import type { Milliseconds } from '../../units.ts';
import { hearsOf } from './alike.ts';

/** The state where the two keep objects. */
interface Both {
  readonly one: object;
  readonly two: object;
  own: number;
}

export interface Pair {
  readonly one: Module<object>;
  readonly two: Module<object>;
  /** Left out where both keep objects. */
  readonly layout: Layout | undefined;
  /** Cells before those of `two`, and before the pair's own number. */
  readonly second: number;
  readonly last: number;
}

/**
 * Puts two modules together under a name. Throws a TypeError where their keys differ, where one keeps numbers
 * and the other objects, or where the second keeps a list of changing length.
 */
export const pairOf = (name: string, one: Module<object>, two: Module<object>): Pair => {
  const [first, second] = [one.layout, two.layout];
  const refuse = (why: string): never => {
    throw new TypeError(`${name}: ${one.name} and ${two.name} cannot stand together: ${why}.`);
  };
  if (one.key !== two.key) refuse(`one keeps its state by ${one.key}, the other by ${two.key}`);
  if ((first === undefined) !== (second === undefined)) refuse('one keeps numbers, the other objects');
  if (first === undefined || second === undefined) return { one, two, layout: undefined, second: 0, last: 0 };
  if (second.hasLeaf === true) refuse(`${two.name} keeps a list, for which only the first has room`);
  const last = first.cells + second.cells;
  const layout = { cells: last + 1, ...(first.hasLeaf === true && { hasLeaf: true }) };
  return { one, two, layout, second: first.cells, last };
};

export const freshPair = ({ one, two, layout }: Pair): object =>
  layout === undefined ? { one: one.fresh(), two: two.fresh(), own: 0 } : freshCells(layout);

/** What one of the two makes of its part of the state. */
export const withOne = <Said>(pair: Pair, state: object, ask: (own: object) => Said): Said =>
  ask(pair.layout === undefined ? (state as Both).one : state);

export const withTwo = <Said>(pair: Pair, state: object, ask: (own: object) => Said): Said => {
  if (pair.layout === undefined) return ask((state as Both).two);
  const cells = state as Cells;
  const start = cells.at;
  cells.at = start + pair.second;
  try {
    return ask(cells);
  } finally {
    cells.at = start;
  }
};

/** Whether both can go on with their parts of a saved state. */
export const acceptBoth = (pair: Pair, state: object): boolean =>
  withOne(pair, state, (own) => pair.one.accepts?.(own) !== false) &&
  withTwo(pair, state, (own) => pair.two.accepts?.(own) !== false);

/** The pair's own number, 0 at first. */
export const ownOf = (pair: Pair, state: Readonly<object>): number =>
  pair.layout === undefined ? (state as Both).own : (state as Cells).words[(state as Cells).at + pair.last]!;

export const setOwn = (pair: Pair, state: object, value: number): void => {
  if (pair.layout === undefined) (state as Both).own = value;
  else (state as Cells).words[(state as Cells).at + pair.last] = value;
};

/** Both learn what each of them hears. */
export const learnBoth = (pair: Pair, state: object, signal: Signal, now: Milliseconds): void => {
  const { one, two } = pair;
  if (hearsOf(one, signal.kind)) withOne(pair, state, (own) => one.learn(own, signal, now));
  if (hearsOf(two, signal.kind)) withTwo(pair, state, (own) => two.learn(own, signal, now));
};

/** What the two hear together, and what their pair has to hear besides. */
export const hearsBoth = ({ one, two }: Pair, ...more: readonly Signal['kind'][]) =>
  one.hears === undefined || two.hears === undefined ? {}
    : { hears: [...new Set([...one.hears, ...two.hears, ...more])] };
