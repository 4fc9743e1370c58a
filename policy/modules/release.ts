// What a release means to a detector: a person has looked, and what was counted until then is settled.

import type { Action } from '../actions.ts';
import type { Cells, Layout } from '../cells.ts';

/**
 * True for an action that a person may have to end: `suspend` and `hold`. Where a rule that shuts went on
 * counting what was counted before the release, the first message after it would shut the account again.
 */
export const isEndedByRelease = ({ kind }: Action): boolean => kind === 'suspend' || kind === 'hold';

/** Makes a state as fresh, and gives its leaf back. */
export const forgetAll = (state: Cells, { cells, hasLeaf }: Layout): void => {
  const { at, leaves, words } = state;
  if (hasLeaf === true && words[at] !== 0) leaves.free(words[at]!);
  words.fill(0, at, at + cells);
};
