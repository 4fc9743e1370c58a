// The way out: one queue per receiver, a limited number of connections, Postfix's retry schedule, and what
// the replies mean for policy, registers and the people who complain.

import {
  type AccountId, type AddressKey, type IpAddress, milliseconds, never, noSlots, type PoolName, type Reason,
  type ReceiverId, type Slot, type TenantId,
} from '../../../policy/index.ts';
import { purpose } from '../purposes.ts';
import { connect, hasRoom, joinQueue, type Lane, leaveQueue } from './lane.ts';
import type { Message } from './message.ts';
import { addressFor, hasPool } from './pools.ts';
import { hasOwnHost } from '../senders/addresses.ts';
import { goesAnotherWay } from './urgent.ts';
import { add, finish, markLeft, queueGrew } from '../measures/tally.ts';
import { holdBack, putOff, tellAttempt, waitUntil } from './putting-off.ts';
import type { World } from '../world.ts';

/** One message's recipients at one receiver: what an attempt hands over. */
export interface Envelope {
  readonly message: Message;
  readonly tenant: TenantId;
  readonly account: AccountId;
  readonly receiver: ReceiverId;
  /** Recipients not yet delivered or bounced. */
  recipients: readonly AddressKey[];
  readonly bytes: number;
  readonly list: number;
  pool: PoolName;
  /** The slots it holds in lines of the policy, and addresses that it is to avoid. */
  slots: readonly Slot[];
  avoided: readonly IpAddress[];
  /** Index of the sending address of the attempt under way. */
  address: number;
  tries: number;
  /** When it was queued, and when the attempt under way began. */
  readonly since: number;
  begun: number;
  /** It was turned away for the address' sake when it was last tried. */
  blocked: boolean;
  /** The attempt under way found all connections taken that the receiver allows this address. */
  crowded: boolean;
  /** The place of the connection that the attempt under way has taken. */
  connection: number;
  /** Its neighbours in the queue; null at the ends, and when all its copies have found theirs. */
  older: Envelope | null;
  younger: Envelope | null;
}

/** The platform's queue: lanes by receiver, and envelopes held back because their account is shut. */
export interface Outbound {
  readonly lanes: readonly Lane[];
  frozen: Envelope[];
  /** Accounts whose queue the policy holds until somebody has looked, and why. */
  readonly holds: Map<AccountId, Reason>;
  /** Whether any rule learns from what becomes of attempts before they are over. */
  tells: boolean;
  /** Accounts whose mail has left by another pool than their tenant's. */
  readonly strays: Set<AccountId>;
}

/**
 * Puts a message in the queue: one envelope per receiver, and one for the traps that have hosts of their own;
 * each is tried at once if a connection is free.
 */
export const enqueue = (world: World, message: Message, pool: PoolName): void => {
  const { recipients, receivers } = message.submission;
  message.open = recipients.length;
  queueGrew(world, 1);
  if (recipients.length === 1) {
    begin(world, envelopeOf(world, message, pool, receivers[0]!, recipients));
    return;
  }
  for (let index = 0; index < receivers.length; index += 1) {
    const receiver = receivers[index]!;
    if (receivers.indexOf(receiver) < index) continue;
    const there = recipients.filter((_, at) => receivers[at] === receiver);
    const traps = there.filter((key) => hasOwnHost(world.addresses.kindOf(key)));
    if (traps.length > 0) begin(world, envelopeOf(world, message, pool, receiver, traps));
    if (traps.length === there.length) continue;
    const rest = traps.length === 0 ? there : there.filter((key) => !traps.includes(key));
    begin(world, envelopeOf(world, message, pool, receiver, rest));
  }
};

const begin = (world: World, envelope: Envelope): void => {
  joinQueue(world, world.outbound.lanes[envelope.receiver]!, envelope);
  start(world, envelope);
};

const envelopeOf = (
  world: World, message: Message, pool: PoolName, receiver: ReceiverId, recipients: readonly AddressKey[],
): Envelope => ({
  message, tenant: message.submission.tenant, account: message.submission.account, receiver, recipients,
  bytes: message.submission.bytes, list: message.submission.list, pool, slots: noSlots, avoided: noAddresses,
  address: 0, tries: 0,
  since: world.agenda.now, begun: 0, blocked: false, crowded: false,
  connection: 0, older: null, younger: null,
});

const noAddresses: readonly IpAddress[] = Object.freeze([]);

/**
 * Tries an envelope now, unless its account is shut, the policy holds it or lets it wait, or all connections
 * are busy.
 */
export const start = (world: World, envelope: Envelope): void => {
  const { message } = envelope;
  if (world.desk.purged.size > 0 && isPurged(world, envelope)) return purge(world, envelope);
  const shut = world.engine.suspension(envelope.tenant, envelope.account, world.agenda.now);
  message.held = shut !== undefined;
  if (shut !== undefined) {
    envelope.slots = noSlots;
    if (shut.until < never) world.agenda.after(waitUntil(world, shut.until), { kind: 'queue-run', envelope });
    else world.outbound.frozen.push(envelope);
    return;
  }
  const said = world.engine.dispatch(
    {
      tenant: envelope.tenant, account: envelope.account, pool: envelope.pool, receiver: envelope.receiver,
      copies: envelope.recipients.length, tries: envelope.tries, list: envelope.list, slots: envelope.slots,
    },
    world.agenda.now,
  );
  if (said.kind === 'hold') return holdBack(world, envelope, said.reason);
  if (said.kind === 'wait' && said.until > world.agenda.now && !outOfTime(world, envelope)) {
    return putOff(world, envelope, said);
  }
  if (said.kind === 'pool' && hasPool(world, said.pool)) envelope.pool = said.pool;
  envelope.avoided = said.kind === 'avoid' ? said.addresses : noAddresses;
  if (world.desk.refusals.count > 0 && message.submission.urgent && goesAnotherWay(world, envelope)) return;
  const lane = world.outbound.lanes[envelope.receiver]!;
  lane.allowed = said.kind === 'go' ? said.connections ?? lane.most : lane.most;
  if (!hasRoom(lane)) {
    lane.waiting.push(envelope);
    return;
  }
  if (world.outbound.tells) tellAttempt(world, envelope, said);
  envelope.slots = noSlots;
  attempt(world, lane, envelope);
};

/**
 * Shortest time an SMTP exchange over a connection in use takes; the rest is exponential. Assumptions: 0.9 s
 * on average, so that five connections carry the 20,000 messages an hour which the presets let one address
 * send to a large provider.
 */
const leastExchangeMs = 200;
const meanExchangeMs = 700;

const attempt = (world: World, lane: Lane, envelope: Envelope): void => {
  const { now } = world.agenda;
  const opening = connect(lane, envelope, now);
  envelope.begun = now;
  const { message } = envelope;
  envelope.address = addressFor(world, world.pools.get(envelope.pool)!, message, envelope.avoided);
  if (envelope.pool !== message.actor.pool) world.outbound.strays.add(envelope.account);
  const { open, preset, luck } = world.receivers[envelope.receiver]!;
  const { maxPerIp } = preset.connection;
  envelope.crowded = maxPerIp !== null && open[envelope.address]! >= maxPerIp;
  if (!envelope.crowded) open[envelope.address]! += 1;
  markLeft(world, message);
  const copy = luck + envelope.tries;
  const drawn = world.luck.draw(message.actor.id, message.number, purpose.exchangeTime, copy);
  const takes = opening + leastExchangeMs + Math.min(60_000, -meanExchangeMs * Math.log(1 - drawn));
  world.agenda.after(milliseconds(Math.round(takes)), { kind: 'exchange', envelope });
};

/** The attempt reaches its receiver, which knows how many connections it had when this one was opened. */
export const handOver = (world: World, envelope: Envelope): ReturnType<World['transport']['deliver']> => {
  const receiver = world.receivers[envelope.receiver]!;
  receiver.crowded[envelope.address] = envelope.crowded ? 1 : 0;
  receiver.isRetry = envelope.tries > 0;
  receiver.atTrapHost = hasOwnHost(world.addresses.kindOf(envelope.recipients[0]!));
  return world.transport.deliver(envelope);
};

export const outOfTime = (world: World, envelope: Envelope): boolean =>
  world.agenda.now - envelope.since >= world.plan.outbound.giveUp;

/**
 * Free connections go to those that wait longest; one whose account is shut, or that is to wait, leaves its
 * turn to the next.
 */
export const next = (world: World, lane: Lane): void => {
  // Those that come to wait meanwhile have been asked just now: their turn is the next time.
  let left = lane.waiting.length - lane.head;
  while (hasRoom(lane) && left > 0) {
    const envelope = lane.waiting[lane.head]!;
    lane.head += 1;
    left -= 1;
    if (lane.head === lane.waiting.length || (lane.head > 1_024 && lane.head * 2 > lane.waiting.length)) {
      lane.waiting.splice(0, lane.head);
      lane.head = 0;
    }
    start(world, envelope);
  }
};

/** An account is open again, or its queue released: its mail that was held back goes on. */
export const thaw = (world: World, account: AccountId): void => {
  const { frozen, holds } = world.outbound;
  holds.delete(account);
  world.outbound.frozen = frozen.filter((envelope) => envelope.account !== account);
  for (const envelope of frozen) {
    if (envelope.account !== account) continue;
    start(world, envelope);
  }
};

/** Whether the desk has purged its account's mail of that time. */
const isPurged = ({ desk }: World, { account, message }: Envelope): boolean => {
  const purged = desk.purged.get(account);
  return purged !== undefined && message.since >= purged.from && message.since <= purged.to;
};

/** Thrown away with a culprit's mail; what its owner wrote among that is lost. */
const purge = (world: World, envelope: Envelope): void => {
  discard(world, envelope);
  const { message } = envelope;
  const isLost = message.open === 0 && message.delivered === 0;
  if (isLost && message.nature === 'wanted') add(world.tally, 'lost', message);
};

/** Copies that leave the queue before they were ever delivered: thrown away, or sent another way. */
export const discard = (world: World, envelope: Envelope): void => {
  const { message } = envelope;
  leaveQueue(world, world.outbound.lanes[envelope.receiver]!, envelope);
  message.open -= envelope.recipients.length;
  if (message.open > 0) return;
  queueGrew(world, -1);
  finish(world, message, message.delivered > 0 ? 'delivered' : 'refused');
};
