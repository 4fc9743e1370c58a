// A rule on trial: it stands in the policy, judges all mail and is counted, and nobody feels it.

import type { Module } from '../../module.ts';
import { type Verdict } from '../../verdict.ts';
import { alike } from './alike.ts';

/**
 * The same module, of which each verdict but pass becomes a `shadow` that says what it would have been. It
 * has no say in dispatch. Since its mail goes on, it learns from what a live rule would have stopped: what it
 * would say of a second message may differ from what it would have said had the first been refused.
 */
export const onTrial = <State extends object>(module: Module<State>): Module<State> => ({
  ...alike(module),
  decide: (state, submission, now) => shadowOf(module.decide(state, submission, now)),
});

const shadowOf = (said: Verdict): Verdict =>
  said.kind === 'pass' || said.kind === 'shadow' ? said
    : { kind: 'shadow', would: said.kind, reason: said.reason };
