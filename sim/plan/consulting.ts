// Who asks which register: what the plan says, and where it says nothing, what the receiver's preset asks.

import { listingWeight } from '../presets/consulted.ts';
import { receiverPreset } from '../presets/index.ts';
import type { Plan } from './schema.ts';

type Receiver = Plan['receivers'][number];
type Register = Plan['registers'][number];

/** Names of the registers that a receiver asks when the run begins, in the order of the plan. */
export const askedBy = (receiver: Receiver, registers: readonly Register[]): readonly string[] => {
  const preset = receiverPreset(receiver.preset);
  const asks = (register: Register): boolean =>
    receiver.consults?.includes(register.name) ?? listingWeight(preset, register.preset) > 0;
  return registers.filter(asks).map((register) => register.name);
};
