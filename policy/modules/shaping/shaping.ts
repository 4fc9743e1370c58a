// Slows the mail to a receiver to a fixed rate, always or for a while after it asked for that: what KumoMTA's
// shaping rules do, by which one message a minute goes for an hour and a half.

import type { Module } from '../../module.ts';
import { days, later, type Milliseconds, minutes, never, zero } from '../../units.ts';
import { type Dispatch, go, pass } from '../../verdict.ts';
import { countInRange, inRange, spanInRange } from '../parameters.ts';
import { freshLine, type Line, setRate, standInLine, takePlace } from './line.ts';
import { isRefusal, type ShapedBy, slowDown } from './replies.ts';

export interface ShapingParameters extends ShapedBy {
  /** Attempts an hour while it slows; 0.01 to 1,000,000. */
  readonly rate: number;
  /** Connections at once meanwhile, 1 to 1,000; as many as else where left out. Only with key `receiver`. */
  readonly connections?: number;
  /** How long it slows after the last such refusal, 1 minute to 5 days; where left out, always. */
  readonly during?: Milliseconds;
  /** Such refusals within `within` from which it slows; 1 to 1,000, 1 if left out. */
  readonly refusals?: number;
  /** 1 minute to 1 day; an hour if left out. */
  readonly within?: Milliseconds;
}

export interface ShapingState {
  /** Until when it slows. */
  until: number;
  /** When the refusals now counted began, and how many they are. */
  since: number;
  refusals: number;
  line: Line;
}

/**
 * Attempts go at a fixed rate, each in its turn; none is lost. It ends `during` after the last refusal of its
 * classes (`rateLimit` and `reputationDefer` if left out), and what still waits goes on at the host's own
 * pace. Each further refusal meanwhile begins the span anew: the receiver prolongs it, never the waiting
 * itself. KumoMTA's default is `shaping({ rate: 60, connections: 1, during: minutes(90) })`. Throws a
 * RangeError for a parameter out of range.
 */
export const shaping = (parameters: ShapingParameters): Module<ShapingState> => {
  const { pool, key = 'receiver', on = slowDown } = parameters;
  const name = parameters.name ?? 'shaping';
  const rate = inRange(name, 'rate', parameters.rate, 0.01, 1_000_000);
  const during = parameters.during === undefined ? undefined
    : spanInRange(name, 'during', parameters.during, minutes(1), days(5));
  const enough = countInRange(name, 'refusals', parameters.refusals ?? 1, 1, 1_000);
  const within = spanInRange(name, 'within', parameters.within ?? minutes(60), minutes(1), days(1));
  const goSlowly = goBy(name, parameters);
  const first = during === undefined ? never : zero;
  // A state may have been left by one that slows always, where this one does not, or the other way round.
  const endOf = ({ until }: Readonly<ShapingState>): Milliseconds =>
    during === undefined || until === never ? first : until as Milliseconds;
  return {
    name,
    key,
    hears: during === undefined ? ['attempted'] : ['attempted', 'deferred', 'bounced'],
    fresh: () => ({ until: first, since: 0, refusals: 0, line: freshLine(rate) }),
    decide: () => pass,
    dispatch(state, attempt, now) {
      const end = endOf(state);
      if (end <= now || (pool !== undefined && attempt.pool !== pool)) return go;
      const said = standInLine(state.line, name, attempt, now, true);
      if (said.kind !== 'wait') return goSlowly;
      return said.until <= end ? said : { ...said, until: end };
    },
    learn(state, signal, now) {
      if (state.line.rate !== rate) setRate(state.line, rate, now);
      if (signal.kind === 'attempted') {
        if (endOf(state) > now && (pool === undefined || signal.pool === pool)) {
          takePlace(state.line, name, signal, now);
        }
      } else if (during !== undefined && isRefusal(signal, on, pool)) {
        if (now - state.since > within) Object.assign(state, { since: now, refusals: 0 });
        state.refusals = Math.min(state.refusals + 1, enough);
        if (state.refusals === enough) state.until = Math.max(endOf(state), later(now, during));
      }
    },
  };
};

const goBy = (name: string, { connections, key }: ShapingParameters): Dispatch => {
  if (connections === undefined) return go;
  if (key === 'tenant+receiver') {
    throw new RangeError(`${name}: connections are a receiver's, not a tenant's. Leave one of the two out.`);
  }
  return Object.freeze({ kind: 'go', connections: countInRange(name, 'connections', connections, 1, 1_000) });
};
