// How much is sent in a window: messages, recipients or bytes, of an account, a tenant, a pool, or to one
// receiver. The limit that every mail product ships, since a stolen account shows first in its volume.

import { type Action, defer, verdictOf } from '../actions.ts';
import { type Cells, freshCells, type Layout } from '../cells.ts';
import type { Module } from '../module.ts';
import type { Submission } from '../submission.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { clockWindow, inThisWindow } from './clock-window.ts';
import { contractWorth } from './contract.ts';
import { inRange, oneOf, perSpan, spanInRange } from './parameters.ts';
import { forgetAll, isEndedByRelease } from './release.ts';
import { add, counted, held, isSlidingCount, type Slicing, slicing, totalCell } from './sliding-count.ts';

/** What volume is counted in. Recipients count as often as they are given. */
export type VolumeUnit = 'messages' | 'recipients' | 'bytes';

export interface VolumeParameters {
  /** Its name in reasons; `volume-` and the unit if left out. Two limits in one policy need two names. */
  readonly name?: string;
  readonly of: VolumeUnit;
  /**
   * Whose volume; `account` if left out. A message to several receivers counts at each: once as a message,
   * with its recipients there, and with all its bytes.
   */
  readonly key?: 'account' | 'tenant' | 'receiver' | 'tenant+receiver' | 'pool' | 'platform';
  /** What may be sent in any window; 1 to 1,000,000,000, bytes to 1,000,000,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
  /**
   * True where the window begins by the clock and all is forgotten at its end, as in products that reset a
   * counter each hour or day. Twice the limit may pass within a window's length then. False if left out.
   */
  readonly byTheClock?: boolean;
  /**
   * True where a contract's allowance (messages an hour) does not raise an account's limit, as in products
   * that know of no contract. False if left out.
   */
  readonly ignoresContract?: boolean;
}

/** Slices of a window that slides; what was sent is remembered up to 1/8 of the window longer than asked. */
const slices = 8;
/** Bytes are counted in these, rounded up for each message, so that 31 days of them fit a cell. */
const kibibyte = 1_024;

const amountOf: Readonly<Record<VolumeUnit, (submission: Submission) => number>> = {
  messages: () => 1,
  recipients: ({ recipients }) => recipients.length,
  bytes: ({ bytes }) => Math.ceil(bytes / kibibyte),
};

/**
 * Never lets more than `limit` through in any span of `window` where its action refuses; an account at its
 * limit is free again between 1 and 9/8 windows later (`byTheClock`: when the next one begins). A message
 * that is larger than the limit by itself never passes. Only mail that was let in counts. A contract raises
 * an account's limit in messages and recipients to a quarter above what it grants in a window, where that is
 * more. Released by time alone; where the action is `suspend` or `hold`, a person's release forgets what was
 * counted. Throws a RangeError for a parameter out of range.
 */
export const volume = (parameters: VolumeParameters): Module<Cells> => {
  const { key = 'account', of } = parameters;
  const name = parameters.name ?? `volume-${oneOf('volume', 'of', of, ['messages', 'recipients', 'bytes'])}`;
  const unit = of === 'bytes' ? kibibyte : 1;
  const limit = inRange(name, 'limit', parameters.limit, 1, of === 'bytes' ? 1e12 : 1e9) / unit;
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const action = parameters.action ?? defer;
  const isByTheClock = parameters.byTheClock === true;
  const by = isByTheClock ? clockWindow(window) : slicing(window, slices);
  const within: (state: Readonly<Cells>, by: Slicing, now: Milliseconds) => number =
    isByTheClock ? inThisWindow : counted;
  const layout = layoutFor(by, of, limit);
  const hasContract = key === 'account' && of !== 'bytes' && parameters.ignoresContract !== true;
  const worth = hasContract ? contractWorth(window) : 0;
  const amount = amountOf[of];
  const rule = perSpan(of, window);
  const forgets = isEndedByRelease(action);
  return {
    name,
    key,
    hears: forgets ? ['submitted', 'released'] : ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, submission, now) {
      const contract = submission.allowance * worth;
      const limitNow = contract > limit ? contract : limit;
      const more = amount(submission);
      if (held(state, by) + more <= limitNow) return pass;
      const seen = within(state, by, now) + more;
      if (seen <= limitNow) return pass;
      return verdictOf(action, { module: name, rule, seen: seen * unit, limit: limitNow * unit }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'submitted') {
        if (isAdmitted(signal.verdict)) add(state, by, amount(signal.submission), now);
      } else if (signal.kind === 'released') {
        forgetAll(state, layout);
      }
    },
  };
};

/** Whether a message passes at once depends on its recipients or on itself alone; on its size, not at all. */
const layoutFor = (by: Slicing, of: VolumeUnit, limit: number): Layout => {
  if (of === 'bytes') return { cells: by.cells };
  const isOfRecipients = of === 'recipients';
  const most = Math.floor(limit) - (isOfRecipients ? 0 : 1);
  return { cells: by.cells, calm: { cell: totalCell(by), addsRecipients: isOfRecipients, most } };
};
