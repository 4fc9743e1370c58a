// Acts when our own addresses are on several registers at once, each weighing what the operator trusts it:
// one small register errs or is stale, three at a time mean that somebody behind the address sends spam.

import { type Action, verdictOf } from '../actions.ts';
import type { Module } from '../module.ts';
import { pass } from '../verdict.ts';
import type { RegisterName } from '../words.ts';
import { countInRange, oneOf } from './parameters.ts';

export interface ListingCountParameters {
  /** Its name in reasons; `listing-count` if left out. */
  readonly name?: string;
  /** The weight of the registers that list the pool from which the action is taken; 1 to 10,000. */
  readonly limit: number;
  /**
   * What a register weighs, a whole number from 0 (it is not believed) to 1,000; 1 for one that is not named.
   * A register counts once, however many of the pool's addresses it lists.
   */
  readonly weights?: Readonly<Record<RegisterName, number>>;
  /** Whose messages the action is taken on; `all` if left out. Bulk is what has a List-Id. */
  readonly whom?: 'all' | 'bulk';
  readonly action: Action;
}

export interface ListingCountState {
  /** `register address`, one for each listing that our polls found. */
  listings: string[];
  /** What the registers among them weigh. */
  weight: number;
}

/** Listings remembered of one pool; further ones are not noted. */
const mostListings = 1_024;

/**
 * Takes its action while the pool is listed by registers of weight `limit` or more; ends as delistings bring
 * it below. Nothing but a `listed` signal raises it. What a register's name servers answer when they refuse
 * to answer (127.255.255.254 and the like), time out or are gone is no listing: the host sends `listed` only
 * for a code that the register documents as one, and no `delisted` for a question that found no answer. A
 * register that a fault makes list everyone is bounded by its own weight. Throws a RangeError for a
 * parameter out of range.
 */
export const listingCount = (parameters: ListingCountParameters): Module<ListingCountState> => {
  const { action } = parameters;
  const name = parameters.name ?? 'listing-count';
  const limit = countInRange(name, 'limit', parameters.limit, 1, 10_000);
  const bulkOnly = oneOf(name, 'whom', parameters.whom ?? 'all', ['all', 'bulk']) === 'bulk';
  const weights = new Map(Object.entries(parameters.weights ?? {}));
  for (const [register, weight] of weights) countInRange(name, `weights["${register}"]`, weight, 0, 1_000);
  const weighed = (listings: readonly string[]): number => {
    const registers = new Set(listings.map((listing) => listing.slice(0, listing.lastIndexOf(' '))));
    let sum = 0;
    for (const register of registers) sum += weights.get(register) ?? 1;
    return sum;
  };
  return {
    name,
    key: 'pool',
    hears: ['listed', 'delisted'],
    fresh: () => ({ listings: [], weight: 0 }),
    decide({ weight }, submission, now) {
      if (weight < limit || (bulkOnly && submission.list === 0)) return pass;
      return verdictOf(action, { module: name, rule: 'registers that list us', seen: weight, limit }, now);
    },
    learn(state, signal) {
      if (signal.kind !== 'listed' && signal.kind !== 'delisted') return;
      const listing = `${signal.register} ${signal.address}`;
      const at = state.listings.indexOf(listing);
      if (signal.kind === 'delisted') {
        if (at >= 0) state.listings.splice(at, 1);
      } else if (at < 0 && state.listings.length < mostListings) {
        state.listings.push(listing);
      }
      state.weight = weighed(state.listings);
    },
  };
};
