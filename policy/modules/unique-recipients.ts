// Counts the different people an account writes to in a window: whoever writes to one person a hundred times
// is no spammer, whoever writes to a hundred people may be.

import { type Action, defer, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import type { Submission } from '../submission.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { contractWorth } from './contract.ts';
import { countInRange, oneOf, perSpan, spanInRange } from './parameters.ts';
import {
  areRecent, type Cut, cutOf, heldCell, isRecent, meet, mostRecent, moveOn, recentCells, recentCount,
} from './recent-addresses.ts';
import { forgetAll, isEndedByRelease } from './release.ts';

export interface UniqueRecipientsParameters {
  /** Its name in reasons; `unique-recipients` if left out. */
  readonly name?: string;
  /** Whose recipients; `account` if left out. Of a tenant, those of all its accounts together. */
  readonly key?: 'account' | 'tenant';
  /** Different recipients let through in any window; 1 to 5,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
}

/** Slices of the window: who is at the limit is free again between 1 and 9/8 windows later. */
const slices = 8;

/**
 * cPanel's rule of unique recipients an hour ("potential spammer"). An address counts once in a window, from
 * when it was last written to, and is told from another by 28 bits of its key: one in 2^28 / (addresses in
 * the window) strangers gets by uncounted. Only mail that was let in counts. A contract's allowance (messages
 * an hour) raises an account's limit to a quarter above what it grants in a window, where that is more, but
 * not above 5,760 recipients. Released by time alone; where the action is `suspend` or `hold`, a person's
 * release forgets the count. Throws a RangeError for a parameter out of range.
 */
export const uniqueRecipients = (parameters: UniqueRecipientsParameters): Module<Cells> => {
  const name = parameters.name ?? 'unique-recipients';
  const key = oneOf(name, 'key', parameters.key ?? 'account', ['account', 'tenant']);
  const limit = countInRange(name, 'limit', parameters.limit, 1, 5_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const action = parameters.action ?? defer;
  const by = cutOf(window, slices);
  const calm = { cell: heldCell, addsRecipients: true, most: limit };
  const layout = { cells: recentCells, hasLeaf: true, calm };
  const worth = key === 'account' ? contractWorth(window) : 0;
  const rule = perSpan('unique recipients', window);
  const forgets = isEndedByRelease(action);
  return {
    name,
    key,
    hears: forgets ? ['submitted', 'released'] : ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    accepts: areRecent,
    decide(state, submission, now) {
      const contract = Math.min(submission.allowance * worth, mostRecent);
      const limitNow = contract > limit ? contract : limit;
      if (state.words[state.at + heldCell]! + submission.recipients.length <= limitNow) return pass;
      const before = recentCount(state, by, now);
      const more = newIn(state, by, submission, now, Math.max(0, limitNow - before));
      // A message to people counted already adds nobody: refusing it would only cost.
      if (more === 0 || before + more <= limitNow) return pass;
      return verdictOf(action, { module: name, rule, seen: before + more, limit: limitNow }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') forgetAll(state, layout);
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const recipients = signal.submission.recipients;
      moveOn(state, by, now);
      for (let at = 0; at < recipients.length; at++) meet(state, by, recipients[at]!);
    },
  };
};

/** Recipients not in the window yet, each once; stops counting once there are more than `enough`. */
const newIn = (
  state: Readonly<Cells>, by: Cut, submission: Submission, now: Milliseconds, enough: number,
): number => {
  const recipients = submission.recipients;
  let more = 0;
  for (let at = 0; at < recipients.length && more <= enough; at++) {
    const address = recipients[at]!;
    if (!isRecent(state, by, address, now) && recipients.indexOf(address) === at) more += 1;
  }
  return more;
};
