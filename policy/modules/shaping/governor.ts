// A rate that is cut when a receiver asks for it and rises again step by step: what `aimd` and `rampUp` have
// in common. They differ in how large the steps are and when the first one is due.

import type { Module } from '../../module.ts';
import { days, later, type Milliseconds, minutes } from '../../units.ts';
import { go, pass } from '../../verdict.ts';
import { inRange, spanInRange } from '../parameters.ts';
import { freshLine, type Line, setRate, standInLine, takePlace } from './line.ts';
import { isRefusal, type ShapedBy, slowDown } from './replies.ts';

export interface Governed extends ShapedBy {
  /** Attempts an hour while nothing is refused; 0.01 to 1,000,000. */
  readonly most: number;
  /** Attempts an hour below which it is never cut; 0.01 to `most`. */
  readonly least: number;
  /** What a cut leaves of the rate; a fraction from 0.01 to 0.99. */
  readonly keep: number;
  /** Refusals so soon after a cut are of the same trouble, and cut no more; 1 second to 1 day. */
  readonly calmAfter: Milliseconds;
}

export interface GovernorState {
  line: Line;
  /** When it was last cut, and until when further refusals are of that cut's trouble; -1 where never. */
  cutAt: number;
  /** When the rate last rose, or began to wait for that, and by how much it rises. */
  stepAt: number;
  step: number;
}

/** How the rate rises after a cut to `rate`: steps of so much an hour, `every` so often, from `first` on. */
export interface Rise {
  readonly every: Milliseconds;
  readonly wait: Milliseconds;
  step(rate: number): number;
}

/** More steps than this from the lowest rate to the highest are refused. */
export const mostSteps = 1_000;

export const governed = (name: string, parameters: Governed, rise: Rise): Module<GovernorState> => {
  const { pool, key = 'receiver', on = slowDown } = parameters;
  const most = inRange(name, 'most', parameters.most, 0.01, 1_000_000);
  const least = inRange(name, 'least', parameters.least, 0.01, most);
  const keep = inRange(name, 'keep', parameters.keep, 0.01, 0.99);
  const calmAfter = spanInRange(name, 'calmAfter', parameters.calmAfter, 1_000 as Milliseconds, days(1));
  const cut = (state: GovernorState, now: Milliseconds): void => {
    if (state.cutAt >= 0 && now < state.cutAt + calmAfter) return;
    state.cutAt = now;
    state.stepAt = later(now, rise.wait);
    const rate = Math.max(least, state.line.rate * keep);
    state.step = rise.step(rate);
    setRate(state.line, rate, now);
  };
  return {
    name,
    key,
    hears: ['attempted', 'deferred', 'bounced'],
    fresh: () => ({ line: freshLine(most), cutAt: -1, stepAt: 0, step: 0 }),
    decide: () => pass,
    dispatch: (state, attempt, now) =>
      pool !== undefined && attempt.pool !== pool ? go : standInLine(state.line, name, attempt, now, false),
    learn(state, signal, now) {
      raise(state, rise.every, most, now);
      if (signal.kind === 'attempted') {
        if (pool === undefined || signal.pool === pool) takePlace(state.line, name, signal, now);
      } else if (isRefusal(signal, on, pool)) {
        cut(state, now);
      }
    },
  };
};

/**
 * Takes the steps that are due. At most `mostSteps` of them bring any rate to the highest. Where the highest
 * was changed, who was never cut, and who is above it, goes at the new one.
 */
const raise = (state: GovernorState, every: Milliseconds, most: number, now: Milliseconds): void => {
  if (state.cutAt < 0 ? state.line.rate !== most : state.line.rate > most) setRate(state.line, most, now);
  while (state.line.rate < most && now >= state.stepAt + every) {
    state.stepAt += every;
    setRate(state.line, Math.min(most, state.line.rate + state.step), state.stepAt as Milliseconds);
  }
};

/** The shortest and the longest that a step may take. */
export const stepSpan = (name: string, parameter: string, span: Milliseconds): Milliseconds =>
  spanInRange(name, parameter, span, minutes(1), days(5));
