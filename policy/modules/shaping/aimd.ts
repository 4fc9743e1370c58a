// Additive increase, multiplicative decrease: the rate to a receiver is cut to a fraction when it asks for
// less, and rises by a fixed amount at a time, as in TCP's congestion avoidance (RFC 5681, section 3.1).

import type { Module } from '../../module.ts';
import { type Milliseconds, zero } from '../../units.ts';
import { inRange } from '../parameters.ts';
import { type Governed, governed, type GovernorState, mostSteps, stepSpan } from './governor.ts';

export interface AimdParameters extends Governed {
  /** By how much the rate rises at a time, in attempts an hour; at least a thousandth of `most`. */
  readonly increase: number;
  /** How long after a cut or a rise the next rise comes, if nothing cuts it again; 1 minute to 5 days. */
  readonly every: Milliseconds;
}

/**
 * Slows the attempts to each receiver that says it gets too much, and looks for the rate it will take. The
 * release path: without a further refusal the rate is back at `most` after (most - rate) / increase steps.
 * Waiting attempts keep their turn, and go sooner as the rate rises. Throws a RangeError for a parameter out
 * of range.
 */
export const aimd = (parameters: AimdParameters): Module<GovernorState> => {
  const name = parameters.name ?? 'aimd';
  const increase =
    inRange(name, 'increase', parameters.increase, parameters.most / mostSteps, parameters.most);
  const every = stepSpan(name, 'every', parameters.every);
  return governed(name, parameters, { every, wait: zero, step: () => increase });
};
