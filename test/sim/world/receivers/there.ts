// One receiver, called `there`, in a world of one silent tenant; and mail to it, phase by phase.

import type { AddressKey, ReceiverId, Reply } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { believe } from '../../../../sim/world/receivers/consult.ts';
import type { Mail } from '../../../../sim/world/receivers/mail.ts';
import { onConnect, onData, onMail, onRecipient } from '../../../../sim/world/receivers/phases.ts';
import type { Receiver } from '../../../../sim/world/receivers/receiver.ts';
import { zoneAnswer } from '../../../../sim/world/registers/zone.ts';
import type { Truth } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, worldOf } from '../stage.ts';

export type ReceiverInput = PlanInput['receivers'][number];
export type Registers = NonNullable<PlanInput['registers']>;

export interface Circumstances {
  readonly registers?: Registers;
  readonly pools?: PlanInput['pools'];
  readonly incidents?: NonNullable<PlanInput['incidents']>;
  readonly seed?: string;
  /** What the plan says of the receiver. */
  readonly says?: Partial<ReceiverInput>;
}

let last = 0;

export const withReceiver = (preset: ReceiverInput['preset'], given: Circumstances = {}): World => {
  last = 0;
  const { registers = [], pools, incidents = [], seed, says = {} } = given;
  return worldOf(
    {
      registers, incidents,
      receivers: [{ name: 'there', preset, share: '100%', ...says }],
      ...(pools === undefined ? {} : { pools }),
    },
    seed === undefined ? {} : { seed },
  );
};

export const there = (world: World): Receiver => world.receivers[0]!;

export type RegisterName = Registers[number]['preset'];

export const register = (preset: RegisterName): Registers[number] => ({ name: preset, preset });

/** Puts one of our addresses on a register's published zone, or takes it off. */
export const list = (world: World, name: string, listed = true, at = 0): void => {
  world.registers.find((one) => one.name === name)!.dossiers[at]!.published = listed;
};

/** A message of some nature, each of its own luck: the first of each world the same. */
export const letter = (nature: Truth = 'wanted', domain = 0): Mail => ({
  domain, nature, luck: 7, number: (last += 1),
});

/** Mail to these recipients by the transport in memory: a reply each. */
export const post = (
  world: World, mail: Mail, recipients: readonly AddressKey[], from = 0,
): readonly Reply[] => {
  const handed = { receiver: 0 as ReceiverId, address: from, recipients, message: mail };
  const envelope = handed as unknown as Envelope;
  const replies = world.transport.deliver(envelope);
  if (replies instanceof Promise) throw new Error('the transport in memory answers at once');
  return replies;
};

/** Wanted mail from the first of our addresses. */
export const send = (world: World, ...recipients: AddressKey[]): readonly Reply[] =>
  post(world, letter(), recipients);

/** One message of a nature to a person; its reply. */
export const sendOne = (world: World, nature: Truth = 'wanted', domain = 0): Reply =>
  post(world, letter(nature, domain), [address(world, 'person')])[0]!;

/** So many messages, one to a person each. */
export const flood = (world: World, count: number, nature: Truth = 'wanted', domain = 0): void => {
  const person = [address(world, 'person')];
  for (let sent = 0; sent < count; sent += 1) post(world, letter(nature, domain), person);
};

export interface Heard {
  readonly phase: 'connect' | 'mail' | 'rcpt' | 'data';
  readonly reply: Reply;
}

/** Talks to the receiver phase by phase: the phase at which it gave its one word, and the word. */
export const converse = (
  world: World, mail: Mail = letter(), key: AddressKey = address(world, 'person'), from = 0,
): Heard => {
  const receiver = there(world);
  for (const asked of receiver.consults) {
    if (asked.until[from]! > world.agenda.now) continue;
    believe(world, receiver, asked, from, zoneAnswer(world, asked.register, from));
  }
  const connect = onConnect(world, receiver, from);
  if (connect !== null) return { phase: 'connect', reply: connect };
  const greeted = onMail(world, receiver, from, mail.domain);
  if (greeted !== null) return { phase: 'mail', reply: greeted };
  const asked = onRecipient(world, receiver, from, mail.domain, key);
  if (asked !== null) return { phase: 'rcpt', reply: asked };
  return { phase: 'data', reply: onData(world, receiver, from, mail, 1) };
};
