// Shuts an account too much of whose mail goes to mailboxes that do not exist: the mark of a bought, guessed
// or long neglected list, and of a stolen account that works through one.

import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes, never } from '../units.ts';
import { pass } from '../verdict.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import { add, counted, held, isSlidingCount, slicing, totalCell } from './sliding-count.ts';

export interface HardBounceRatioParameters {
  /** Its name in reasons; `hard-bounce-ratio` if left out. */
  readonly name?: string;
  /**
   * Share of unknown users among all outcomes from which the account is shut; a fraction from 0.0001 to 1.
   */
  readonly ratio: number;
  /** Unknown users within the window below which the share is not looked at; 1 to 1,000,000. */
  readonly minimum: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
}

/** Tracks of the count: copies bounced because there is no such user, and all that came to an end. */
const unknown = 0;
const outcomes = 1;

/** A share needs no fine edge: outcomes are remembered up to 1/6 of the window longer than asked. */
const slices = 6;

/**
 * Suspends the account, until a person releases it, when both the minimum and the ratio are reached. Only
 * replies of class `unknownUser` count against it. Bounces for any other cause (a listed address, a full
 * mailbox, expiry) count as outcomes alone: what others do to the shared address can lower an account's
 * share, never raise it. A release clears the record. Throws a RangeError for a parameter out of range.
 */
export const hardBounceRatio = (parameters: HardBounceRatioParameters): Module<Cells> => {
  const name = parameters.name ?? 'hard-bounce-ratio';
  const ratio = inRange(name, 'ratio', parameters.ratio, 0.0001, 1);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const by = slicing(window, slices, 2);
  const calm = { cell: totalCell(by), addsRecipients: false, most: minimum - 1 };
  const layout = { cells: by.cells, calm };
  const rule = `unknown users/outcomes in ${spanText(window)}`;
  return {
    name,
    key: 'account',
    hears: ['delivered', 'bounced', 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, _submission, now) {
      if (held(state, by) < minimum) return pass;
      const bounced = counted(state, by, now, unknown);
      if (bounced < minimum) return pass;
      const seen = bounced / counted(state, by, now, outcomes);
      if (seen < ratio) return pass;
      const reason = { module: name, rule, seen, limit: ratio };
      return { kind: 'suspend', scope: 'account', until: never, reason };
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'delivered':
          add(state, by, signal.copies, now, outcomes);
          break;
        case 'bounced':
          add(state, by, signal.copies, now, outcomes);
          if (signal.reply.class === 'unknownUser') add(state, by, signal.copies, now, unknown);
          break;
        case 'released':
          state.words.fill(0, state.at, state.at + by.cells);
          break;
        default: // Says nothing of the account's list.
      }
    },
  };
};
