// The transport in memory: the receiver's and the register's functions called directly, in the order of the
// protocol.

import type { Reply } from '../../policy/index.ts';
import type { Envelope } from './platform/outbound.ts';
import type { Transport } from './ports.ts';
import { believe } from './receivers/consult.ts';
import { onConnect, onData, onMail, onRecipient } from './receivers/phases.ts';
import type { Receiver } from './receivers/receiver.ts';
import { accepted } from './receivers/replies.ts';
import { type Register, zoneAnswer } from './registers/register.ts';
import type { World } from './world.ts';

export const memoryTransport = (world: World): Transport => ({
  deliver: (envelope: Envelope): readonly Reply[] => {
    const receiver = world.receivers[envelope.receiver]!;
    const { address, message } = envelope;
    refreshCache(world, receiver, address);
    const stopped =
      onConnect(world, receiver, address) ?? onMail(world, receiver, address, message.domain);
    if (stopped !== null) return envelope.recipients.map(() => stopped);
    return converse(world, receiver, envelope);
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
  world: World, receiver: Receiver, { address, message, recipients }: Envelope,
): readonly Reply[] => {
  const { domain } = message;
  if (recipients.length === 1) {
    const said = onRecipient(world, receiver, address, domain, recipients[0]!)
      ?? onData(world, receiver, address, message, 1);
    return said === accepted ? oneAccepted : [said];
  }
  const replies: (Reply | null)[] = [];
  let copies = 0;
  for (const key of recipients) {
    const refused = onRecipient(world, receiver, address, domain, key);
    if (refused === null) copies += 1;
    replies.push(refused);
  }
  if (copies === 0) return replies as readonly Reply[];
  const last = onData(world, receiver, address, message, copies);
  return replies.map((reply) => reply ?? last);
};
