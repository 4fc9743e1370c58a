// Blocks that a receiver has put on one of our addresses of its own accord: the desk asks those there to lift
// it, where there is somebody to ask, and hears from them when they have.

import { days, seconds } from '../../../policy/index.ts';
import { tell } from '../measures/tally.ts';
import { liftBlock } from '../receivers/reputation.ts';
import type { EventOf } from '../events.ts';
import type { World } from '../world.ts';
import { assign, type Case } from './caseload.ts';

export type Block = Extract<Case, { readonly kind: 'block' }>;

/** Seconds until a receiver answers (receivers.json, delistTypicalS); null where it never does. */
const answersAfterS = (world: World, receiver: number): number | null => {
  const { delistChannel, delistTypicalS } = world.receivers[receiver]!.preset.block;
  return delistChannel === null || delistChannel.startsWith('none') ? null : delistTypicalS;
};

/** Somebody has read the log of an address: a case for each receiver that can be asked. */
export const openBlocks = (world: World, address: number): void => {
  const { refusals } = world.desk;
  if (refusals.count === 0) return;
  for (const { id } of world.receivers) {
    const place = id * refusals.addresses + address;
    if (refusals.known[place] === 0 || refusals.own[place] === 0 || refusals.asked[place] === 1) continue;
    if (answersAfterS(world, id) !== null) assign(world, { kind: 'block', receiver: id, address, looks: 0 });
  }
};

/** The form is filled in, or the mail to their desk written. */
export const askToLift = (world: World, { receiver, address }: Block, withCause: boolean): void => {
  const { desk } = world;
  const place = receiver * desk.refusals.addresses + address;
  if (desk.refusals.asked[place] === 1) return;
  desk.refusals.asked[place] = 1;
  desk.requests += 1;
  if (!withCause) world.tally.labour.withoutCause += 1;
  const { name } = world.receivers[receiver]!;
  const how = withCause ? '' : ', without a cause found';
  tell(world, 'desk', name, `asks ${name} to lift its block of ${world.ips[address]!}${how}`);
  const delay = seconds(answersAfterS(world, receiver)!);
  world.agenda.after(delay, { kind: 'unblock-answer', receiver, address });
};

/**
 * They have lifted it. That they always do is an assumption: who goes on as before is soon blocked again. A
 * day later somebody looks whether mail is taken, and else asks once more.
 */
export const hearUnblocked = (
  world: World, { receiver: id, address }: EventOf<'unblock-answer'>,
): void => {
  const receiver = world.receivers[id]!;
  const { refusals } = world.desk;
  refusals.asked[id * refusals.addresses + address] = 0;
  const { blockedUntil, level } = receiver.reputations[address]!;
  // Where messages are refused, and not the address, what is lifted is the bad name.
  if (blockedUntil > world.agenda.now || (receiver.manner.messagesOnly && level >= 2)) {
    liftBlock(receiver, address);
    tell(world, 'receiver', receiver.name, `${receiver.name} lifts its block of ${world.ips[address]!}`);
  }
  const work: Case = { kind: 'block', receiver: id, address, looks: 1 };
  world.agenda.after(days(1), { kind: 'follow-up', work });
};
