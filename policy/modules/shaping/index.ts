// Shaping: how fast mail goes to a receiver, and from which address, once it is in the queue.

export { addressRest, type AddressRestParameters, type AddressRestState } from './address-rest.ts';
export { aimd, type AimdParameters } from './aimd.ts';
export type { Governed, GovernorState } from './governor.ts';
export { rampUp, type RampUpParameters } from './ramp-up.ts';
export type { ShapedBy, ShapingKey } from './replies.ts';
export { shaping, type ShapingParameters, type ShapingState } from './shaping.ts';
