// Asking the modules of a policy about an attempt: which of their words is heard.

import type { Party } from './hearing.ts';
import { ModuleFault } from './module-fault.ts';
import { look, stateAt } from './shelf.ts';
import { soundDispatch } from './soundness.ts';
import type { Attempt } from './submission.ts';
import type { Milliseconds } from './units.ts';
import { type Dispatch, go } from './verdict.ts';

/** The gravest of what was said of an attempt before and what the modules of a party say. */
export const gravestDispatch = (
  before: Dispatch, { shelf, places }: Party, key: string | number, attempt: Attempt, now: Milliseconds,
): Dispatch => {
  look(shelf, key);
  const words = shelf.cells.words;
  const base = shelf.base;
  let heard = before;
  let at = 0;
  try {
    for (; at < places.length; at++) {
      const place = places[at]!;
      const calmCell = place.calmCell;
      if (calmCell >= 0 && words[base + calmCell]! <= place.calmUpTo) continue;
      const said = place.module.dispatch!(stateAt(shelf, place), attempt, now);
      if (said !== go) heard = graverDispatch(heard, soundDispatch(said, now));
    }
  } catch (cause) {
    throw new ModuleFault(places[at]!.module.name, 'dispatch', cause);
  }
  return heard;
};

const dispatchRank: Record<Dispatch['kind'], number> = { go: 0, avoid: 1, pool: 2, wait: 3, hold: 4 };

/** A hold, else the latest wait, else the first other pool, else addresses to avoid, else go. */
const graverDispatch = (one: Dispatch, two: Dispatch): Dispatch => {
  if (one.kind === 'wait' && two.kind === 'wait') return two.until > one.until ? two : one;
  if (one.kind === 'go' && two.kind === 'go') {
    return (two.connections ?? Infinity) < (one.connections ?? Infinity) ? two : one;
  }
  if (one.kind === 'avoid' && two.kind === 'avoid') {
    return { ...one, addresses: [...one.addresses, ...two.addresses] };
  }
  return dispatchRank[two.kind] > dispatchRank[one.kind] ? two : one;
};
