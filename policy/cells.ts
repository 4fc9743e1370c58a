// A state made of numbers. The states of all keys lie end to end in a few long lists, so that a message
// touches one place of memory; a module reaches its own through `words[at]`, `words[at + 1]` and so on.

import { Leaves } from './leaves.ts';

/** How much room a state of numbers takes. Its first form is all zeros. */
export interface Layout {
  /** Its cells: whole numbers of 32 bits with a sign; 1 to 4,096. */
  readonly cells: number;
  /** True where cell 0 is the handle of a leaf, a list whose length may change; 0 while there is none. */
  readonly hasLeaf?: boolean;
  /** Where given, how to tell without asking that the module would let a submission pass. */
  readonly calm?: Calm;
}

/**
 * `decide` passes whatever is submitted, at any time, while the number in `cell`, and the recipients with it
 * where `addsRecipients`, is at most `most`. It need not be asked then, which spares most accounts most
 * questions. Its `dispatch`, if it has one, goes while the number in `cell` alone is at most `most`.
 */
export interface Calm {
  readonly cell: number;
  readonly addsRecipients: boolean;
  readonly most: number;
}

/**
 * Where a state is at hand: good for the call it is passed to, and no longer. What a module writes to other
 * cells than its own is another's state.
 */
export interface Cells {
  words: Int32Array;
  at: number;
  readonly leaves: Leaves;
}

/** A fresh state by itself, outside any engine. */
export const freshCells = (layout: Layout): Cells =>
  ({ words: new Int32Array(layout.cells), at: 0, leaves: new Leaves() });

/** A state as a plain list: its cells, and behind them its leaf, whose length stands in for the handle. */
export const listOf = ({ words, at, leaves }: Readonly<Cells>, layout: Layout): number[] => {
  const list = [...words.subarray(at, at + layout.cells)];
  const handle = words[at]!;
  if (layout.hasLeaf !== true || handle === 0) return list;
  const leaf = leaves.halvesOf(handle);
  const start = leaves.startOf(handle);
  const end = start + leaves.lengthOf(handle);
  list[0] = end - start;
  return list.concat([...leaf.subarray(start, end)]);
};

/** Makes a state what a list of `listOf` says. Throws a TypeError where that is no such list. */
export const fill = (cells: Cells, layout: Layout, list: unknown): void => {
  const { words, at, leaves } = cells;
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'number')) {
    throw new TypeError('its state is no list of numbers');
  }
  const tail = list.slice(layout.cells);
  const due = layout.hasLeaf === true ? list[0]! : 0;
  if (list.length < layout.cells || tail.length !== due) {
    throw new TypeError(`its state has ${list.length} numbers where ${layout.cells + due} are due`);
  }
  // First, for it may throw: a length would be left in the place of the handle.
  const handle = due === 0 ? 0 : leaves.make(due);
  if (layout.hasLeaf === true && words[at] !== 0) leaves.free(words[at]!);
  for (let cell = 0; cell < layout.cells; cell++) words[at + cell] = list[cell]!;
  if (due === 0) return;
  leaves.halvesOf(handle).set(tail, leaves.startOf(handle));
  words[at] = handle;
};

/** Whether a state is as fresh: nothing but zeros. */
export const isFresh = ({ words, at }: Readonly<Cells>, layout: Layout): boolean => {
  for (let cell = at; cell < at + layout.cells; cell++) {
    if (words[cell] !== 0) return false;
  }
  return true;
};
