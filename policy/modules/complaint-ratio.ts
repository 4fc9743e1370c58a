// Shuts a tenant whose recipients report its mail as spam too often. What is reported is held against what
// was delivered to receivers that report at all, as Amazon SES reckons: the others would only dilute it.

import type { Module } from '../module.ts';
import { days, hours, type Milliseconds, never } from '../units.ts';
import { pass } from '../verdict.ts';
import type { ReceiverId } from '../words.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import { add, counted, freshCount, type SlidingCount, slicing } from './sliding-count.ts';

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

/**
 * A receiver the tenant's mail was delivered to, and whether it ever fed a complaint about this tenant back.
 */
interface Row {
  readonly receiver: ReceiverId;
  hasLoop: boolean;
  readonly delivered: SlidingCount;
}

export interface ComplaintState {
  complaints: SlidingCount;
  rows: Row[];
}

/**
 * A share needs no fine edge; few slices keep a row small. Remembered up to 1/4 of the window longer than
 * asked.
 */
const slices = 4;

/** Rows of a tenant; the last one is shared by all further receivers, so that the state has a bound. */
export const mostRows = 24;

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
    fresh: () => ({ complaints: freshCount(by), rows: [] }),
    decide(state, _submission, now) {
      if (state.complaints.total < minimum) return pass;
      const complaints = counted(state.complaints, by, now);
      if (complaints < minimum) return pass;
      // Reports of mail that has left the window count against at least themselves: never above 1, nor by
      // zero.
      let delivered = 0;
      for (let at = 0; at < state.rows.length; at++) {
        const row = state.rows[at]!;
        if (row.hasLoop) delivered += counted(row.delivered, by, now);
      }
      const seen = complaints / Math.max(delivered, complaints);
      if (seen < ratio) return pass;
      const reason = { module: name, rule, seen, limit: ratio };
      return { kind: 'suspend', scope: 'tenant', until: never, reason };
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'delivered':
          add(rowOf(state, signal.receiver).delivered, by, signal.copies, now);
          break;
        case 'complained':
          add(state.complaints, by, 1, now);
          rowOf(state, signal.receiver).hasLoop = true;
          break;
        case 'released':
          state.complaints = freshCount(by);
          state.rows = [];
          break;
        default: // Says nothing of what recipients think.
      }
    },
  };

  function rowOf(state: ComplaintState, receiver: ReceiverId): Row {
    const rows = state.rows;
    for (let at = 0; at < rows.length; at++) {
      if (rows[at]!.receiver === receiver) return rows[at]!;
    }
    if (rows.length === mostRows) return rows[mostRows - 1]!;
    const row = { receiver, hasLoop: false, delivered: freshCount(by) };
    rows.push(row);
    return row;
  }
};
