// A receiver's word, phase by phase as in SMTP: connect, MAIL, RCPT, DATA (none of our presets refuses a HELO
// that is in order). What stands against a sender is found at the connection, and spoken at the phase at
// which this receiver speaks of it. In memory and on the wire the same functions answer.

import type { AddressKey, Reply } from '../../../policy/index.ts';
import type { ReplyPreset } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import { errorSeen } from '../registers/feeds.ts';
import type { World } from '../world.ts';
import { listedWeight, standing } from './consult.ts';
import { inspect } from './inspection.ts';
import {
  beginHour, endsConnection, hasAskedTooOften, isTooFrequent, isTooNew, type Sender, shutOut,
} from './limits.ts';
import type { Mail } from './mail.ts';
import type { Receiver } from './receiver.ts';
import { accepted, listingReply, markOf, type Occasion, render } from './replies.ts';
import { age, darken, domainOf, isSlowed, type Reputation, slowReply } from './reputation.ts';

const hourMs = 3_600_000;

/** Phase connect. Null lets the client go on. */
export const onConnect = (world: World, receiver: Receiver, address: number): Reply | null => {
  receiver.blame = null;
  if (receiver.atTrapHost) return null;
  const hour = Math.floor(world.agenda.now / hourMs);
  const sender = receiver.senders[address]!;
  if (sender.hour !== hour) beginHour(sender, hour);
  const reputation = receiver.reputations[address]!;
  if (receiver.manner.judges && reputation.hour !== hour) age(receiver, reputation, hour);
  receiver.listing = null;
  receiver.junked = 'no';
  if (receiver.crowded[address] === 1) receiver.refusal = receiver.replies.connectionLimit;
  else receiver.refusal = receiver.blame = against(world, receiver, sender, address);
  return receiver.refusal === null ? null : speak(world, receiver, 'connect', address);
};

/** What stands against the address as it connects, beyond too many connections; the gravest first. */
const against = (world: World, receiver: Receiver, sender: Sender, address: number): ReplyPreset | null => {
  const { replies, limits, manner } = receiver;
  const now = world.agenda.now;
  const reputation = receiver.reputations[address]!;
  if (now < reputation.blockedUntil) return reputation.blockedBy;
  if (now < sender.shutUntil) return sender.shutBy;
  const listed = receiver.onListing === 'score' ? null : listedBy(receiver, address, true);
  if (listed !== null) return listed;
  if (manner.slow.length > 0 && isThrottled(receiver, address)) return manner.slow[0]!;
  if (sender.cold && isTooNew(limits, sender, now)) return replies.newIpThrottle;
  if (limits.perIpPerHour !== null && sender.inHour >= limits.perIpPerHour) return replies.rateLimit;
  if (reputation.level > 0 && manner.judges && isSlowed(world, receiver, reputation, address))
    return slowReply(receiver, reputation);
  return null;
};

/** The refusal for listings that it believes in; null while their weights stay below its threshold. */
const listedBy = (receiver: Receiver, address: number, hasSender: boolean): ReplyPreset | null => {
  if (listedWeight(receiver, address, hasSender) < receiver.threshold) return null;
  if (receiver.onListing === 'defer') return receiver.replies.dnsblDefer;
  return listingReply(receiver.preset, receiver.replies.dnsblReject, receiver.listing!.register.preset.id);
};

/** Phase MAIL. `domain` is the sender's, -1 where there is none. */
export const onMail = (world: World, receiver: Receiver, address: number, domain: number): Reply | null => {
  if (receiver.atTrapHost) return null;
  const sender = receiver.senders[address]!;
  const { limits, replies } = receiver;
  const now = world.agenda.now;
  receiver.ofDomain = receiver.domains.size === 0 ? null : receiver.domains.get(domain) ?? null;
  if (receiver.refusal === null && domain < 0 && receiver.onListing !== 'score')
    receiver.refusal = receiver.blame = listedBy(receiver, address, false);
  if (receiver.refusal === null) {
    sender.inHour += 1;
    receiver.reputations[address]!.taken += 1;
    if (sender.cold) sender.newInDay += 1;
    if (limits.perConnection !== null &&
      endsConnection(sender, limits.perConnection, receiver.open[address]!, now))
      receiver.refusal = replies.connectionLimit;
    else if (limits.frequency !== null && isTooFrequent(limits.frequency, sender, now, replies.rateLimit))
      receiver.refusal = receiver.blame = replies.rateLimit;
    else if (receiver.ofDomain !== null) receiver.refusal = againstDomain(world, receiver, receiver.ofDomain);
  }
  return receiver.refusal === null ? null : speak(world, receiver, 'mail', address);
};

/** Messages an hour that it takes from a domain of bad name before it says so; an assumption. */
const fromBadDomain = 20;

const againstDomain = (world: World, receiver: Receiver, known: Reputation): ReplyPreset | null => {
  const hour = Math.floor(world.agenda.now / hourMs);
  if (known.hour !== hour) age(receiver, known, hour);
  known.taken += 1;
  return known.level >= 2 && known.taken > fromBadDomain ? receiver.manner.ofDomain : null;
};

/** Phase RCPT: mailboxes that are not there, are shut or full, get too much; then a triplet that is new. */
export const onRecipient = (
  world: World, receiver: Receiver, address: number, domain: number, key: AddressKey,
): Reply | null => {
  if (receiver.atTrapHost) return null;
  const { refusal, replies } = receiver;
  if (refusal !== null && refusal.phase === 'rcpt') return say(world, receiver, refusal, address, key);
  const sender = receiver.senders[address]!;
  const now = world.agenda.now;
  if (sender.asked >= receiver.limits.throttledPerHour && isThrottled(receiver, address)) {
    receiver.blame = replies.rateLimit;
    return say(world, receiver, replies.rateLimit, address, key);
  }
  sender.asked += 1;
  const reputation = receiver.reputations[address]!;
  reputation.asked += 1;
  if (receiver.ofDomain !== null) receiver.ofDomain.asked += 1;
  const kind = world.addresses.kindOf(key);
  if (kind === 'unknown') {
    noteUnknown(world, receiver, address, domain);
    if (isFoundOutLater(world, receiver, key)) return null;
    return say(world, receiver, replies[noSuchMailbox(world, receiver, key)], address, key);
  }
  if (kind === 'full') return say(world, receiver, replies.mailboxFull, address, key);
  if (receiver.recipients !== null && receiver.recipients.isTooMany(key, now))
    return say(world, receiver, replies.recipientRate, address, key);
  if (receiver.greylist !== null && receiver.greylist.putsOff(receiver.networks[address]!, domain, key, now))
    return say(world, receiver, replies.greylist, address, key);
  return null;
};

/**
 * A score between clean and refused: Cisco's appliance then takes 20 recipients an hour, and Proofpoint's
 * first stage puts all mail off.
 */
const isThrottled = ({ consults }: Receiver, address: number): boolean => {
  for (let index = 0; index < consults.length; index += 1)
    if (consults[index]!.listed[address] === standing.throttled) return true;
  return false;
};

const noteUnknown = (world: World, receiver: Receiver, address: number, domain: number): void => {
  const sender = receiver.senders[address]!;
  const now = world.agenda.now;
  sender.unknown += 1;
  errorSeen(world, receiver, address);
  if (hasAskedTooOften(receiver.limits, sender, now))
    shutOut(sender, now + receiver.limits.suspendMs, receiver.replies.unknownUserRate);
  if (!receiver.manner.judges) return;
  const reputation = receiver.reputations[address]!;
  reputation.unknown += 1;
  darken(world, receiver, reputation, address);
  if (domain < 0) return;
  if (receiver.ofDomain === null) {
    receiver.ofDomain = domainOf(receiver, domain, Math.floor(now / hourMs));
    receiver.ofDomain.asked += 1;
  }
  receiver.ofDomain.unknown += 1;
};

/** Unknown users who are found out only after the copy was taken (signals.json, dsn-async: coverage 3 %). */
const foundOutLater = 0.03;

export const isFoundOutLater = (world: World, receiver: Receiver, key: AddressKey): boolean =>
  world.luck.draw(receiver.luck, world.addresses.lotOf(key), purpose.lateBounce) < foundOutLater;

/** Of mailboxes that take no mail, those shut for disuse where a receiver has a word for it; assumed. */
const disabledShare = 0.3;

const noSuchMailbox = (world: World, receiver: Receiver, key: AddressKey): Occasion =>
  receiver.replies.own.has('mailboxDisabled') &&
  world.luck.draw(receiver.luck, world.addresses.lotOf(key), purpose.mailboxDisabled) < disabledShare ?
    'mailboxDisabled' : 'unknownUser';

/** Phase DATA: the last word on a message that has `copies` recipients left. */
export const onData = (
  world: World, receiver: Receiver, address: number, mail: Mail, copies: number,
): Reply => {
  if (receiver.atTrapHost) return accepted;
  const { refusal } = receiver;
  if (refusal !== null) return say(world, receiver, refusal, address);
  const refused = inspect(world, receiver, address, mail, copies);
  return refused === null ? accepted : say(world, receiver, refused, address);
};

/** The refusal of this exchange, if it is spoken at this phase or should have been at an earlier one. */
const speak = (
  world: World, receiver: Receiver, phase: 'connect' | 'mail', address: number,
): Reply | null => {
  const refusal = receiver.refusal!;
  const isLater = refusal.phase === 'rcpt' || refusal.phase === 'data';
  return isLater || (phase === 'connect' && refusal.phase === 'mail') ? null
    : say(world, receiver, refusal, address);
};

const say = (world: World, receiver: Receiver, reply: ReplyPreset, address: number, key = -1): Reply => {
  const { listing, preset, name } = receiver;
  return render(reply, {
    ip: world.ips[address]!, host: name, key,
    zone: listing === null ? '' : listing.register.preset.zone,
    txt: listing === null ? '' : listing.txt[address]!,
    mark: markOf(preset, listing === null ? null : listing.register.preset.id),
  });
};
