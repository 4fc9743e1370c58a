// A receiver and its rules, phase by phase as in SMTP: connect, MAIL, RCPT, DATA. In memory and on the wire
// the same functions answer. It asks registers through a cache of its own, and knows the sender by address
// alone.

import type { AddressKey, ReceiverId, Reply } from '../../../policy/index.ts';
import { receiverPreset, type ReceiverPreset, registerPreset, type ReplyPreset } from '../../presets/index.ts';
import type { Plan } from '../../plan/schema.ts';
import type { ZoneAnswer } from '../ports.ts';
import type { Register } from '../registers/register.ts';
import { accepted, type Occasion, render, replyFor } from './replies.ts';
import type { World } from '../world.ts';

export interface Consultation {
  readonly register: Register;
  /** What a listing there counts; the receiver refuses at `threshold`. */
  readonly weight: number;
  /** By address: believe the answer until then, and whether it was a listing. */
  readonly until: Float64Array;
  readonly listed: Uint8Array;
  readonly txt: string[];
}

export interface Receiver {
  readonly id: ReceiverId;
  readonly name: string;
  readonly preset: ReceiverPreset;
  readonly consults: readonly Consultation[];
  readonly threshold: number;
  /** The phase in which it speaks of a listing. */
  readonly blockPhase: 'connect' | 'mail' | 'rcpt' | 'data';
  /**
   * Shortest and longest time it keeps an answer of a register, whatever the TTL; 0 and infinity for plain
   * DNS caching.
   */
  readonly keepMs: { readonly least: number; readonly most: number };
  readonly replies: Readonly<Record<Occasion, ReplyPreset>>;
  /**
   * Our connections open to it, by address, and whether the attempt under way came when no more were allowed.
   */
  readonly open: Int32Array;
  readonly crowded: Uint8Array;
  /**
   * Messages it took in the hour that began at `hourOf`, by address; recipients asked for, and those it does
   * not have.
   */
  readonly hourOf: Float64Array;
  readonly inHour: Int32Array;
  readonly asked: Int32Array;
  readonly unknown: Int32Array;
  /** An address that asked for too many people it does not have is put off until then. */
  readonly putOffUntil: Float64Array;
}

/** Fewer recipients in an hour than this tell a receiver nothing about a sender's list; an assumption. */
const leastAsked = 50;

/** postscreen keeps a clean verdict from 60 s to 1 h (Postfix 3.7, postscreen_dnsbl_min_ttl and _max_ttl). */
const postscreenKeeps = { least: 60_000, most: 3_600_000 };
const plainDns = { least: 0, most: Number.POSITIVE_INFINITY };

export const makeReceiver = (
  plan: Plan['receivers'][number],
  id: ReceiverId,
  registers: readonly Register[],
  addressCount: number,
): Receiver => {
  const preset = receiverPreset(plan.preset);
  const asked = plan.consults === undefined
    ? registers.filter((register) => weightOf(preset, register.preset.id) > 0)
    : registers.filter((register) => plan.consults!.includes(register.name));
  return {
    id,
    name: plan.name,
    preset,
    consults: asked.map((register) => ({
      register,
      weight: weightOf(preset, register.preset.id) || 1,
      until: new Float64Array(addressCount).fill(-1),
      listed: new Uint8Array(addressCount),
      txt: Array.from({ length: addressCount }, () => ''),
    })),
    threshold: thresholdOf(preset),
    blockPhase: blockPhaseOf(preset.dnsblPhase),
    keepMs: preset.id === 'postscreen-strict' ? postscreenKeeps : plainDns,
    replies: {
      dnsblReject: replyFor(preset, 'dnsblReject'),
      connectionLimit: replyFor(preset, 'connectionLimit'),
      rateLimit: replyFor(preset, 'rateLimit'),
      unknownUserRate: replyFor(preset, 'unknownUserRate'),
      unknownUser: replyFor(preset, 'unknownUser'),
      mailboxFull: replyFor(preset, 'mailboxFull'),
    },
    open: new Int32Array(addressCount),
    crowded: new Uint8Array(addressCount),
    hourOf: new Float64Array(addressCount).fill(-1),
    inHour: new Int32Array(addressCount),
    asked: new Int32Array(addressCount),
    unknown: new Int32Array(addressCount),
    putOffUntil: new Float64Array(addressCount).fill(-1),
  };
};

/**
 * What a listing on a register counts at a receiver: `spamhaus-zen*3` is 3, a bare name 1, none 0. A receiver
 * that asks a composite list is hit by a listing on any of its members.
 */
export const weightOf = (preset: ReceiverPreset, registerId: string): number => {
  let most = 0;
  for (const entry of preset.dnsbls) {
    // Outlook asks about the domain of the sender, not about the address it comes from.
    if (entry.includes('domain')) continue;
    const found = /^([a-z0-9-]+)(?:\*([\d.]+))?/.exec(entry);
    if (found === null || !isRegisterId(found[1]!)) continue;
    const members = registerPreset(found[1]!).params['members'];
    const speaks = found[1] === registerId || (Array.isArray(members) && members.includes(registerId));
    if (speaks) most = Math.max(most, found[2] === undefined ? 1 : Number(found[2]));
  }
  return most;
};

/** A filter speaks after it has seen the content; where nothing is known, refusals come at RCPT. */
const blockPhaseOf = (phase: ReceiverPreset['dnsblPhase']): Receiver['blockPhase'] => {
  if (phase === 'content') return 'data';
  return phase === 'connect' || phase === 'mail' || phase === 'data' ? phase : 'rcpt';
};

const isRegisterId = (id: string): boolean => {
  try {
    return registerPreset(id).id === id;
  } catch {
    return false;
  }
};

/**
 * Weighted receivers refuse at postscreen_dnsbl_threshold 3 (their preset's rule), or SpamAssassin's
 * required_score 5.
 */
const thresholdOf = (preset: ReceiverPreset): number => {
  if (preset.id === 'spamassassin-scoring') return 5;
  return preset.dnsbls.some((entry) => entry.includes('*')) ? 3 : 1;
};

/** Registers whose answer about this address the receiver does not have in its cache now. */
export const questionsFor = (world: World, receiver: Receiver, address: number): readonly Register[] => {
  const now = world.agenda.now;
  return receiver.consults.filter((asked) => asked.until[address]! <= now).map((asked) => asked.register);
};

/** Puts a register's answer into the receiver's cache for as long as its TTL says. */
export const remember = (
  world: World, receiver: Receiver, register: Register, address: number, answer: ZoneAnswer,
): void => {
  const asked = receiver.consults.find((one) => one.register === register);
  if (asked !== undefined) believe(world, receiver, asked, address, answer);
};

/** The same, of a consultation at hand. */
export const believe = (
  world: World, receiver: Receiver, asked: Consultation, address: number, answer: ZoneAnswer,
): void => {
  const keep = Math.min(Math.max(answer.ttlS * 1_000, receiver.keepMs.least), receiver.keepMs.most);
  asked.until[address] = world.agenda.now + keep;
  asked.listed[address] = answer.codes.length > 0 ? 1 : 0;
  asked.txt[address] = answer.txt;
};

/**
 * Phase connect: too many connections, an address put off for its unknown users, or a listing where the
 * receiver speaks of it at once. Null lets the client go on.
 */
export const onConnect = (world: World, receiver: Receiver, address: number): Reply | null => {
  if (receiver.crowded[address] === 1) return say(world, receiver, 'connectionLimit', address);
  const isPutOff = receiver.putOffUntil[address]! > world.agenda.now;
  if (isPutOff) return say(world, receiver, 'unknownUserRate', address);
  return receiver.blockPhase === 'connect' ? refusal(world, receiver, address) : null;
};

/** Phase MAIL: the address' hourly rate. */
export const onMail = (world: World, receiver: Receiver, address: number): Reply | null => {
  const most = receiver.preset.rate.perIpPerHour;
  const hour = Math.floor(world.agenda.now / 3_600_000);
  if (receiver.hourOf[address] !== hour) {
    receiver.hourOf[address] = hour;
    receiver.inHour[address] = receiver.asked[address] = receiver.unknown[address] = 0;
  }
  if (most !== null && receiver.inHour[address]! >= most) return say(world, receiver, 'rateLimit', address);
  receiver.inHour[address]! += 1;
  return receiver.blockPhase === 'mail' ? refusal(world, receiver, address) : null;
};

/** Phase RCPT: a listing, or a mailbox that is not there or is full. */
export const onRecipient = (
  world: World, receiver: Receiver, address: number, key: AddressKey,
): Reply | null => {
  if (receiver.blockPhase === 'rcpt') {
    const refused = refusal(world, receiver, address);
    if (refused !== null) return refused;
  }
  const kind = world.addresses.kindOf(key);
  receiver.asked[address]! += 1;
  if (kind === 'unknown') noteUnknown(world, receiver, address);
  if (kind === 'unknown') return say(world, receiver, 'unknownUser', address, key);
  if (kind === 'full') return say(world, receiver, 'mailboxFull', address, key);
  return null;
};

/**
 * A sender that asks for too many who are not there is put off for the preset's suspension time (an hour
 * where it states none).
 */
const noteUnknown = (world: World, receiver: Receiver, address: number): void => {
  receiver.unknown[address]! += 1;
  const most = receiver.preset.thresholds.unknownUserAct;
  if (most === null || receiver.asked[address]! < leastAsked) return;
  if (receiver.unknown[address]! <= most * receiver.asked[address]!) return;
  receiver.putOffUntil[address] = world.agenda.now + (receiver.preset.deferral.suspendS ?? 3_600) * 1_000;
};

/** Phase DATA: the last word on a message that has at least one recipient. */
export const onData = (world: World, receiver: Receiver, address: number): Reply =>
  (receiver.blockPhase === 'data' ? refusal(world, receiver, address) : null) ?? accepted;

/** The refusal for being listed; null while the weights of what it believes stay below its threshold. */
const refusal = (world: World, receiver: Receiver, address: number): Reply | null => {
  let weight = 0;
  let first: Consultation | null = null;
  for (const asked of receiver.consults) {
    if (asked.listed[address] === 0) continue;
    weight += asked.weight;
    first ??= asked;
  }
  if (first === null || weight < receiver.threshold) return null;
  return render(receiver.replies.dnsblReject, {
    ip: world.ips[address]!, host: receiver.name, key: -1,
    zone: first.register.preset.zone, txt: first.txt[address]!,
  });
};

const say = (world: World, receiver: Receiver, occasion: Occasion, address: number, key = -1): Reply => {
  const filling = { ip: world.ips[address]!, host: receiver.name, key, zone: '', txt: '' };
  return render(receiver.replies[occasion], filling);
};
