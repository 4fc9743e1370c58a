// The transport in memory: the receiver's and the register's functions called directly, in the order of the
// protocol.

import type { AddressKey, Reply } from '../../policy/index.ts';
import type { Envelope } from './platform/outbound.ts';
import type { Transport } from './ports.ts';
import { believe, onConnect, onData, onMail, onRecipient, type Receiver } from './receivers/receiver.ts';
import { accepted } from './receivers/replies.ts';
import { type Register, zoneAnswer } from './registers/register.ts';
import type { World } from './world.ts';

export const memoryTransport = (world: World): Transport => ({
  deliver: (envelope: Envelope): readonly Reply[] => {
    const receiver = world.receivers[envelope.receiver]!;
    refreshCache(world, receiver, envelope.address);
    const stopped = onConnect(world, receiver, envelope.address) ?? onMail(world, receiver, envelope.address);
    if (stopped !== null) return envelope.recipients.map(() => stopped);
    return converse(world, receiver, envelope.address, envelope.recipients);
  },
  ask: (register: Register, address: number) => zoneAnswer(world, register, address),
});

const refreshCache = (world: World, receiver: Receiver, address: number): void => {
  const now = world.agenda.now;
  const { consults } = receiver;
  for (let index = 0; index < consults.length; index += 1) {
    const asked = consults[index]!;
    if (asked.until[address]! > now) continue;
    believe(world, receiver, asked, address, zoneAnswer(world, asked.register, address));
  }
};

/** What nearly every exchange comes to; shared, so that it allocates nothing. */
const oneAccepted: readonly Reply[] = Object.freeze([accepted]);

/** RCPT for each recipient, then DATA if any was taken. */
const converse = (
  world: World, receiver: Receiver, address: number, recipients: readonly AddressKey[],
): readonly Reply[] => {
  if (recipients.length === 1) {
    const said = onRecipient(world, receiver, address, recipients[0]!) ?? onData(world, receiver, address);
    return said === accepted ? oneAccepted : [said];
  }
  const refused: (Reply | null)[] = [];
  for (const key of recipients) refused.push(onRecipient(world, receiver, address, key));
  if (!refused.includes(null)) return refused as readonly Reply[];
  const last = onData(world, receiver, address);
  return refused.map((reply) => reply ?? last);
};
