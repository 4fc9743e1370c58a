// Which of the numbers a plan's result rests on are assumptions: those of the presets it uses, the model's
// own, and what the plan left at our defaults; each only where the plan has what it is for. A finding that
// hangs on one of these is a finding about the assumption.

import { type Assumption, byInfluence, lineOf } from './assumptions/assumption.ts';
import { castOf } from './assumptions/cast.ts';
import { usedConstants } from './assumptions/constant.ts';
import { assumedOfPlan } from './assumptions/defaults.ts';
import { deskConstants, platformConstants } from './assumptions/platform.ts';
import {
  assumedFields, assumedOfLists, assumedOfReceivers, assumedOfRegisters, assumedOfSignals,
} from './assumptions/presets.ts';
import { receiverConstants } from './assumptions/receivers.ts';
import { registerConstants } from './assumptions/registers.ts';
import { incidentConstants, senderConstants } from './assumptions/senders.ts';
import type { Plan } from './plan/schema.ts';

export { type Assumption, sentenceOf } from './assumptions/assumption.ts';

/** All constants of the model that are assumed, whether a plan uses them or not. */
export const assumedConstants = [
  ...senderConstants, ...incidentConstants, ...platformConstants, ...receiverConstants, ...registerConstants,
  ...deskConstants,
];

/** What the result of a plan rests on that nobody published, most influential first, each once. */
export const assumptionsIn = (plan: Plan): readonly Assumption[] => {
  const cast = castOf(plan);
  return byInfluence([
    ...assumedOfPlan(cast),
    ...assumedOfLists(cast),
    ...usedConstants('senders', senderConstants, cast),
    ...usedConstants('incidents', incidentConstants, cast),
    ...usedConstants('platform', platformConstants, cast),
    ...assumedOfSignals(cast),
    ...usedConstants('receivers', receiverConstants, cast),
    ...assumedOfReceivers(cast),
    ...(plan.registers.length === 0 ? [] : usedConstants('registers', registerConstants, cast)),
    ...assumedOfRegisters(cast),
    ...usedConstants('desk', deskConstants, cast),
  ]);
};

/** The same as lines, as a result carries them. */
export const assumptionsOf = (plan: Plan): readonly string[] => assumptionsIn(plan).map(lineOf);

/** Of each preset the plan names, by its id: the fields that are assumed and that the world reads. */
export const assumedOf = (plan: Plan): ReadonlyMap<string, readonly string[]> => assumedFields(castOf(plan));
