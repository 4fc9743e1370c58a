// Shuts a tenant whose recipients report its mail as spam too often. What is reported is held against what
// was delivered to receivers that report at all, as Amazon SES reckons: the others would only dilute it.

import type { Module } from '../module.ts';
import { days, hours, type Milliseconds, never } from '../units.ts';
import { pass } from '../verdict.ts';
import type { ReceiverId } from '../words.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import {
  add, counted, freshCount, held, type SlidingCount, type Slicing, slicing, withTrack,
} from './sliding-count.ts';

export interface ComplaintRatioParameters {
  /** Its name in reasons; `complaint-ratio` if left out. */
  readonly name?: string;
  /** Complaints a delivered copy from which the tenant is shut; a fraction from 0.00001 to 1. */
  readonly ratio: number;
  /** Complaints within the window below which the ratio is not looked at; 1 to 1,000,000. */
  readonly minimum: number;
  /** 1 hour to 31 days; several days, as a complaint follows its message by hours to days. */
  readonly window: Milliseconds;
}

/** What recipients think, and the receivers a tenant's mail was delivered to. */
export interface ComplaintState {
  /** Track 0: complaints. Track 1 + i: copies delivered to the i-th of `receivers`. */
  counts: SlidingCount;
  receivers: ReceiverId[];
  /** Those receivers, by their place in the list, which ever fed a complaint about this tenant back. */
  loops: number[];
}

/**
 * A share needs no fine edge; few slices keep a track small. Remembered up to 1/4 of the window longer than
 * asked.
 */
const slices = 4;

/**
 * Receivers of a tenant told apart; the last one is shared by all further receivers, so that the state has
 * a bound.
 */
export const mostReceivers = 24;

/**
 * Suspends the tenant, until a person releases it, when both the minimum and the ratio are reached. Which
 * receivers have a complaint loop is learned from their complaints about this very tenant, since what others'
 * recipients do must not change a verdict: a loop that has not spoken yet is missing from the denominator,
 * which the minimum makes up for. Counts deliveries apart for 23 receivers and the rest as one. A release
 * clears the record. Throws a RangeError for a parameter out of range.
 */
export const complaintRatio = (parameters: ComplaintRatioParameters): Module<ComplaintState> => {
  const name = parameters.name ?? 'complaint-ratio';
  const ratio = inRange(name, 'ratio', parameters.ratio, 0.00001, 1);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, hours(1), days(31));
  const by = slicing(window, slices);
  const rule = `complaints/delivered in ${spanText(window)}`;
  return {
    name,
    key: 'tenant',
    hears: ['delivered', 'complained', 'released'],
    fresh: () => ({ counts: freshCount(by), receivers: [], loops: [] }),
    decide(state, _submission, now) {
      if (held(state.counts) < minimum) return pass;
      const complaints = counted(state.counts, by, now);
      if (complaints < minimum) return pass;
      // Reports of mail that has left the window count against at least themselves: never above 1, nor by
      // zero.
      let delivered = 0;
      for (const place of state.loops) delivered += counted(state.counts, by, now, 1 + place);
      const seen = complaints / Math.max(delivered, complaints);
      if (seen < ratio) return pass;
      const reason = { module: name, rule, seen, limit: ratio };
      return { kind: 'suspend', scope: 'tenant', until: never, reason };
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'delivered': {
          const place = placeOf(state, signal.receiver, by);
          add(state.counts, by, signal.copies, now, 1 + place);
          break;
        }
        case 'complained': {
          const place = placeOf(state, signal.receiver, by);
          add(state.counts, by, 1, now);
          if (!state.loops.includes(place)) state.loops = state.loops.concat(place);
          break;
        }
        case 'released':
          Object.assign(state, { counts: freshCount(by), receivers: [], loops: [] } satisfies ComplaintState);
          break;
        default: // Says nothing of what recipients think.
      }
    },
  };
};

/** The place of a receiver among the tenant's, with a track to count on; the last place for those beyond. */
const placeOf = (state: ComplaintState, receiver: ReceiverId, by: Slicing): number => {
  const receivers = state.receivers;
  for (let at = 0; at < receivers.length; at++) {
    if (receivers[at] === receiver) return at;
  }
  if (receivers.length === mostReceivers) return mostReceivers - 1;
  // Made anew at its exact length: a list that grows by itself keeps room to spare, for good.
  state.receivers = receivers.concat(receiver);
  state.counts = withTrack(state.counts, by);
  return receivers.length;
};
