// The hidden loss: mail that a receiver took and filed as junk, of which no sender ever hears. Counted by
// tenant, since who is innocent is known only when the run is over; only what was filed for the sender's name
// is anybody's fault.

import type { Message } from '../platform/message.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';

export interface JunkTally {
  /** Wanted messages filed as junk for the name of address or domain, or a listing: by tenant. */
  readonly forSender: Map<number, number>;
  /** Copies filed as junk for their content: the filter's errors and its merits. */
  wanted: number;
  abusive: number;
  /** Messages counted already, whatever the number of their copies. */
  readonly counted: WeakSet<Message>;
}

export const makeJunkTally = (): JunkTally =>
  ({ forSender: new Map(), wanted: 0, abusive: 0, counted: new WeakSet() });

/** A copy went to somebody's junk folder. */
export const countJunked = (world: World, message: Message, receiver: Receiver): void => {
  if (!message.counted) return;
  const { junk } = world;
  const isWanted = message.nature === 'wanted';
  if (receiver.junked === 'content') {
    if (isWanted) junk.wanted += 1;
    else junk.abusive += 1;
    return;
  }
  if (!isWanted || junk.counted.has(message)) return;
  junk.counted.add(message);
  const { tenant } = message.actor;
  junk.forSender.set(tenant, (junk.forSender.get(tenant) ?? 0) + 1);
};

/** Messages of these tenants that were filed as junk for the sender's name. */
export const junkedOf = (world: World, tenants: readonly { readonly id: number }[]): number =>
  tenants.reduce((total, { id }) => total + (world.junk.forSender.get(id) ?? 0), 0);
