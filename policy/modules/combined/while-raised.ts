// A throttle that holds only while a detector is raised: an account is slowed for what it has done, and not
// at all before that.

import type { Module } from '../../module.ts';
import { pass } from '../../verdict.ts';
import { acceptBoth, freshPair, hearsBoth, learnBoth, pairOf, withOne, withTwo } from './pair.ts';

/**
 * Says what the throttle says, under the throttle's name, of messages of which the detector would say
 * anything but pass; the detector's own verdict is not heard. Both learn all along. It ends when the detector
 * falls silent. The throttle has no say in dispatch. Throws a TypeError where the two cannot stand together:
 * their keys differ, one keeps numbers and the other objects, or the throttle a list.
 */
export const whileRaised = (detector: Module<object>, throttle: Module<object>): Module<object> => {
  const { name, key } = throttle;
  const pair = pairOf(name, detector, throttle);
  const calm = detector.layout?.calm;
  return {
    name,
    key,
    ...hearsBoth(pair),
    ...(pair.layout !== undefined && { layout: { ...pair.layout, ...(calm !== undefined && { calm }) } }),
    fresh: () => freshPair(pair),
    accepts: (state) => acceptBoth(pair, state),
    decide(state, submission, now) {
      const raised = withOne(pair, state, (own) => detector.decide(own, submission, now));
      if (raised.kind === 'pass') return pass;
      return withTwo(pair, state, (own) => throttle.decide(own, submission, now));
    },
    learn: (state, signal, now) => learnBoth(pair, state, signal, now),
  };
};
