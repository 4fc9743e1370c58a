// A relative cut and a timed way back: the rate falls to a fraction of what it was, stays there, and climbs
// back in even steps. KumoMTA's users ask for it (kumomta PR 594) since snapping back may provoke the
// receiver again.

import type { Module } from '../../module.ts';
import { days, type Milliseconds, minutes } from '../../units.ts';
import { spanInRange } from '../parameters.ts';
import { type Governed, governed, type GovernorState } from './governor.ts';

export interface RampUpParameters extends Governed {
  /** How long the rate stays where a cut left it; 1 minute to 2 days. */
  readonly hold: Milliseconds;
  /** How long it then takes to climb back to `most`; 10 minutes to 5 days. */
  readonly ramp: Milliseconds;
}

/** Even steps of a climb: coarse enough to see what each does, fine enough that none is a jump. Ours. */
const steps = 8;

/**
 * Slows the attempts to each receiver that says it gets too much. The release path: `hold` and `ramp` after
 * the last cut the rate is at `most` again. A refusal on the way cuts what the rate has come to, and begins
 * anew. Throws a RangeError for a parameter out of range.
 */
export const rampUp = (parameters: RampUpParameters): Module<GovernorState> => {
  const name = parameters.name ?? 'ramp-up';
  const wait = spanInRange(name, 'hold', parameters.hold, minutes(1), days(2));
  const ramp = spanInRange(name, 'ramp', parameters.ramp, minutes(10), days(5));
  const every = Math.ceil(ramp / steps) as Milliseconds;
  return governed(name, parameters, { every, wait, step: (rate) => (parameters.most - rate) / steps });
};
