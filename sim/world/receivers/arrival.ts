// What becomes of a copy that a receiver took: it lies in somebody's inbox, or in a trap, and either may have
// consequences later.

import type { AddressKey } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import { trapReached } from '../registers/traps.ts';
import { isTrap } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import { complain } from './complaints.ts';
import type { Receiver } from './receiver.ts';

export const arrive = (world: World, envelope: Envelope, receiver: Receiver, key: AddressKey): void => {
  const kind = world.addresses.kindOf(key);
  if (isTrap(kind)) trapReached(world, envelope, key, kind);
  else complain(world, envelope.message, receiver, key);
};
