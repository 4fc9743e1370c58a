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
  const first = contact(world, actor, habit, number, 0);
  const keys = [slipped(world, actor, number, 0, first)];
  if (many === 1) return keys;
  const named = [first];
  for (let copy = 1; copy < many; copy += 1) {
    const another = notYetNamed(world, actor, habit, contact(world, actor, habit, number, copy), named);
    if (another === null) break;
    named.push(another);
    keys.push(slipped(world, actor, number, copy, another));
  }
  return keys;
};

/** Nobody is named twice in a message, but the next in the book is; null where all of it is named. */
const notYetNamed = (
  world: World, actor: Actor, habit: OfficeHabit, drawn: AddressKey, named: readonly AddressKey[],
): AddressKey | null => {
  if (!named.includes(drawn)) return drawn;
  const known = habit.book + actor.newcomers;
  const from = world.addresses.indexOf(drawn);
  for (let step = 1; step < known; step += 1) {
    const key = world.addresses.key(actor.space, (from + step) % known);
    if (!named.includes(key)) return key;
  }
  return null;
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
