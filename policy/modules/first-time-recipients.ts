// Refuses, for now, an account that writes to too many people it has never written to. People write to the
// people they know; who holds a stolen account writes to strangers.

import { type Action, defer, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import type { Submission } from '../submission.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { isKnown, isMemory, memoryCells, remember } from './address-memory.ts';
import { contractWorth } from './contract.ts';
import { countInRange, oneOf, perSpan, spanInRange } from './parameters.ts';
import { isEndedByRelease } from './release.ts';
import { add, counted, held, isSlidingCount, slicing, totalCell } from './sliding-count.ts';

export interface FirstTimeRecipientsParameters {
  /** Its name in reasons; `first-time-recipients` if left out. */
  readonly name?: string;
  /** Whose recipients; `account` if left out. Of a tenant, those of all its accounts together. */
  readonly key?: 'account' | 'tenant';
  /** Recipients never written to before that are let through in any window; 1 to 10,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
}

/** Slices of a window: who is at the limit is free again between 1 and 9/8 windows later. */
const slices = 8;

/**
 * mox's rule (200 a day by default). The 2,048 to 4,096 addresses written to last are remembered, and no
 * fewer than all below 2,048; an older one counts as new again, so forgetting can refuse, never let through.
 * (One stranger in 2^21 / (addresses remembered) is taken for known: see address-memory.ts.)
 * A key takes 160 bytes while it knows 24 addresses, 256 at 48, 0.7 KB at 200 and 9 KB at most.
 * Only mail that was let in makes a recipient known: retrying does not.
 *
 * There is no grace for an account never seen before, as each thief and each spammer who signs up would have
 * it. A platform that deploys this feeds `learn` a few weeks of its log first; without, an office worker's
 * first day brings some 50 first-time recipients, well under any sane limit. A contract's allowance (messages
 * an hour) raises an account's limit to a quarter above what it grants in a window, where that is more: bulk
 * is judged by its contract and its outcomes. Released by time alone; where the action is `suspend` or
 * `hold`, a person's release forgets the count, not the people. Throws a RangeError for a parameter out of
 * range.
 */
export const firstTimeRecipients = (parameters: FirstTimeRecipientsParameters): Module<Cells> => {
  const name = parameters.name ?? 'first-time-recipients';
  const key = oneOf(name, 'key', parameters.key ?? 'account', ['account', 'tenant']);
  const limit = countInRange(name, 'limit', parameters.limit, 1, 10_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const by = slicing(window, slices, 1, memoryCells);
  const calm = { cell: totalCell(by), addsRecipients: true, most: limit };
  const layout = { cells: memoryCells + by.cells, hasLeaf: true, calm };
  const worth = key === 'account' ? contractWorth(window) : 0;
  const action = parameters.action ?? defer;
  const forgets = isEndedByRelease(action);
  const rule = perSpan('first-time recipients', window);
  return {
    name,
    key,
    hears: forgets ? ['submitted', 'released'] : ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isMemory(state) && isSlidingCount(state, by),
    decide(state, submission, now) {
      const contract = submission.allowance * worth;
      const limitNow = contract > limit ? contract : limit;
      // Were all of them strangers it would still do: then there is nothing to look up. This is the common
      // case.
      if (held(state, by) + submission.recipients.length <= limitNow) return pass;
      const before = counted(state, by, now);
      // Over the limit already (a contract fell), one stranger is still enough to tell.
      const strangers = strangersIn(state, submission, Math.max(0, limitNow - before));
      if (strangers === 0 || before + strangers <= limitNow) return pass;
      const reason = { module: name, rule, seen: before + strangers, limit: limitNow };
      return verdictOf(action, reason, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') {
        const first = state.at + by.first;
        state.words.fill(0, first, first + by.cells);
      }
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const recipients = signal.submission.recipients;
      let strangers = 0;
      for (let at = 0; at < recipients.length; at++) {
        if (remember(state, recipients[at]!)) strangers += 1;
      }
      if (strangers > 0) add(state, by, strangers, now);
    },
  };
};

/**
 * Recipients not yet known, an address given twice counted once; stops counting once there are more than
 * `enough`.
 */
const strangersIn = (known: Readonly<Cells>, submission: Submission, enough: number): number => {
  const recipients = submission.recipients;
  let strangers = 0;
  for (let at = 0; at < recipients.length && strangers <= enough; at++) {
    const address = recipients[at]!;
    if (!isKnown(known, address) && recipients.indexOf(address) === at) strangers += 1;
  }
  return strangers;
};
