// Is an account a source of spam? SPOT's sequential test over what our own scan says of its messages: a few
// verdicts decide, and one that errs now and then decides nothing.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { bernoulliSprt } from '../tests/bernoulli-sprt.ts';
import { days, later, type Milliseconds, minutes, never } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { oneOf, spanInRange } from './parameters.ts';
import { forgetAll } from './release.ts';

export interface ContentShareParameters {
  /** Its name in reasons; `content-share` if left out. */
  readonly name?: string;
  /** Share of spam verdicts on a harmless account's messages; above 0, below 1. SPOT: 0.2. */
  readonly theta0: number;
  /** The same of an account that sends spam; above theta0, below 1. SPOT: 0.9. */
  readonly theta1: number;
  /** Chance that a harmless account alarms, each time the test runs; above 0, below 1. SPOT: 0.01. */
  readonly alpha: number;
  /** Chance that an account that sends spam is cleared, each time; above 0, below 1 - alpha. SPOT: 0.01. */
  readonly beta: number;
  /**
   * What tells of a message that is no spam: a verdict that says so, or, where the scan tells of spam alone,
   * that it was let in (each message let in counts as one until a spam verdict comes, which takes one back).
   */
  readonly hamBy: 'verdict' | 'submission';
  readonly action: Action;
  /** How long an alarm stands; 1 minute to 31 days, or `never`: until a person's release. */
  readonly standsFor: Milliseconds;
}

/**
 * The cells: hits and misses of the test under way, and the second until which an alarm stands (0 where none
 * does, the last one where only a person ends it).
 */
const layout = { cells: 3, calm: { cell: 2, addsRecipients: false, most: 0 } };
const hits = 0;
const misses = 1;
const until = 2;
const forever = 2 ** 31 - 1;
/**
 * Observations of one test stop here: by then it has long decided, unless the thetas are all but the same.
 */
const mostSeen = 2 ** 30;

/**
 * Takes its action from an alarm on, for `standsFor`. The test begins anew after each alarm and each time it
 * clears, so an account that turns bad is noticed however long it was good. A release ends an alarm and
 * forgets what the test has seen. Throws a RangeError for a parameter out of range.
 */
export const contentShare = (parameters: ContentShareParameters): Module<Cells> => {
  const { action, theta0, theta1 } = parameters;
  const name = parameters.name ?? 'content-share';
  const test = bernoulliSprt(parameters);
  const hamBy = oneOf(name, 'hamBy', parameters.hamBy, ['verdict', 'submission']);
  const standsFor = parameters.standsFor === never ? never
    : spanInRange(name, 'standsFor', parameters.standsFor, minutes(1), days(31));
  // The test reads and writes a record; this one stands in for each account's cells in turn.
  const run = test.fresh();
  const observe = (state: Cells, isSpam: boolean, now: Milliseconds): void => {
    const { at, words } = state;
    run.hits = words[at + hits]!;
    run.misses = words[at + misses]!;
    const outcome = test.observe(run, isSpam);
    words[at + hits] = Math.min(run.hits, mostSeen);
    words[at + misses] = Math.min(run.misses, mostSeen);
    if (outcome !== 'alarm') return;
    const end = standsFor === never ? forever : Math.ceil(later(now, standsFor) / 1_000);
    words[at + until] = Math.max(words[at + until]!, Math.min(end, forever));
  };
  return {
    name,
    key: 'account',
    hears: hamBy === 'verdict' ? ['scanned', 'released'] : ['scanned', 'submitted', 'released'],
    layout,
    fresh: () => freshCells(layout),
    decide(state, _submission, now) {
      const end = state.words[state.at + until]!;
      if (end === 0 || (end !== forever && now >= end * 1_000)) return pass;
      // Which verdicts made it sure the test has forgotten: it tells the share that it decided for.
      const reason = { module: name, rule: 'share of spam verdicts', seen: theta1, limit: theta0 };
      return verdictOf(action, reason, now);
    },
    learn(state, signal, now) {
      switch (signal.kind) {
        case 'submitted':
          if (isAdmitted(signal.verdict)) observe(state, false, now);
          break;
        case 'scanned':
          if (signal.spam) {
            // It was counted as no spam when it was let in; that is taken back.
            const cell = state.at + misses;
            if (hamBy === 'submission' && state.words[cell]! > 0) state.words[cell]! -= 1;
            observe(state, true, now);
          } else if (hamBy === 'verdict') {
            observe(state, false, now);
          }
          break;
        case 'released':
          forgetAll(state, layout);
          break;
        default: // Says nothing of content.
      }
    },
  };
};
