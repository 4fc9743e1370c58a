// What an attacker does once he is refused: keeps trying, stops, pauses, or moves to another account.

import type { Message } from '../platform/message.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';

/** The policy has refused a message of a culprit: whoever is behind it may notice. */
export const noticeRefusal = (_world: World, _message: Message): void => {
  // Nobody notices as yet.
};

/** An attacker acts on having been refused on this account, in the incident of this number. */
export const react = (_world: World, index: number, _account: Account): void => {
  throw new RangeError(`the attacker of incident ${index} cannot act yet`);
};
