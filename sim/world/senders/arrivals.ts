// When an actor writes next, and what: each habit's own arrivals, from the actor's own stream, and recipients
// by the luck of the message. Nothing here depends on what became of earlier mail, so two policies meet the
// same mail.

import { type AddressKey, milliseconds, type ReceiverId, type Submission } from '../../../policy/index.ts';
import type { Actor, Habit } from './cast.ts';
import { purpose } from '../purposes.ts';
import { rampedTime } from './rhythm.ts';
import type { World } from '../world.ts';

type OfficeHabit = Extract<Habit, { kind: 'office' }>;

const hourMs = 3_600_000;

/** Schedules the actor's next message; nothing where it has written its last. */
export const scheduleNext = (
  world: World, actor: Actor, event: { kind: 'submission'; actor: Actor },
): void => {
  if (actor.silent) return;
  const at = nextTime(world, actor);
  if (at === null) return;
  world.agenda.after(milliseconds(Math.max(0, Math.round(at) - world.agenda.now)), event);
};

/** The time of the actor's next message, since the run began; null for never. */
const nextTime = (world: World, actor: Actor): number | null => {
  const { habit } = actor;
  const now = world.agenda.now;
  switch (habit.kind) {
    case 'office': {
      const amount = world.streams.exponential(actor.stream);
      return habit.rhythm.after(now + world.sinceMonday, amount) - world.sinceMonday;
    }
    case 'newsletter': {
      const campaign = Math.floor(actor.count / habit.size);
      return campaign * habit.every + habit.first + (actor.count % habit.size) * habit.gap;
    }
    case 'trace': {
      const row = habit.rows[actor.count];
      return row === undefined ? null : (habit.trace.times[row]! - habit.start) / habit.speed;
    }
    case 'burst': {
      habit.used += world.streams.exponential(actor.stream);
      const at = habit.start + rampedTime(habit.used, habit.perHour, habit.ramp);
      return at < habit.end ? at : null;
    }
    case 'campaign':
      return actor.count < habit.size ? habit.start + actor.count * habit.gap : null;
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
    source: actor.tenant,
    nullSender: false,
    urgent: false,
    signedUp: actor.account.tenant.since,
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
    case 'office': {
      const many = recipientCount(world, actor, number, habit.meanRecipients);
      const first = slipped(world, actor, number, 0, contact(world, actor, habit, number, 0));
      if (many === 1) return [first];
      const keys = [first];
      for (let copy = 1; copy < many; copy += 1) {
        keys.push(slipped(world, actor, number, copy, contact(world, actor, habit, number, copy)));
      }
      return keys;
    }
    case 'newsletter':
      return [slipped(world, actor, number, 0, world.addresses.key(actor.space, number % habit.size))];
    case 'trace': {
      const row = habit.rows[number]!;
      const keys: AddressKey[] = [];
      const first = habit.trace.starts[row]!;
      for (let index = first; index < habit.trace.starts[row + 1]!; index += 1) {
        const key = world.addresses.key(actor.space, habit.trace.to[index]!);
        keys.push(slipped(world, actor, number, index - first, key));
      }
      return keys;
    }
    case 'burst':
    case 'campaign':
      return [world.addresses.key(actor.space, number)];
    default:
      return habit satisfies never;
  }
};

/** One recipient and a geometric number more, so that the mean is as planned. */
const recipientCount = (world: World, actor: Actor, number: number, mean: number): number => {
  if (mean === 1) return 1;
  const drawn = world.luck.draw(actor.id, number, purpose.recipients);
  return 1 + Math.floor(Math.log(1 - drawn) / Math.log(1 - 1 / mean));
};

/** Someone from the address book (log-uniform rank, Zipf's law with exponent 1), or somebody new. */
const contact = (
  world: World, actor: Actor, habit: OfficeHabit, number: number, copy: number,
): AddressKey => {
  if (world.luck.draw(actor.id, number, purpose.newcomer, copy) < habit.newcomers) {
    actor.newcomers += 1;
    return world.addresses.key(actor.space, habit.book + actor.newcomers);
  }
  const drawn = world.luck.draw(actor.id, number, purpose.rank, copy);
  return world.addresses.key(actor.space, Math.floor(Math.exp(drawn * habit.lnBook)) - 1);
};

/**
 * Now and then even honest mail goes to an address that is mistyped, gone, full or a trap, in its list's
 * proportions.
 */
const slipped = (world: World, actor: Actor, number: number, copy: number, meant: AddressKey): AddressKey =>
  world.luck.draw(actor.id, number, purpose.slip, copy) < world.addresses.slipShare(actor.slips)
    ? world.addresses.key(actor.slips, number * 64 + (copy % 64))
    : meant;

/** Milliseconds between messages at a pace an hour. */
export const gapAt = (perHour: number): number => hourMs / perHour;
