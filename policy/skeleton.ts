// A whole module, short enough to copy: it limits the mail without a sender (bounces, autoreplies) that an
// account may send in an hour, since a mailbox that answers forged mail floods people who never wrote to it.
// docs/ADDING-A-MODULE.md goes through it part by part.

import { type Action, defer, verdictOf } from './actions.ts';
import type { Module } from './module.ts';
import { isAdmitted } from './modules/admitted.ts';
import { countInRange } from './modules/parameters.ts';
import { hours } from './units.ts';
import { pass } from './verdict.ts';

export interface NullSenderLimitParameters {
  /** Its name in reasons; `null-sender-limit` if left out. Two of them in one policy need two names. */
  readonly name?: string;
  /** Messages without a sender let through in a clock hour; 1 to 1,000,000. */
  readonly limit: number;
  /** What becomes of those beyond; refused for now if left out. */
  readonly action?: Action;
}

/** What it remembers of an account: the hour it counts in, as a number, and the messages of that hour. */
export interface NullSenderLimitState {
  hour: number;
  sent: number;
}

/**
 * Lets `limit` messages without a sender through in each clock hour; what comes beyond meets the action. The
 * next hour begins anew, whatever was refused. Throws a RangeError for a limit out of range.
 */
export const nullSenderLimit = (parameters: NullSenderLimitParameters): Module<NullSenderLimitState> => {
  const name = parameters.name ?? 'null-sender-limit';
  const limit = countInRange(name, 'limit', parameters.limit, 1, 1_000_000);
  const action = parameters.action ?? defer;
  return {
    name,
    key: 'account',
    hears: ['submitted'],
    fresh: () => ({ hour: 0, sent: 0 }),
    decide(state, submission, now) {
      if (!submission.nullSender) return pass;
      // A clock that steps back, as after a restart, finds the hour as full as it was.
      const seen = (state.hour >= Math.floor(now / hours(1)) ? state.sent : 0) + 1;
      if (seen <= limit) return pass;
      return verdictOf(action, { module: name, rule: 'null senders/1h', seen, limit }, now);
    },
    learn(state, signal, now) {
      // Only what was let in counts: a refusal must not prolong itself by the retries it provokes.
      if (signal.kind !== 'submitted' || !signal.submission.nullSender || !isAdmitted(signal.verdict)) return;
      const hour = Math.floor(now / hours(1));
      if (state.hour < hour) {
        state.hour = hour;
        state.sent = 0;
      }
      state.sent += 1;
    },
  };
};
