// Shuts an account too much of whose mail goes to mailboxes that do not exist: the mark of a bought, guessed
// or long neglected list, and of a stolen account that works through one.

import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes, never } from '../units.ts';
import { pass } from '../verdict.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import { add, counted, freshCount, type SlidingCount, slicing } from './sliding-count.ts';

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

export interface HardBounceState {
  /** Copies that came to an end: delivered or bounced. */
  outcomes: SlidingCount;
  /** Those bounced because there is no such user. */
  unknown: SlidingCount;
}

/** A share needs no fine edge: outcomes are remembered up to 1/8 of the window longer than asked. */
const slices = 8;

/**
 * Suspends the account, until a person releases it, when both the minimum and the ratio are reached. Only
 * replies of class `unknownUser` count against it. Bounces for any other cause (a listed address, a full
 * mailbox, expiry) count as outcomes alone: what others do to the shared address can lower an account's
 * share, never raise it. A release clears the record. Throws a RangeError for a parameter out of range.
 */
export const hardBounceRatio = (parameters: HardBounceRatioParameters): Module<HardBounceState> => {
  const name = parameters.name ?? 'hard-bounce-ratio';
  const ratio = inRange(name, 'ratio', parameters.ratio, 0.0001, 1);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const by = slicing(window, slices);
  const rule = `unknown users/outcomes in ${spanText(window)}`;
  return {
    name,
    key: 'account',
    hears: ['delivered', 'bounced', 'released'],
    fresh: () => ({ outcomes: freshCount(by), unknown: freshCount(by) }),
    decide(state, _submission, now) {
      if (state.unknown.total < minimum) return pass;
      const unknown = counted(state.unknown, by, now);
      if (unknown < minimum) return pass;
      const seen = unknown / counted(state.outcomes, by, now);
      if (seen < ratio) return pass;
      const reason = { module: name, rule, seen, limit: ratio };
      return { kind: 'suspend', scope: 'account', until: never, reason };
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'delivered':
          add(state.outcomes, by, signal.copies, now);
          break;
        case 'bounced':
          add(state.outcomes, by, signal.copies, now);
          if (signal.reply.class === 'unknownUser') add(state.unknown, by, signal.copies, now);
          break;
        case 'released':
          state.outcomes = freshCount(by);
          state.unknown = freshCount(by);
          break;
        default: // Says nothing of the account's list.
      }
    },
  };
};
