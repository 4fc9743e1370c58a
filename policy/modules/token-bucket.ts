// Spaces an account's messages: a burst goes at once, the rest at a steady rate. A paced message takes its
// token in advance, so those behind it wait longer; who would wait too long is told to come back.

import { type Cells, freshCells, type Layout } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, hours, type Milliseconds, zero } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { inRange, spanInRange } from './parameters.ts';

export interface TokenBucketParameters {
  /** Its name in reasons; `token-bucket` if left out. */
  readonly name?: string;
  /**
   * Tokens that flow in, in messages an hour; 0.01 to 1,000,000. A contract's allowance raises it where
   * larger.
   */
  readonly rate: number;
  /**
   * Tokens a full bucket holds, in messages; 1 to 1,000,000. A contract raises it to a minute of its
   * allowance.
   */
  readonly burst: number;
  /**
   * Messages due within this span are paced, others deferred; 0 to 5 days. With 0 it is a policer: it never
   * paces.
   */
  readonly longestWait: Milliseconds;
}

/**
 * The state is when all tokens taken so far have flowed in again; before now, the bucket is full. Its two
 * cells count in steps of 65,536 ms and, of the rest, in 32,768ths of a millisecond.
 */
const layout: Layout = { cells: 2 };
const coarse = 65_536;
const fine = 1 / 32_768;

/**
 * A token bucket in virtual-scheduling form (as ITU-T I.371 describes GCRA): one token a message, whatever
 * its recipients. Throws a RangeError for a parameter out of range.
 */
export const tokenBucket = (parameters: TokenBucketParameters): Module<Cells> => {
  const name = parameters.name ?? 'token-bucket';
  const rate = inRange(name, 'rate', parameters.rate, 0.01, 1_000_000);
  const burst = inRange(name, 'burst', parameters.burst, 1, 1_000_000);
  // The longest a message may wait here is the time Postfix keeps it in its queue (maximal_queue_lifetime, 5
  // days).
  const longestWait = spanInRange(name, 'longestWait', parameters.longestWait, zero, days(5));
  const gap = hours(1) / rate;
  return {
    name,
    key: 'account',
    hears: ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    decide(state, submission, now) {
      const allowance = submission.allowance;
      const gapNow = allowance > rate ? hours(1) / allowance : gap;
      const burstNow = allowance > burst * 60 ? allowance / 60 : burst;
      const owed = paidUntil(state) - now;
      const wait = owed - (burstNow - 1) * gapNow;
      // Rounding must not cost a message that comes on the dot; a millisecond is far above it.
      if (wait < 1) return pass;
      const reason = { module: name, rule: 'burst', seen: Math.ceil(owed / gapNow) + 1, limit: burstNow };
      if (wait > longestWait) return { kind: 'defer', reason };
      return { kind: 'pace', until: Math.ceil(now + wait) as Milliseconds, reason };
    },
    learn(state, signal, now) {
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const allowance = signal.submission.allowance;
      const gapNow = allowance > rate ? hours(1) / allowance : gap;
      const paid = paidUntil(state);
      pay(state, (paid > now ? paid : now) + gapNow);
    },
  };
};

const paidUntil = ({ at, words }: Readonly<Cells>): number => words[at]! * coarse + words[at + 1]! * fine;

const pay = ({ at, words }: Cells, until: number): void => {
  const whole = Math.floor(until / coarse);
  words[at] = whole;
  words[at + 1] = (until - whole * coarse) / fine;
};
