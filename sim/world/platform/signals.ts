// How what happens becomes what the platform knows: each signal after its delay and with no more attribution
// than it has (signals.json).

import type { Milliseconds, Signal } from '../../../policy/index.ts';
import type { EventOf } from '../events.ts';
import type { World } from '../world.ts';

/** The policy learns it after a delay. */
export const learnLater = (world: World, signal: Signal, delay: Milliseconds): void => {
  world.agenda.after(delay, { kind: 'signal', signal });
};

/** Midnight UTC: telemetry of the day before, and what else goes by days. */
export const newDay = (_world: World): void => {
  // Nothing goes by days as yet.
};

/** A bounce that came by mail, after the receiver had taken the copy. */
export const hearLateBounce = (_world: World, _event: EventOf<'late-bounce'>): void => {
  throw new RangeError('no late bounce yet');
};
