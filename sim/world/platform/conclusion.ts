// What the replies to an attempt mean: for its copies (delivered, bounced, tried again later), for the
// policy, and for the registers and people whom a delivered copy reaches.

import { type AddressKey, milliseconds, type Reply, type Signal } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import { noteRefusal, noteTaken } from '../desk/refusals.ts';
import { noteBounce } from '../desk/signs.ts';
import { noticeBounce } from '../desk/tickets.ts';
import { arrive } from '../receivers/arrival.ts';
import { disconnect, type Lane, leaveQueue } from './lane.ts';
import type { Message } from './message.ts';
import { type Envelope, next, outOfTime } from './outbound.ts';
import { countReply, isForAddress } from '../measures/reply-tally.ts';
import { finish, queueGrew } from '../measures/tally.ts';
import type { World } from '../world.ts';

/**
 * The replies are in: copies are delivered, bounced, or kept for another try; the connection serves the next.
 */
export const conclude = (world: World, envelope: Envelope, replies: readonly Reply[]): void => {
  const receiver = world.receivers[envelope.receiver]!;
  const lane = world.outbound.lanes[envelope.receiver]!;
  disconnect(lane, envelope, world.agenda.now);
  if (!envelope.crowded) receiver.open[envelope.address]! -= 1;
  let left: AddressKey[] | null = null;
  let delivered = 0;
  let deferral: Reply | null = null;
  envelope.blocked = false;
  const { recipients } = envelope;
  for (let index = 0; index < recipients.length; index += 1) {
    const key = recipients[index]!;
    const reply = replies[index]!;
    countReply(world, envelope, receiver, reply);
    if (reply.code < 300) {
      delivered += 1;
      noteTaken(world, envelope);
      arrive(world, envelope, receiver, key);
    } else if (reply.code < 500) {
      if (left === null) left = [key];
      else left.push(key);
      deferral = reply;
      noteRefusal(world, envelope, reply);
    } else {
      bounce(world, envelope, reply);
    }
  }
  const { message } = envelope;
  if (delivered > 0) {
    message.delivered += delivered;
    message.open -= delivered;
    world.engine.learn(deliveredSignal(world, envelope, delivered), world.agenda.now);
  }
  if (left !== null && deferral !== null) defer(world, lane, envelope, left, deferral);
  else leaveQueue(world, lane, envelope);
  if (message.open === 0) settle(world, message);
  next(world, lane);
};

const deliveredSignal = (world: World, envelope: Envelope, copies: number): Signal => ({
  kind: 'delivered', tenant: envelope.tenant, account: envelope.account, pool: envelope.pool,
  address: world.ips[envelope.address]!, receiver: envelope.receiver, copies,
});

const bounce = (world: World, envelope: Envelope, reply: Reply): void => {
  envelope.message.open -= 1;
  noteRefusal(world, envelope, reply);
  const { blocked } = envelope;
  if (isForAddress(world.receivers[envelope.receiver]!, reply) || (reply.class === 'expired' && blocked)) {
    noticeBounce(world, envelope);
  }
  if (reply.class === 'unknownUser') noteBounce(world, envelope.account, envelope.message.since);
  const { tenant, account, pool, receiver } = envelope;
  const address = world.ips[envelope.address]!;
  const receiverName = world.receivers[receiver]!.name;
  const signal = {
    kind: 'bounced', tenant, account, pool, address, receiver, copies: 1, reply, receiverName,
  } as const;
  world.engine.learn(signal, world.agenda.now);
};

const expired: Reply = Object.freeze({
  code: 554, enhanced: '5.4.7', text: 'delivery time expired', class: 'expired',
});

const defer = (
  world: World, lane: Lane, envelope: Envelope, left: readonly AddressKey[], reply: Reply,
): void => {
  envelope.recipients = left;
  envelope.tries += 1;
  const { tenant, account, pool, receiver } = envelope;
  const address = world.ips[envelope.address]!;
  const copies = left.length;
  const receiverName = world.receivers[receiver]!.name;
  const signal = {
    kind: 'deferred', tenant, account, pool, address, receiver, copies, reply, receiverName,
  } as const;
  world.engine.learn(signal, world.agenda.now);
  if (outOfTime(world, envelope)) {
    for (let copy = 0; copy < left.length; copy += 1) {
      countReply(world, envelope, world.receivers[receiver]!, expired);
      bounce(world, envelope, expired);
    }
    leaveQueue(world, lane, envelope);
    return;
  }
  const { now } = world.agenda;
  const at = world.transport.nextTry?.(envelope) ?? nextTry(now, envelope.since, world.plan.outbound);
  world.agenda.after(milliseconds(Math.max(0, at - now)), { kind: 'queue-run', envelope });
};

/**
 * When an envelope that is deferred now, and was queued at `since`, is tried again. Postfix's rule (3.7,
 * qmgr): wait as long as it has already been queued, at least minimal_backoff_time and at most
 * maximal_backoff_time, and then for the next scan of the deferred queue; scans come at whole steps from the
 * start of the run.
 */
export const nextTry = (now: number, since: number, times: Plan['outbound']): number => {
  const wait = Math.min(Math.max(now - since, times.firstRetry), times.longestRetry);
  return Math.ceil((now + wait) / times.scan) * times.scan;
};

/** All copies of a message have found their end. */
const settle = (world: World, message: Message): void => {
  queueGrew(world, -1);
  // A copy that left by freemail got there, whichever copy comes to its end last.
  const isElsewhere = message.rerouted && world.plan.desk.urgentRoute === 'freemail';
  finish(world, message, message.delivered > 0 ? 'delivered' : isElsewhere ? 'refused' : 'bounced');
};
