// Slips: now and then even honest mail goes to an address that is mistyped, gone, full or a trap.

import type { AddressKey } from '../../../policy/index.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import type { Actor } from './cast.ts';

/** Who gets a copy in truth: whom the sender meant, or a slip, in the proportions of the sender's list. */
export const slipped = (
  world: World, actor: Actor, number: number, copy: number, meant: AddressKey,
): AddressKey =>
  world.luck.draw(actor.id, number, purpose.slip, copy) < world.addresses.slipShare(actor.slips)
    ? world.addresses.key(actor.slips, number * 64 + (copy % 64))
    : meant;
