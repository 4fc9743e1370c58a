// What receivers answered, counted: where mail went, what turned it away, and what innocents lost for the
// address' sake.

import type { Reply } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import type { Receiver } from '../receivers/receiver.ts';
import { isReply } from '../receivers/replies.ts';
import { countDay, dayColumn } from './day-tally.ts';
import { countInSeries } from './series.ts';
import { add, isAbuse, type ReplyCount, type Tally } from './tally.ts';
import type { World } from '../world.ts';

/** A copy's reply: where mail went, and what was lost for the address' sake. */
export const countReply = (world: World, envelope: Envelope, receiver: Receiver, reply: Reply): void => {
  // That we gave a copy up, nobody outside sees.
  if (reply.class !== 'expired') countDay(world, envelope.address, dayColumn.tries);
  if (reply.class === 'accepted') countAccepted(world, envelope, receiver);
  else countTurnedAway(world, envelope, receiver, reply);
};

const countAccepted = (world: World, { address, message }: Envelope, receiver: Receiver): void => {
  countDay(world, address, dayColumn.accepted);
  const { tally } = world;
  const { nature, actor: { culprit } } = message;
  const taken = tally.acceptedBy[receiver.id]!;
  if (!isAbuse(nature)) {
    if (tally.counting) taken.wanted += 1;
    countInSeries(world, 'wanted accepted', 1);
    return;
  }
  if (tally.counting) taken.abusive += 1;
  if (message.abuse < 0 || culprit!.abuse.far[message.abuse] !== 1) return;
  culprit!.abuse.far[message.abuse] = 2;
  countInSeries(world, 'abuse escaped', 1);
};

const countTurnedAway = (world: World, envelope: Envelope, receiver: Receiver, reply: Reply): void => {
  const { tally } = world;
  const { message } = envelope;
  const { nature, actor: { account } } = message;
  if (tally.counting) rowOf(tally, receiver, reply)[isAbuse(nature) ? 'abusive' : 'wanted'] += 1;
  const forAddress = isForAddress(receiver, reply) || (reply.class === 'expired' && envelope.blocked);
  if (forAddress) envelope.blocked = true;
  if (nature !== 'wanted') return;
  countInSeries(world, reply.code < 500 ? 'wanted deferred' : 'wanted refused', 1);
  if (!forAddress || account.tenant.culprit !== null) return;
  tally.lastBlocked = world.agenda.now;
  // Once for a message, however many copies it has.
  if (reply.code >= 500 && !message.turnedAway) {
    message.turnedAway = true;
    add(tally, 'blockedBounces', message);
  } else if (reply.code < 500 && !message.putOff) {
    message.putOff = true;
    add(tally, 'blockedDeferrals', message);
  }
};

/**
 * Whether the reply turned mail away because of the address it came from, whoever wrote it, as the receiver
 * itself knows; to be asked while the exchange is the receiver's last.
 */
export const isForAddress = ({ blame }: Receiver, reply: Reply): boolean =>
  blame !== null && isReply(reply, blame);

/** Replies in which an operator's log reads that the address is the matter. */
export const speaksOfAddress = (reply: Reply): boolean =>
  reply.class === 'dnsblBlock' || reply.class === 'ipBlock' || reply.class === 'reputationDefer';

/**
 * The row of such replies by this receiver. A receiver has a handful of them, so looking through is quickest.
 */
const rowOf = (tally: Tally, receiver: Receiver, { code, enhanced, class: kind }: Reply): ReplyCount => {
  const known = (tally.repliesOf[receiver.id] ??= []);
  for (let index = 0; index < known.length; index += 1) {
    const one = known[index]!;
    if (one.code === code && one.enhanced === enhanced && one.row.class === kind) return one.row;
  }
  const reply = `${code} ${enhanced}`.trim();
  const row = { receiver: receiver.name, reply, class: kind, wanted: 0, abusive: 0 };
  known.push({ code, enhanced, row });
  tally.replies.push(row);
  return row;
};
