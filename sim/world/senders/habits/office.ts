// People at their desks: messages by the rhythm of the working week, to an address book that grows with
// everybody they write to for the first time.

import type { AddressKey } from '../../../../policy/index.ts';
import type { StreamPlan } from '../../../plan/schema.ts';
import { purpose } from '../../purposes.ts';
import type { World } from '../../world.ts';
import type { Actor } from '../cast.ts';
import { officeWeek, type Rhythm } from '../rhythm.ts';
import { slipped } from '../slips.ts';

export interface OfficeHabit {
  readonly kind: 'office';
  readonly rhythm: Rhythm;
  /** Addresses in the book when the run begins; whoever else is written to joins it. */
  readonly book: number;
  readonly newcomers: number;
  readonly meanRecipients: number;
}

export const makeOffice = (stream: Extract<StreamPlan, { kind: 'office' }>): OfficeHabit => ({
  kind: 'office',
  rhythm: officeWeek(stream.perDay, stream.zone),
  book: stream.book,
  newcomers: stream.newcomers,
  meanRecipients: stream.recipients,
});

/** To whom: mostly one person, who gets an array of one place where pushing would reserve seventeen. */
export const officeRecipients = (
  world: World, actor: Actor, habit: OfficeHabit, number: number,
): readonly AddressKey[] => {
  const many = recipientCount(world, actor, number, habit.meanRecipients);
  const first = slipped(world, actor, number, 0, contact(world, actor, habit, number, 0));
  if (many === 1) return [first];
  const keys = [first];
  for (let copy = 1; copy < many; copy += 1) {
    keys.push(slipped(world, actor, number, copy, contact(world, actor, habit, number, copy)));
  }
  return keys;
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
  const known = habit.book + actor.newcomers;
  if (world.luck.draw(actor.id, number, purpose.newcomer, copy) < habit.newcomers) {
    actor.newcomers += 1;
    return world.addresses.key(actor.space, known);
  }
  const drawn = world.luck.draw(actor.id, number, purpose.rank, copy);
  return world.addresses.key(actor.space, Math.floor(Math.exp(drawn * Math.log(known + 1))) - 1);
};
