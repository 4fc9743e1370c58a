// A shop or service: orders, receipts and resets, by the hours in which people buy. Most mail goes to
// somebody new; who comes back came lately. An address typed wrongly at the check-out stays wrong for every
// later mail.

import type { AddressKey } from '../../../../policy/index.ts';
import type { StreamPlan } from '../../../plan/schema.ts';
import { purpose } from '../../purposes.ts';
import type { World } from '../../world.ts';
import type { Actor } from '../cast.ts';
import { type Rhythm, shopWeek } from '../rhythm.ts';

export interface ShopHabit {
  readonly kind: 'shop';
  readonly rhythm: Rhythm;
  readonly returning: number;
  /** Customers from before the run began. */
  readonly earlier: number;
}

/** Days of trade from whose customers those come who are written to again; an assumption. */
const rememberedDays = 90;

export const makeShop = (stream: Extract<StreamPlan, { kind: 'shop' }>): ShopHabit => ({
  kind: 'shop',
  rhythm: shopWeek(stream.perDay, stream.zone),
  returning: stream.returning,
  earlier: Math.max(1, Math.round(stream.perDay * (1 - stream.returning) * rememberedDays)),
});

export const customer = (world: World, actor: Actor, habit: ShopHabit, number: number): AddressKey => {
  const known = habit.earlier + actor.newcomers;
  if (world.luck.draw(actor.id, number, purpose.newcomer) >= habit.returning) {
    actor.newcomers += 1;
    return world.addresses.key(actor.space, known);
  }
  // A receipt follows an order, and a parcel the receipt: log-uniform in how many customers came since.
  const drawn = world.luck.draw(actor.id, number, purpose.rank);
  return world.addresses.key(actor.space, known - Math.floor(Math.exp(drawn * Math.log(known + 1))));
};
