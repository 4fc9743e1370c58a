// Acts on the colour that a receiver gives one of our addresses for a day, as Microsoft's SNDS does: how much
// of its mail was taken for spam there. It comes a day late and names nobody, so it is bulk that waits.

import { type Action, verdictOf } from '../actions.ts';
import type { Module } from '../module.ts';
import { days, hours, type Milliseconds } from '../units.ts';
import { pass } from '../verdict.ts';
import { oneOf, spanInRange } from './parameters.ts';

export interface TelemetryColourParameters {
  /** Its name in reasons; `telemetry-colour` if left out. */
  readonly name?: string;
  /** The colour from which the action is taken: `red` alone, or `yellow` and `red`. */
  readonly from: 'yellow' | 'red';
  /**
   * How long a colour is believed where no newer one comes (an address with little mail gets none); 1 hour to
   * 31 days, 2 days if left out.
   */
  readonly trustedFor?: Milliseconds;
  /** Whose messages the action is taken on; `bulk`, what has a List-Id, if left out. */
  readonly whom?: 'all' | 'bulk';
  readonly action: Action;
}

export interface TelemetryColourState {
  /** `receiver address` of what has such a colour, and until when that is believed. */
  coloured: [what: string, until: number][];
  /** The latest of those times; 0 while there is none. */
  until: number;
}

/** Colours remembered of one pool; further ones are not noted, and change nothing as one is enough. */
const mostColoured = 1_024;

/**
 * Takes its action on the messages of a pool while one of its addresses has the colour at any receiver. Ends
 * when a better colour came for each, or after `trustedFor`. Throws a RangeError for a parameter out of
 * range.
 */
export const telemetryColour = (parameters: TelemetryColourParameters): Module<TelemetryColourState> => {
  const { action } = parameters;
  const name = parameters.name ?? 'telemetry-colour';
  const isRedOnly = oneOf(name, 'from', parameters.from, ['yellow', 'red']) === 'red';
  const bulkOnly = oneOf(name, 'whom', parameters.whom ?? 'bulk', ['all', 'bulk']) === 'bulk';
  const trusted = spanInRange(name, 'trustedFor', parameters.trustedFor ?? days(2), hours(1), days(31));
  const rule = isRedOnly ? 'red addresses' : 'yellow or red addresses';
  return {
    name,
    key: 'pool',
    hears: ['telemetry'],
    fresh: () => ({ coloured: [], until: 0 }),
    decide({ coloured, until }, submission, now) {
      if (now >= until || (bulkOnly && submission.list === 0)) return pass;
      const seen = coloured.reduce((count, [, end]) => now < end ? count + 1 : count, 0);
      return verdictOf(action, { module: name, rule, seen, limit: 0 }, now);
    },
    learn(state, signal, now) {
      if (signal.kind !== 'telemetry') return;
      const what = `${signal.receiver} ${signal.address}`;
      const isBad = signal.colour === 'red' || (signal.colour === 'yellow' && !isRedOnly);
      state.coloured = state.coloured.filter(([one, end]) => one !== what && now < end);
      if (isBad && state.coloured.length < mostColoured) state.coloured.push([what, now + trusted]);
      state.until = state.coloured.reduce((latest, [, end]) => Math.max(latest, end), 0);
    },
  };
};
