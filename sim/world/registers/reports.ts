// People who report a message to a register.

import type { AddressKey } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';

/** A copy that nobody asked for lies in a person's inbox. */
export const personReports = (
  _world: World, _envelope: Envelope, _receiver: Receiver, _key: AddressKey,
): void => {};
