// How much comes from one source address, whoever logs in there: an infected PC behind an office's router, or
// a script that went wild, whichever accounts it uses.

import { type Action, defer, verdictOf } from '../actions.ts';
import type { Module } from '../module.ts';
import type { Submission } from '../submission.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { contractWorth } from './contract.ts';
import { countInRange, oneOf, perSpan, spanInRange } from './parameters.ts';
import {
  addTo, countOf, cutFor, heldOf, isSourceTable, noSources, type SourceTable,
} from './source-table.ts';
import type { VolumeUnit } from './volume.ts';

export interface SourceVolumeParameters {
  /** Its name in reasons; `source-` and the unit if left out. */
  readonly name?: string;
  readonly of: VolumeUnit;
  /** What may come from one source in any window; 1 to 1,000,000,000, bytes to 1,000,000,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
}

/**
 * Counts what was let in, by `Submission.source`, for the whole platform. Remembers up to a quarter of the
 * window longer than asked, and 49,152 sources at once (3 MB); where there are more, the quietest are
 * forgotten, never one that has reached half the limit, and where all have, newcomers are not counted. Source
 * 0 is no address and is never judged. A contract's allowance (messages an hour) raises the limit to a
 * quarter above what it grants, since a contract's script sends from one place. Released by time alone: a
 * person's release names an account, not a source. Choose `suspend` with care: all who share a router share
 * its count. Throws a RangeError for a parameter out of range.
 */
export const sourceVolume = (parameters: SourceVolumeParameters): Module<SourceTable> => {
  const of = oneOf('source-volume', 'of', parameters.of, ['messages', 'recipients', 'bytes']);
  const name = parameters.name ?? `source-${of}`;
  const limit = countInRange(name, 'limit', parameters.limit, 1, of === 'bytes' ? 1e12 : 1e9);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const action = parameters.action ?? defer;
  const rule = `${perSpan(of, window)} from a source`;
  const amount = (submission: Submission): number =>
    of === 'bytes' ? submission.bytes : of === 'recipients' ? submission.recipients.length : 1;
  const worth = of === 'bytes' ? 0 : contractWorth(window);
  return {
    name,
    key: 'platform',
    hears: ['submitted'],
    fresh: noSources,
    accepts: isSourceTable,
    decide(state, submission, now) {
      const { allowance, source } = submission;
      if (source === 0) return pass;
      const contract = allowance * worth;
      const limitNow = contract > limit ? contract : limit;
      const more = amount(submission);
      if (heldOf(state, source) + more <= limitNow) return pass;
      const seen = countOf(state, window, source, now) + more;
      if (seen <= limitNow) return pass;
      return verdictOf(action, { module: name, rule, seen, limit: limitNow }, now);
    },
    learn(state, signal, now) {
      if (signal.kind !== 'submitted') return;
      // Mail that is refused counts nothing, but may be all there is since the window was changed.
      cutFor(state, window, now);
      if (!isAdmitted(signal.verdict)) return;
      const { source } = signal.submission;
      if (source === 0) return;
      addTo(state, window, source, amount(signal.submission), now, limit / 2);
    },
  };
};
