// Which receivers refuse which of our addresses, as the desk reads it in its own logs: the replies that speak
// of the address. Once somebody has seen that, urgent mail goes another way until the receiver takes mail
// from the address again.

import type { Reply } from '../../../policy/index.ts';
import { speaksOfAddress } from '../measures/reply-tally.ts';
import { tell } from '../measures/tally.ts';
import type { Envelope } from '../platform/outbound.ts';
import { isReply } from '../receivers/replies.ts';
import type { World } from '../world.ts';
import { assign } from './caseload.ts';

/** By receiver and address, side by side. */
export interface Refusals {
  readonly addresses: number;
  /** How loudly the log speaks: a bounce counts 4, a deferral 1; up to 255. */
  readonly loud: Uint8Array;
  /** Mail taken since the last refusal. */
  readonly taken: Uint8Array;
  /** 1 while the desk knows of it. */
  readonly known: Uint8Array;
  /** 1 where it refuses for a reason of its own, and not for a register's listing. */
  readonly own: Uint8Array;
  /** A case about that block is open; somebody there was asked to lift it, and has not answered. */
  readonly open: Uint8Array;
  readonly asked: Uint8Array;
  /** How many the desk knows of: 0 nearly always, and then nothing is looked up. */
  count: number;
}

export const makeRefusals = (receivers: number, addresses: number): Refusals => ({
  addresses,
  loud: new Uint8Array(receivers * addresses),
  taken: new Uint8Array(receivers * addresses),
  known: new Uint8Array(receivers * addresses),
  own: new Uint8Array(receivers * addresses),
  open: new Uint8Array(receivers * addresses),
  asked: new Uint8Array(receivers * addresses),
  count: 0,
});

/** What makes somebody look: three bounces, or twelve deferrals. An assumption. */
const loudEnough = 12;
const bounceCounts = 4;

/** So many messages taken one after the other say that a receiver takes the address again; an assumption. */
const takenEnough = 5;

/** A receiver refused a copy. */
export const noteRefusal = (world: World, envelope: Envelope, reply: Reply): void => {
  if (!speaksOfAddress(reply) && !speaksOfNames(world, envelope, reply)) return;
  const { refusals } = world.desk;
  const place = envelope.receiver * refusals.addresses + envelope.address;
  refusals.taken[place] = 0;
  if (reply.class !== 'dnsblBlock' || callsItsBlocksLists(world, envelope)) refusals.own[place] = 1;
  refusals.loud[place] = Math.min(255, refusals.loud[place]! + (reply.code >= 500 ? bounceCounts : 1));
  if (refusals.loud[place]! >= loudEnough && refusals.known[place] === 0) {
    assign(world, { kind: 'address', address: envelope.address });
  }
};

/** Comcast speaks of its own blocks as of a list; then a reply does not tell one from the other. */
const callsItsBlocksLists = (world: World, { receiver }: Envelope): boolean =>
  world.receivers[receiver]!.manner.block.some(({ bounceClass }) => bounceClass === 'dnsblBlock');

/**
 * Apple's CS01 and Gmail's "likely unsolicited" are worded for the message, and known to go by the name of
 * the address: they refuse what would else be filed as junk.
 */
const speaksOfNames = (world: World, { receiver }: Envelope, reply: Reply): boolean => {
  const { manner } = world.receivers[receiver]!;
  return manner.messagesOnly && isReply(reply, manner.block[0]!);
};

/** A receiver took a copy. */
export const noteTaken = (world: World, { receiver, address }: Envelope): void => {
  const { refusals } = world.desk;
  const place = receiver * refusals.addresses + address;
  if (refusals.loud[place] === 0) return;
  refusals.taken[place]! += 1;
  if (refusals.taken[place]! < takenEnough) return;
  refusals.loud[place] = refusals.taken[place] = refusals.own[place] = 0;
  if (refusals.known[place] === 0) return;
  refusals.known[place] = 0;
  refusals.count -= 1;
  const { name } = world.receivers[receiver]!;
  tell(world, 'desk', name, `sees that ${name} takes mail from ${world.ips[address]!} again`);
};

/** Somebody looks at the log of an address: what it says is known from now on. */
export const readLog = (world: World, address: number): readonly string[] => {
  const { refusals } = world.desk;
  const names: string[] = [];
  for (const { id, name } of world.receivers) {
    const place = id * refusals.addresses + address;
    if (refusals.loud[place] === 0) continue;
    if (refusals.known[place] === 0) refusals.count += 1;
    refusals.known[place] = 1;
    names.push(name);
  }
  return names;
};

/** Whether the desk knows that the receiver refuses the address. */
export const isRefused = ({ refusals }: World['desk'], receiver: number, address: number): boolean =>
  refusals.known[receiver * refusals.addresses + address] === 1;
