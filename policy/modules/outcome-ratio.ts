// Shares of what became of an account's mail: unknown users, bounces, deferrals, or both together, once there
// is enough of it to judge by.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import type { ReplyClass, Signal, SignalKind } from '../signal.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass, type Reason } from '../verdict.ts';
import { clockWindow, inLastWindow } from './clock-window.ts';
import { countInRange, inRange, oneOf, spanInRange, spanText } from './parameters.ts';
import { forgetAll } from './release.ts';
import { add, counted, held, isSlidingCount, slicing, totalCell } from './sliding-count.ts';

export interface OutcomeRatioParameters {
  /** Its name in reasons; that of what it counts, with `-ratio`, if left out (`bounces-ratio`). */
  readonly name?: string;
  /** Whose mail; `account` if left out. */
  readonly key?: 'account' | 'tenant' | 'tenant+receiver' | 'receiver' | 'pool';
  /** What counts against it, in copies; `failures` are bounces and deferrals. */
  readonly of: 'unknown users' | 'bounces' | 'deferrals' | 'failures';
  /**
   * The classes of reply that count; for unknown users that class alone, otherwise all but `expired` if left
   * out. (What expired was deferred before, or waited for a reason of ours.)
   */
  readonly classes?: readonly ReplyClass[];
  /**
   * What the share is of: `outcomes` (delivered and bounced) or `attempts` (and deferred, each time). If left
   * out, outcomes of unknown users and bounces, and attempts of the others, which allow nothing else.
   */
  readonly against?: 'outcomes' | 'attempts';
  /** The share from which the action is taken; a fraction from 0.0001 to 1. */
  readonly ratio: number;
  /**
   * The share below which it ends again, at most `ratio` and at least 0.0001; `ratio` if left out. With a
   * lower one, mail that hovers about the limit is not let go and stopped by turns.
   */
  readonly clearAt?: number;
  /** What must count against it within the window before the share is looked at; 1 to 1,000,000. */
  readonly minimum?: number;
  /**
   * Outcomes or attempts there must be before the share is looked at; 1 to 1,000,000. Both are 1 if left out.
   */
  readonly volume?: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /**
   * True where the share is looked at once a window, at its end by the clock, and the finding holds for the
   * next window: Momentum's sweeps. False if left out; goes with no `clearAt`.
   */
  readonly sweeps?: boolean;
  readonly action: Action;
}

/** Tracks of the count: what counts against it, and all. */
const bad = 0;
const all = 1;
/** A share needs no fine edge: outcomes are remembered up to 1/6 of the window longer than asked. */
const slices = 6;
/** The first cell of the state: 1 from when the share reached `ratio` until it was below `clearAt`. */
const firstCells = 1;

/**
 * Takes its action while the share is at `ratio` or more, or has been and is not below `clearAt`, and both
 * `minimum` and `volume` are there. Only replies of receivers count: what we defer ourselves never does, so
 * no verdict prolongs itself. Classes that speak of the shared address (`dnsblBlock`, `ipBlock`,
 * `reputationDefer`, `rateLimit`) are others' doing as well: name `classes` without them, or an account pays
 * for its neighbours. To stop what is queued as well, wrap it in `holdsQueue`. Ends by time, as outcomes
 * leave the window, and by a person's release, which forgets them. Throws a RangeError for a parameter out of
 * range.
 */
export const outcomeRatio = (parameters: OutcomeRatioParameters): Module<Cells> => {
  const { action, key = 'account' } = parameters;
  const kinds = ['unknown users', 'bounces', 'deferrals', 'failures'] as const;
  const of = oneOf('outcome-ratio', 'of', parameters.of, kinds);
  const name = parameters.name ?? `${of.replace(' ', '-')}-ratio`;
  const ratio = inRange(name, 'ratio', parameters.ratio, 0.0001, 1);
  const clearAt = inRange(name, 'clearAt', parameters.clearAt ?? ratio, 0.0001, ratio);
  const minimum = countInRange(name, 'minimum', parameters.minimum ?? 1, 1, 1_000_000);
  const least = countInRange(name, 'volume', parameters.volume ?? 1, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const isSweep = parameters.sweeps === true;
  if (isSweep && clearAt !== ratio) {
    throw new RangeError(`${name}: clearAt is ${clearAt}; sweeps judge each window by itself. Leave it out.`);
  }
  const tally = tallyOf(name, parameters);
  const by = isSweep ? clockWindow(window, 2, firstCells) : slicing(window, slices, 2, firstCells);
  const within: typeof counted = isSweep ? inLastWindow : counted;
  const calm = { cell: totalCell(by), addsRecipients: false, most: minimum - 1 };
  const layout = { cells: firstCells + by.cells, calm };
  const rule = `${of}/${tally.against} in ${spanText(window)}`;
  const shareAt = (state: Readonly<Cells>, now: Milliseconds): number => {
    if (held(state, by) < minimum) return 0;
    const seen = within(state, by, now, bad);
    const total = within(state, by, now, all);
    return seen < minimum || total < least ? 0 : seen / total;
  };
  const spoken = (state: Readonly<Cells>, now: Milliseconds): Reason | undefined => {
    const seen = shareAt(state, now);
    const limit = state.words[state.at] === 1 ? clearAt : ratio;
    return seen < limit ? undefined : { module: name, rule, seen, limit };
  };
  return {
    name,
    key,
    hears: tally.hears,
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, _submission, now) {
      if (held(state, by) < minimum) return pass;
      const reason = spoken(state, now);
      return reason === undefined ? pass : verdictOf(action, reason, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') {
        forgetAll(state, layout);
        return;
      }
      const total = tally.total(signal);
      if (total === 0) return;
      // Over between two outcomes means over, even where this one would bring the share above `clearAt`.
      if (state.words[state.at] === 1 && shareAt(state, now) < clearAt) state.words[state.at] = 0;
      add(state, by, total, now, all);
      if (tally.isBad(signal)) add(state, by, total, now, bad);
      if (clearAt < ratio && shareAt(state, now) >= ratio) state.words[state.at] = 1;
    },
  };
};

interface Tally {
  readonly against: 'outcomes' | 'attempts';
  readonly hears: readonly SignalKind[];
  /** Copies that a signal adds to all. */
  readonly total: (signal: Signal) => number;
  readonly isBad: (signal: Signal) => boolean;
}

const tallyOf = (name: string, { against, classes, of }: OutcomeRatioParameters): Tally => {
  const hearsDeferrals = of === 'deferrals' || of === 'failures';
  const chosen = against ?? (hearsDeferrals ? 'attempts' : 'outcomes');
  oneOf(name, 'against', chosen, hearsDeferrals ? ['attempts'] : ['outcomes', 'attempts']);
  const counts = (reply: ReplyClass): boolean =>
    classes !== undefined ? classes.includes(reply)
    : of === 'unknown users' ? reply === 'unknownUser' : reply !== 'expired';
  const countsBounces = of !== 'deferrals';
  return {
    against: chosen,
    hears: chosen === 'attempts' ? ['delivered', 'deferred', 'bounced', 'released']
      : ['delivered', 'bounced', 'released'],
    total: (signal) =>
      signal.kind === 'delivered' || signal.kind === 'bounced' ? signal.copies
      : signal.kind === 'deferred' && chosen === 'attempts' ? signal.copies : 0,
    isBad: (signal) =>
      signal.kind === 'bounced' ? countsBounces && counts(signal.reply.class)
      : signal.kind === 'deferred' && hearsDeferrals && counts(signal.reply.class),
  };
};
