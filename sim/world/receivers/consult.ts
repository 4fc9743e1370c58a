// What a receiver asks registers, and what it makes of their answers: each is kept in a cache of its own, and
// a register's answer passes through the receiver's resolver and settings, both of which can be at fault.

import type { ZoneAnswer } from '../ports.ts';
import type { Register } from '../registers/register.ts';
import { meaningOf } from '../registers/zone.ts';
import type { World } from '../world.ts';
import type { Receiver } from './receiver.ts';

export interface Consultation {
  readonly register: Register;
  /** What a listing there counts; the receiver acts at its threshold. */
  readonly weight: number;
  /** A register of backscatter asked in safe mode: about mail without a sender only. */
  readonly nullSenderOnly: boolean;
  /** By address: believe the answer until then, and what it was. */
  readonly until: Float64Array;
  readonly listed: Uint8Array;
  readonly txt: string[];
  /** The code that the receiver's resolver gets instead of an answer; null while it is well. */
  fault: string | null;
  /** It counts every A record as a listing, also those that praise. */
  countsAnyA: boolean;
}

/** Kept in `listed`. A score between clean and refused, or a private register's delay, is a throttle. */
export const standing = { clean: 0, listed: 1, throttled: 2 } as const;

export const consultationOf = (
  register: Register, weight: number, nullSenderOnly: boolean, addressCount: number,
): Consultation => ({
  register, weight, nullSenderOnly,
  until: new Float64Array(addressCount).fill(-1),
  listed: new Uint8Array(addressCount),
  txt: Array.from({ length: addressCount }, () => ''),
  fault: null,
  countsAnyA: false,
});

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

/**
 * The same, of a consultation at hand. A name server that is silent or refuses is no answer: the mail goes
 * on, the next one asks again.
 */
export const believe = (
  world: World, receiver: Receiver, asked: Consultation, address: number, answer: ZoneAnswer,
): void => {
  const now = world.agenda.now;
  if (asked.fault === null && answer.failure !== 'none') {
    asked.until[address] = now;
    asked.listed[address] = standing.clean;
    if (answer.failure === 'timeout') receiver.timedOut = true;
    return;
  }
  const keep = Math.min(Math.max(answer.ttlS * 1_000, receiver.keepMs.least), receiver.keepMs.most);
  asked.until[address] = now + keep;
  asked.txt[address] = asked.fault === null ? answer.txt : errorText;
  asked.listed[address] = readingOf(receiver, asked, answer);
};

/** registers.json, faults resolver-blocked and quota-exceeded: the TXT that comes with an error code. */
const errorText = 'Error: open resolver or query limit';

/** registers.json, fault quota-exceeded. */
const quotaExceeded = '127.255.255.255';

const readingOf = (receiver: Receiver, asked: Consultation, answer: ZoneAnswer): number => {
  const { codes } = answer;
  if (asked.fault !== null) return readingOfCode(receiver, asked, asked.fault);
  let worst: number = standing.clean;
  for (let index = 0; index < codes.length; index += 1) {
    const reading = readingOfCode(receiver, asked, codes[index]!);
    if (reading === standing.listed) return reading;
    if (reading === standing.throttled) worst = reading;
  }
  return worst;
};

/**
 * Whether a code speaks against an address. Whoever reads the codes leaves out praise and neutral words, and
 * errors and answers from outside, such as a parked domain's (RFC 5782, 2.1); a naive receiver counts those,
 * a scorer the code of a quota exceeded.
 */
const readingOfCode = (receiver: Receiver, asked: Consultation, code: string): number => {
  if (asked.countsAnyA) return standing.listed;
  const meaning = meaningOf(asked.register, code);
  if (meaning === 'listed') return standing.listed;
  if (meaning === 'delay') return standing.throttled;
  if (receiver.scoresQuota && code === quotaExceeded) return standing.listed;
  return receiver.naive && (meaning === 'error' || meaning === 'foreign') ? standing.listed : standing.clean;
};

/** What listings weigh together; the first of them is the one it will name. */
export const listedWeight = (receiver: Receiver, address: number, hasSender: boolean): number => {
  const { consults } = receiver;
  let weight = 0;
  receiver.listing = null;
  for (let index = 0; index < consults.length; index += 1) {
    const asked = consults[index]!;
    if (asked.listed[address] !== standing.listed || (asked.nullSenderOnly && hasSender)) continue;
    weight += asked.weight;
    if (receiver.listing === null) receiver.listing = asked;
  }
  return weight;
};

/**
 * The resolver of one receiver, or of all, gets this code from a register instead of an answer; null mends
 * it. What is cached lives on until its time is over, as it does in public.
 */
export const setResolverFault = (
  world: World, registerName: string, receiverName: string | undefined, code: string | null,
): void => {
  for (const asked of consultationsOf(world, registerName, receiverName)) asked.fault = code;
};

/** One receiver, or all, count every A record of a register as a listing from now on, or no longer. */
export const setCountsAnyA = (
  world: World, registerName: string, receiverName: string | undefined, on: boolean,
): void => {
  for (const asked of consultationsOf(world, registerName, receiverName)) {
    asked.countsAnyA = on;
    asked.until.fill(-1);
  }
};

const consultationsOf = (
  world: World, registerName: string, receiverName: string | undefined,
): readonly Consultation[] =>
  world.receivers
    .filter((receiver) => receiverName === undefined || receiver.name === receiverName)
    .flatMap((receiver) => receiver.consults.filter((asked) => asked.register.name === registerName));
