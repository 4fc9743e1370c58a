// Escalates: an account that other rules of the policy have had to stop again and again within a time is
// shut, or whatever else the action is. What they say once is a strike, however often it is repeated.

import { type Action, suspend, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes, never, zero } from '../units.ts';
import { pass, type Verdict } from '../verdict.ts';
import { countInRange, perSpan, spanInRange } from './parameters.ts';

export interface StrikesParameters {
  /** Its name in reasons; `strikes` if left out. */
  readonly name?: string;
  /**
   * The modules whose words are strikes, by name; at least one. Remarks (`alert`, `shadow`) count as well.
   */
  readonly of: readonly string[];
  /** Strikes within the window from which it acts; 1 to 32. */
  readonly count: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /**
   * Words less than this after the one before are of the same strike; 0 to 1 day, half an hour if left out:
   * mail programs and small relays repeat what is deferred every 5 to 30 minutes. With 0 each message is a
   * strike.
   */
  readonly apart?: Milliseconds;
  /** `account` if left out. */
  readonly key?: 'account' | 'tenant';
  /** An hour's suspension if left out, as UwUMail does after three strikes. */
  readonly action?: Action;
}

/**
 * The first cells: when a strike last was spoken of, and until when nothing counts as the account is shut;
 * both in seconds and one more, 0 for never. Behind them, oldest first, when the last strikes began, in the
 * same form.
 */
const spoken = 0;
const muted = 1;
const first = 2;
/** As a time in seconds, which a cell holds without a sign: 136 years. */
const forever = 2 ** 32 - 1;

/**
 * Acts on an account with `count` strikes within the window. Only what was heard counts: a word that a graver
 * rule drowned is no strike, and nothing is while the account is shut, by whomever. The release path: a
 * suspension wipes the strikes out, so the account begins anew when it ends, and so does a release; under any
 * other action it ends when the oldest of the strikes has left the window. It never counts its own words.
 * Throws a RangeError for a parameter out of range.
 */
export const strikes = (parameters: StrikesParameters): Module<Cells> => {
  const name = parameters.name ?? 'strikes';
  const count = countInRange(name, 'count', parameters.count, 1, 32);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const apart = spanInRange(name, 'apart', parameters.apart ?? minutes(30), zero, days(1));
  const action = parameters.action ?? suspend('account', minutes(60));
  const { of } = parameters;
  if (of.length === 0 || of.includes(name)) {
    throw new RangeError(`${name}: of is ${JSON.stringify(of)}; it names at least one other module.`);
  }
  const layout = { cells: first + count, calm: { cell: first, addsRecipients: false, most: 0 } };
  const rule = perSpan('strikes', window);
  return {
    name,
    key: parameters.key ?? 'account',
    hears: ['submitted', 'released'],
    layout,
    fresh: () => freshCells(layout),
    decide(state, _submission, now) {
      const oldest = timeIn(state, first);
      if (oldest < 0 || now - oldest > window) return pass;
      return verdictOf(action, { module: name, rule, seen: count, limit: count }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') {
        state.words.fill(0, state.at, state.at + layout.cells);
      } else if (signal.kind === 'submitted') {
        const { verdict } = signal;
        if (verdict.kind === 'pass') return;
        if (verdict.kind === 'suspend') {
          state.words.fill(0, state.at, state.at + layout.cells);
          setTime(state, muted, verdict.until);
        } else if (now >= timeIn(state, muted) && isNamed(verdict, of)) {
          strike(state, count, apart, now);
        }
      }
    },
  };
};

const isNamed = (verdict: Exclude<Verdict, { readonly kind: 'pass' }>, of: readonly string[]): boolean =>
  of.includes(verdict.reason.module) ||
  (verdict.also !== undefined && verdict.also.some(({ reason }) => of.includes(reason.module)));

/** A word more: of the strike that is spoken of, or of a new one. */
const strike = (state: Cells, count: number, apart: Milliseconds, now: Milliseconds): void => {
  const before = timeIn(state, spoken);
  if (before < 0 || now > before) setTime(state, spoken, now);
  if (before >= 0 && now - before < apart) return;
  const start = state.at + first;
  state.words.copyWithin(start, start + 1, start + count);
  setTime(state, first + count - 1, now);
};

/** A cell's time in milliseconds, to the second below; -1000 where there is none. */
const timeIn = ({ at, words }: Readonly<Cells>, cell: number): number =>
  ((words[at + cell]! >>> 0) - 1) * 1_000;

const setTime = ({ at, words }: Cells, cell: number, time: number): void => {
  words[at + cell] = time >= never ? forever : Math.min(Math.floor(time / 1_000) + 1, forever);
};
