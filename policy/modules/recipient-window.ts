// Refuses, for now, what would bring an account over a number of recipients in a sliding window: the limit
// that most mail products ship, since a stolen account shows first in its volume.

import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { contractWorth } from './contract.ts';
import { countInRange, perSpan, spanInRange } from './parameters.ts';
import { add, counted, held, slicing, totalCell } from './sliding-count.ts';

export interface RecipientWindowParameters {
  /** Its name in reasons; `recipient-window` if left out. Two windows in one policy need two names. */
  readonly name?: string;
  /** Recipients let through in any window, each address as often as it is given; 1 to 10,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
}

/** Slices of a window; a recipient is remembered up to 1/8 of the window longer than asked. */
const slices = 8;

/**
 * Never lets more than `limit` recipients through in any span of `window`. For that it may refuse up to an
 * eighth of a window longer than needed: an account at its limit is free again between 1 and 9/8 windows
 * later. A contract's allowance (messages an hour) raises the limit to a quarter above what it grants in a
 * window, where that is more. A message with more recipients than the limit never passes. Throws a RangeError
 * for a parameter out of range.
 */
export const recipientWindow = (parameters: RecipientWindowParameters): Module<Cells> => {
  const name = parameters.name ?? 'recipient-window';
  const limit = countInRange(name, 'limit', parameters.limit, 1, 10_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const by = slicing(window, slices);
  const calm = { cell: totalCell(by), addsRecipients: true, most: limit };
  const layout = { cells: by.cells, calm };
  const worth = contractWorth(window);
  const rule = perSpan('recipients', window);
  return {
    name,
    key: 'account',
    hears: ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    decide(state, submission, now) {
      const contract = submission.allowance * worth;
      const limitNow = contract > limit ? contract : limit;
      const more = submission.recipients.length;
      if (held(state, by) + more <= limitNow) return pass;
      const seen = counted(state, by, now) + more;
      if (seen <= limitNow) return pass;
      return { kind: 'defer', reason: { module: name, rule, seen, limit: limitNow } };
    },
    learn(state, signal, now) {
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      add(state, by, signal.submission.recipients.length, now);
    },
  };
};
