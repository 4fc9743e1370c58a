// Reacts when our own address is listed. Bulk mail waits while a register lists the pool, since it would be
// refused and keep the listing alive; people's mail goes on, round the receivers that refuse the pool, by
// another one.

import type { Module } from '../module.ts';
import { days, later, type Milliseconds, minutes } from '../units.ts';
import { go, pass } from '../verdict.ts';
import type { PoolName, ReceiverId } from '../words.ts';
import { spanInRange } from './parameters.ts';

export interface RegisterWatchParameters {
  /** Its name in reasons; `register-watch` if left out. */
  readonly name?: string;
  /**
   * How long a receiver that refused citing a block is avoided, from its last such refusal; 1 minute to 2
   * days.
   */
  readonly avoidFor: Milliseconds;
  /**
   * The pool that people's mail takes to such receivers meanwhile; where it is left out, that mail waits too.
   */
  readonly alternative?: PoolName;
  /** How long bulk mail waits at a time while the pool is listed; 1 minute to 1 day. */
  readonly bulkWaits: Milliseconds;
}

export interface RegisterWatchState {
  /** `register address`, one for each listing that our polls found. */
  listings: string[];
  /** When the first of the present listings was found; -1 while there is none. */
  since: number;
  /** Until when to avoid a receiver (by its id) that cited a register (`dnsblBlock`); 0 where it did not. */
  cited: number[];
  /** The same for a receiver's own block of our address (`ipBlock`), which no delisting lifts. */
  barred: number[];
}

/**
 * Waiting mail looks again this often, so that it leaves soon after a delisting: as often as a desk polls
 * registers.
 */
export const recheck = minutes(15);

/**
 * How long after the first listing bulk mail is held back at dispatch; after that it takes its chance. Two
 * days leave three of a message's five in Postfix's queue (maximal_queue_lifetime), so that one listing alone
 * never makes one expire.
 */
export const longestHold = days(2);

/** Listings remembered of one pool; further ones are not noted, and change nothing as it is listed anyway. */
export const mostListings = 1_024;

/** Receivers that can be avoided: ids from 0 to this, less one; a greater one is never avoided. */
const mostReceivers = 65_536;

/**
 * Of a submission: bulk (with a List-Id) is paced by `bulkWaits` while the pool is listed; people's mail
 * passes. Of an attempt: bulk waits, by `bulkWaits` at a time, for at most the first two days of a listing. A
 * receiver whose last refusal citing a block is less than `avoidFor` old gets no bulk, and people's mail from
 * the alternative pool; where there is none, or that is the pool in question, it waits too, a quarter of an
 * hour at a time. `avoidFor` after the refusal the next try tells. Where each such try is refused again, the
 * rest wait on, and the host gives them up at the end of its queue's lifetime, which counts waits. A
 * delisting ends the avoidance of all who cited a register. Throws a RangeError for a parameter out of range.
 */
export const registerWatch = (parameters: RegisterWatchParameters): Module<RegisterWatchState> => {
  const name = parameters.name ?? 'register-watch';
  const avoidFor = spanInRange(name, 'avoidFor', parameters.avoidFor, minutes(1), days(2));
  const bulkWaits = spanInRange(name, 'bulkWaits', parameters.bulkWaits, minutes(1), days(1));
  const alternative = parameters.alternative;
  return {
    name,
    key: 'pool',
    hears: ['listed', 'delisted', 'deferred', 'bounced'],
    fresh: () => ({ listings: [], since: -1, cited: [], barred: [] }),
    decide(state, submission, now) {
      if (state.listings.length === 0 || submission.list === 0) return pass;
      const reason = { module: name, rule: 'listings', seen: state.listings.length, limit: 0 };
      return { kind: 'pace', until: later(now, bulkWaits), reason };
    },
    dispatch(state, attempt, now) {
      const isBulk = attempt.list !== 0;
      if (isBulk && state.listings.length > 0 && now < state.since + longestHold) {
        const reason = { module: name, rule: 'listings', seen: state.listings.length, limit: 0 };
        return { kind: 'wait', until: later(now, bulkWaits), reason };
      }
      const until = Math.max(state.cited[attempt.receiver] ?? 0, state.barred[attempt.receiver] ?? 0);
      if (until <= now) return go;
      const reason = { module: name, rule: 'refused for a block', seen: 1, limit: 0 };
      if (!isBulk && alternative !== undefined && alternative !== attempt.pool) {
        return { kind: 'pool', pool: alternative, reason };
      }
      return { kind: 'wait', until: Math.min(until, later(now, recheck)) as Milliseconds, reason };
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'listed':
          note(state, `${signal.register} ${signal.address}`, now);
          break;
        case 'delisted':
          strike(state, `${signal.register} ${signal.address}`);
          break;
        case 'deferred':
        case 'bounced':
          if (signal.reply.class === 'dnsblBlock') avoid(state.cited, signal.receiver, now, avoidFor);
          else if (signal.reply.class === 'ipBlock') avoid(state.barred, signal.receiver, now, avoidFor);
          break;
        default: // Says nothing of our address.
      }
    },
  };
};

const note = (state: RegisterWatchState, listing: string, now: Milliseconds): void => {
  if (state.listings.length === mostListings || state.listings.includes(listing)) return;
  if (state.listings.length === 0) state.since = now;
  state.listings.push(listing);
};

const strike = (state: RegisterWatchState, listing: string): void => {
  const at = state.listings.indexOf(listing);
  if (at >= 0) state.listings.splice(at, 1);
  if (state.listings.length === 0) state.since = -1;
  // Which register a receiver cited is not known, so each may have been this one; a wrong guess costs one
  // refusal.
  state.cited = [];
};

const avoid = (until: number[], receiver: ReceiverId, now: Milliseconds, span: Milliseconds): void => {
  if (receiver >= mostReceivers) return;
  while (until.length <= receiver) until.push(0);
  const end = later(now, span);
  if (end > until[receiver]!) until[receiver] = end;
};
