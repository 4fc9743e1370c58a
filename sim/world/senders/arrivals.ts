// When an actor writes next, and what: each habit's own arrivals, from the actor's own stream, and recipients
// by the luck of the message. What became of earlier mail changes nothing here, save for those who act on it:
// attackers who are refused, and lists that are cleaned of what bounced. So two policies meet the same mail.

import { type AddressKey, milliseconds, type ReceiverId, type Submission } from '../../../policy/index.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import type { Actor } from './cast.ts';
import { isPaused, nextAttack, postpone } from './habits/attack.ts';
import { entryAt, nextEntry } from './habits/campaign.ts';
import { officeRecipients } from './habits/office.ts';
import { nextInTurn, nextRun } from './habits/script.ts';
import { customer } from './habits/shop.ts';
import { nextRow, rowRecipients } from './habits/trace.ts';

type Due = { readonly kind: 'submission'; readonly actor: Actor };

/** Schedules the actor's next message; nothing where it has written its last. */
export const scheduleNext = (world: World, actor: Actor, event: Due): void => {
  if (actor.silent) return;
  const at = nextTime(world, actor);
  if (at === null) return;
  world.agenda.after(milliseconds(Math.max(0, Math.round(at) - world.agenda.now)), event);
};

/** Whether the message that is due is written now: not where its cause is gone, or its attacker pauses. */
export const isDue = (world: World, actor: Actor, event: Due): boolean => {
  const { habit } = actor;
  if (actor.silent) {
    const { culprit } = actor;
    const hadGone = habit.kind === 'attack' && habit.quietUntil >= habit.end;
    if (culprit !== null && culprit.removedAt >= 0 && !hadGone) culprit.cutOff = true;
    return false;
  }
  if (habit.kind !== 'attack' || !isPaused(world, habit)) return true;
  if (habit.quietUntil < habit.end) world.agenda.after(postpone(world, habit), event);
  return false;
};

/** The time of the actor's next message, since the run began; null for never. */
const nextTime = (world: World, actor: Actor): number | null => {
  const { habit } = actor;
  switch (habit.kind) {
    case 'office':
    case 'shop': {
      const amount = world.streams.exponential(actor.stream);
      const { agenda, sinceMonday } = world;
      return habit.rhythm.after(agenda.now + sinceMonday, amount) - sinceMonday;
    }
    case 'script':
      return nextRun(actor, habit);
    case 'campaign':
      return nextEntry(world, actor, habit);
    case 'trace':
      return nextRow(actor, habit);
    case 'attack':
      return nextAttack(world, actor, habit);
    default:
      return habit satisfies never;
  }
};

/** What a message weighs: from 3 kB, half of them below 7 kB, the longest 39 kB. Assumed. */
const bytesOf = (drawn: number): number => Math.round(3_000 + 36_000 * drawn * drawn * drawn);

/** The actor's next message, as the platform sees it. Counts it. */
export const compose = (world: World, actor: Actor): Submission => {
  const number = actor.count;
  actor.count += 1;
  world.messages += 1;
  const recipients = recipientsOf(world, actor, number);
  return {
    id: world.messages,
    tenant: actor.tenant,
    account: actor.accountId,
    pool: actor.pool,
    recipients,
    receivers: receiversOf(world, recipients),
    bytes: bytesOf(world.luck.draw(actor.id, number, purpose.bytes)),
    list: actor.list,
    allowance: actor.allowance,
    source: actor.source,
    nullSender: actor.nullSender || isAnswer(world, actor, recipients[0]!),
    urgent: actor.urgent > 0 && world.luck.draw(actor.id, number, purpose.urgent) * 1e6 < actor.urgent,
    signedUp: world.notable[actor.tenant] === 0 ? -1 : actor.account.tenant.since,
  };
};

// Nearly all mail has one recipient: it gets an array of just one place, where pushing would reserve
// seventeen.

const receiversOf = (world: World, recipients: readonly AddressKey[]): readonly ReceiverId[] => {
  if (recipients.length === 1) return [world.addresses.receiverOf(recipients[0]!)];
  const receivers: ReceiverId[] = [];
  for (let copy = 0; copy < recipients.length; copy += 1) {
    receivers.push(world.addresses.receiverOf(recipients[copy]!));
  }
  return receivers;
};

const recipientsOf = (world: World, actor: Actor, number: number): readonly AddressKey[] => {
  const { habit } = actor;
  switch (habit.kind) {
    case 'office':
      return officeRecipients(world, actor, habit, number);
    case 'shop':
      return [customer(world, actor, habit, number)];
    case 'script':
      return [nextInTurn(world, actor, habit, number)];
    case 'campaign':
      return [entryAt(world, actor, habit, number)];
    case 'trace':
      return rowRecipients(world, actor, habit, number);
    case 'attack':
      return [world.addresses.key(actor.space, number)];
    default:
      return habit satisfies never;
  }
};

/** An office's mail to a backscatter trap is a holiday note that answers forged mail: it has no sender. */
const isAnswer = (world: World, actor: Actor, key: AddressKey): boolean =>
  actor.habit.kind === 'office' &&
  world.addresses.spaceOf(key) === actor.slips &&
  world.addresses.kindOf(key) === 'backscatter';
