// A rule that is raised at one limit and cleared at a lower one, so that who hovers about the limit is not
// let go and caught again with every message.

import type { Module } from '../../module.ts';
import type { Verdict } from '../../verdict.ts';
import {
  acceptBoth, freshPair, hearsBoth, learnBoth, ownOf, pairOf, setOwn, withOne, withTwo,
} from './pair.ts';

/**
 * Raised when `raise` speaks, and then says what `clear` does, under the name of `raise`, until that falls
 * silent: two of the same kind, the second with the lower limit. Whether it is raised changes with each
 * message judged, and a release clears it. Throws a TypeError where the two cannot stand together: their
 * keys differ, one keeps numbers and the other objects, or the second a list.
 */
export const hysteresis = (raise: Module<object>, clear: Module<object>): Module<object> => {
  const { name, key } = raise;
  const pair = pairOf(name, raise, clear);
  const heard: Pick<Module<object>, 'decide'> = {
    decide: (state, submission, now) => ownOf(pair, state) === 1
      ? named(name, withTwo(pair, state, (own) => clear.decide(own, submission, now)))
      : withOne(pair, state, (own) => raise.decide(own, submission, now)),
  };
  return {
    name,
    key,
    ...hearsBoth(pair, 'submitted', 'released'),
    ...(pair.layout !== undefined && { layout: pair.layout }),
    fresh: () => freshPair(pair),
    accepts: (state) => acceptBoth(pair, state),
    decide: heard.decide,
    learn(state, signal, now) {
      if (signal.kind === 'released') setOwn(pair, state, 0);
      if (signal.kind === 'submitted') {
        setOwn(pair, state, heard.decide(state, signal.submission, now).kind === 'pass' ? 0 : 1);
      }
      learnBoth(pair, state, signal, now);
    },
  };
};

/** A verdict of a module's that a policy knows by another name, which is the one in its reports. */
const named = (module: string, said: Verdict): Verdict =>
  said.kind === 'pass' ? said : { ...said, reason: { ...said.reason, module } };
