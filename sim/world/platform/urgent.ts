// Urgent mail, such as password resets, while a receiver refuses the address it would leave by and the desk
// knows: another pool carries it, or its writer uses a freemail account and it leaves the platform.

import type { PoolName } from '../../../policy/index.ts';
import { isRefused } from '../desk/refusals.ts';
import type { World } from '../world.ts';
import { discard, type Envelope } from './outbound.ts';

/** The pool that is kept for this, as for the policy's `divert`. */
const alternative = 'alternative' as PoolName;

/**
 * Takes an urgent envelope another way where its own is refused, and the plan has such a way. True where it
 * has left the queue by that.
 */
export const goesAnotherWay = (world: World, envelope: Envelope): boolean => {
  const route = world.plan.desk.urgentRoute;
  if (route === 'none' || !isRefusedThere(world, envelope, envelope.pool)) return false;
  if (route === 'freemail') {
    count(world, envelope);
    discard(world, envelope);
    return true;
  }
  const canGo = world.pools.has(alternative) && !isRefusedThere(world, envelope, alternative);
  if (!canGo || envelope.pool === alternative) return false;
  count(world, envelope);
  envelope.pool = alternative;
  return false;
};

/** Whether the desk knows that the receiver refuses every address of a pool. */
const isRefusedThere = (world: World, { receiver }: Envelope, pool: PoolName): boolean =>
  world.pools.get(pool)!.addresses.every((address) => isRefused(world.desk, receiver, address));

/** Once a message, however many receivers it goes to. */
const count = (world: World, { message }: Envelope): void => {
  if (!message.rerouted && message.counted) world.tally.labour.diverted += 1;
  message.rerouted = true;
};
