// What a receiver thinks of an address, or of a sending domain: shares of complaints, unknown users and mail
// that its filter took for spam, of what it saw lately. Below any listing a bad name slows a sender down and
// fills the junk folder; then it is blocked, at once where it does not slow down.

import type { ReplyPreset } from '../../presets/index.ts';
import { power } from '../../samplers.ts';
import { tell } from '../measures/tally.ts';
import type { World } from '../world.ts';
import type { Receiver } from './receiver.ts';

/** 0 good, 1 slowed, 2 slowed hard and mostly junk, 3 to be blocked. */
export type Level = 0 | 1 | 2 | 3;

export interface Reputation {
  /** The hour up to which the sums have been aged. */
  hour: number;
  /** Copies taken, of them taken for spam, complained of; recipients asked for, and those not there. */
  mail: number;
  spam: number;
  complaints: number;
  asked: number;
  unknown: number;
  level: Level;
  /** The part of its level that is not for unknown users. */
  reproach: Level;
  /** Messages taken in this hour while it is slowed, and those put off at their first attempt. */
  taken: number;
  slowed: number;
  blockedUntil: number;
  blockedBy: ReplyPreset | null;
  blocks: number;
}

export const newReputation = (): Reputation => ({
  hour: -1, mail: 0, spam: 0, complaints: 0, asked: 0, unknown: 0, level: 0, reproach: 0, taken: 0, slowed: 0,
  blockedUntil: -1, blockedBy: null, blocks: 0,
});

/** Below so much mail a share says nothing: SNDS shows an address from 100 messages a day on. */
const leastMail = 100;
/** Fewer complaints than this are people who err, whatever their share: an assumption. */
const leastComplaints = 5;
/** SNDS: yellow from 10 % taken for spam, red from 90 %; half as the point of acting is an assumption. */
const spamWarn = 0.1;
const spamAct = 0.5;
const spamBlock = 0.9;
/** Assumed where a receiver states no share of unknown users; from twice as many on it slows down hard. */
const unknownAct = 0.1;
/** At this many times the complaint share at which it acts, it blocks: an assumption. */
const blockAt = 2;

const levelOf = (share: number, warn: number, act: number, block: number): Level =>
  share < warn ? 0 : share < act ? 1 : share < block ? 2 : 3;

const assess = (receiver: Receiver, it: Reputation): Level => {
  const most = receiver.limits.unknownUserAct ?? unknownAct;
  const unknown = it.asked < leastMail ? 0 : levelOf(it.unknown / it.asked, most, 2 * most, Infinity);
  it.reproach = reproach(receiver, it);
  return Math.max(it.reproach, unknown) as Level;
};

/** The level for what its people and its filter think of the mail itself. */
const reproach = ({ limits: { complaintWarn, complaintAct } }: Receiver, it: Reputation): Level => {
  if (it.mail < leastMail) return 0;
  const spam = levelOf(it.spam / it.mail, spamWarn, spamAct, spamBlock);
  const complaints = it.complaints < leastComplaints ? 0
    : levelOf(it.complaints / it.mail, complaintWarn, complaintAct, blockAt * complaintAct);
  return Math.max(spam, complaints) as Level;
};

/** Ages the sums to this hour; an hour begins with nothing taken. */
export const age = (receiver: Receiver, it: Reputation, hour: number): void => {
  const hours = it.hour < 0 ? 0 : hour - it.hour;
  it.hour = hour;
  it.taken = it.slowed = 0;
  if (hours === 0) return;
  const left = power(0.5, hours / receiver.manner.halfLifeH);
  it.mail *= left;
  it.spam *= left;
  it.complaints *= left;
  it.asked *= left;
  it.unknown *= left;
  it.level = assess(receiver, it);
};

/** What it usually takes in an hour, by what is left of the past. */
const usualPerHour = ({ manner }: Receiver, it: Reputation): number =>
  it.mail * (1 - power(0.5, 1 / manner.halfLifeH));

/** A slowed sender may still send a half of what it used to in an hour, then a tenth: assumptions. */
const slowedTo: readonly number[] = [Infinity, 0.5, 0.1, 0.1];
const leastPerHour = 20;

export const allowance = (receiver: Receiver, it: Reputation): number =>
  Math.max(leastPerHour, slowedTo[it.level]! * usualPerHour(receiver, it));

/**
 * Whether a message of this sender is put off now. One that keeps knocking is blocked: the S3150 of Microsoft
 * follows senders that do not slow down after 4yz (its staff on the mailop list, February 2026). Nobody is
 * blocked for unknown users alone, beyond the limits of limits.ts: a list with old addresses is put off for
 * hours (GMX, Orange, SFR), not shut out.
 */
export const isSlowed = (world: World, receiver: Receiver, it: Reputation, address: number): boolean => {
  const most = allowance(receiver, it);
  if (it.taken < most || receiver.manner.slow.length === 0) return false;
  // A queue that comes back is what 4yz asks for; new mail all the same is not.
  if (receiver.isRetry) return true;
  it.slowed += 1;
  if (it.slowed > knocks * most && it.reproach > 0)
    block(world, receiver, it, address, 'it does not slow down');
  return true;
};
/** First attempts put off within an hour, against those allowed, that are not slowing down: an assumption. */
const knocks = 5;

/** The reply that puts off: a sharper one at a worse level. */
export const slowReply = ({ manner }: Receiver, it: Reputation): ReplyPreset =>
  manner.slow[Math.min(it.level - 1, manner.slow.length - 1)]!;

/** Something bad was seen; what follows of it is decided at once. */
export const darken = (world: World, receiver: Receiver, it: Reputation, address: number): void => {
  const before = it.level;
  it.level = assess(receiver, it);
  if (it.level === 3) block(world, receiver, it, address, 'its own reputation');
  else if (it.level > before && address >= 0) {
    const how = it.level === 1 ? 'slows down' : 'slows down hard';
    tell(world, 'receiver', receiver.name, `${receiver.name} ${how} ${world.ips[address]!}`);
  }
};

const week = 604_800_000;

/** Blocks an address, if the receiver is one that does; what led to it counts for a quarter from then on. */
const block = (world: World, receiver: Receiver, it: Reputation, address: number, why: string): void => {
  const { manner } = receiver;
  const now = world.agenda.now;
  if (address < 0 || manner.messagesOnly || manner.block.length === 0 || it.blockedUntil > now) return;
  if (it.blockedUntil < now - week) it.blocks = 0;
  const grown = manner.grows ?
      Math.min(week, manner.blockMs * (1 << Math.min(20, it.blocks)))
    : manner.blockMs;
  const lasts = manner.forever && it.blocks > 0 ? Number.POSITIVE_INFINITY : grown;
  it.blockedBy = manner.block[Math.min(it.blocks, manner.block.length - 1)]!;
  it.blocks += 1;
  it.blockedUntil = now + lasts;
  it.mail *= forgiven;
  it.spam *= forgiven;
  it.complaints *= forgiven;
  const until = lasts === Number.POSITIVE_INFINITY ? 'for good' : `for ${lasts / 3_600_000} h`;
  tell(world, 'receiver', receiver.name, `${receiver.name} blocks ${world.ips[address]!} ${until}: ${why}`);
};
/** An assumption: else a block would be the reason for the next one. */
const forgiven = 0.25;

/** Somebody there has agreed to lift a block; the address begins anew. */
export const liftBlock = (receiver: Receiver, address: number): void => {
  Object.assign(receiver.reputations[address]!, { ...newReputation(), blocks: 1 });
};

/** What is thought of a domain; begun with the first bad thing seen of it. */
export const domainOf = (receiver: Receiver, domain: number, hour: number): Reputation => {
  let known = receiver.domains.get(domain);
  if (known === undefined) {
    if (receiver.domains.size >= mostDomains) forget(receiver, hour);
    known = newReputation();
    known.hour = hour;
    receiver.domains.set(domain, known);
  }
  return known;
};
const mostDomains = 10_000;

/** Drops domains of which little is left; then, if all are fresh, those known longest. */
const forget = (receiver: Receiver, hour: number): void => {
  for (const [domain, it] of receiver.domains) {
    age(receiver, it, hour);
    if (it.spam + it.complaints + it.unknown < 0.5) receiver.domains.delete(domain);
  }
  for (const domain of receiver.domains.keys()) {
    if (receiver.domains.size < mostDomains / 2) return;
    receiver.domains.delete(domain);
  }
};

/** Share of mail that a bad name sends to the junk folder, its content being fine, by level: assumptions. */
export const moreJunk: readonly number[] = [0, 0.05, 0.5, 0.9];
