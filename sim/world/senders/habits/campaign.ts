// A mailing list, mailed in rounds: a newsletter's campaigns, or a careless sender's one or few. The list
// ages (addresses.ts), grows by those who subscribe, and may hold addresses twice. Who cleans up leaves out
// what bounced hard before; nothing is remembered for that but how much of each round went out.

import type { AddressKey, Milliseconds } from '../../../../policy/index.ts';
import { purpose } from '../../purposes.ts';
import type { World } from '../../world.ts';
import type { Actor, Truth } from '../cast.ts';

export interface CampaignHabit {
  readonly kind: 'campaign';
  /** Start of the first round. */
  readonly first: Milliseconds;
  readonly every: number;
  readonly rounds: number;
  /** Addresses on the list when it is first mailed, and how many of these are on it a second time. */
  readonly size: number;
  readonly doubled: number;
  /** Milliseconds from one message to the next. */
  readonly gap: number;
  readonly cleans: boolean;
  /** Its people asked for it, though maybe not twice. */
  readonly asked: boolean;
  /** The round under way: its start, its entries, and how many of them were mailed and how many refused. */
  started: number;
  entries: number;
  mailed: number;
  refused: number;
  /** Share of each round before it that went out, so that its bounces came back. */
  readonly heard: number[];
}

/** A message's number is its round times this, and its place on the list: cleaning moves nobody's luck. */
const roundSize = 268_435_456;

export const makeCampaign = (
  given: Pick<CampaignHabit, 'first' | 'every' | 'rounds' | 'size' | 'gap' | 'cleans'> & {
    readonly duplicates: number;
    readonly asked?: boolean;
  },
): CampaignHabit => {
  const { first, every, rounds, size, gap, cleans, duplicates, asked = false } = given;
  const doubled = Math.round(size * duplicates);
  return {
    kind: 'campaign', first, every, rounds, size, doubled, gap, cleans, asked,
    started: first, entries: size + doubled, mailed: 0, refused: 0, heard: [],
  };
};

/** When the next entry is mailed that is not left out; makes its number the actor's next. */
export const nextEntry = (world: World, actor: Actor, habit: CampaignHabit): number | null => {
  let round = roundOf(actor.count);
  let place = actor.count - round * roundSize;
  for (;;) {
    if (place >= habit.entries) {
      // A list of nobody but dead addresses would else look for one for ever.
      if (round + 1 >= habit.rounds || (habit.mailed === 0 && round > 0)) return null;
      beginRound(world, actor, habit, round);
      round += 1;
      place = 0;
    } else if (isLeftOut(world, actor, habit, round, place)) {
      place += 1;
    } else {
      actor.count = round * roundSize + place;
      const at = habit.started + habit.mailed * habit.gap;
      habit.mailed += 1;
      return at;
    }
  }
};

/** Entries of the list when a round of it is due. */
const entriesAt = (
  world: World, actor: Actor, { every, size, doubled }: CampaignHabit, round: number,
): number => size + doubled + Math.floor(world.addresses.joinedBy(actor.space, round * every));

const beginRound = (world: World, actor: Actor, habit: CampaignHabit, last: number): void => {
  habit.heard.push(habit.mailed === 0 ? 1 : 1 - habit.refused / habit.mailed);
  const due = habit.first + (last + 1) * habit.every;
  habit.started = Math.max(due, habit.started + habit.mailed * habit.gap);
  habit.entries = entriesAt(world, actor, habit, last + 1);
  habit.mailed = 0;
  habit.refused = 0;
};

/**
 * The policy has refused a message for good: its address will not bounce. One that was put off until a later
 * round had begun is not counted; it would be that round's.
 */
export const noteRefused = (actor: Actor, habit: CampaignHabit, number: number): void => {
  if (roundOf(number) === roundOf(actor.count)) habit.refused += 1;
};

/** Whoever asked for a list expects it once a week or less; what comes sooner annoys. An assumption. */
const usualMs = 604_800_000;

/** The round of a message: each has a text of its own. */
export const roundOf = (number: number): number => Math.floor(number / roundSize);

/** What a careless campaign's message is to its reader: the first copy of a list he asked for is wanted. */
export const natureOf = (habit: CampaignHabit, number: number): Truth => {
  const round = roundOf(number);
  const place = number - round * roundSize;
  const isDouble = place >= habit.size && place < habit.size + habit.doubled;
  const isSoon = round > 0 && habit.every < usualMs;
  return habit.asked && !isDouble && !isSoon ? 'wanted' : 'unwanted';
};

/** The place on the list to its address: the list, those on it twice, then those who subscribed. */
const indexAt = ({ size, doubled }: CampaignHabit, place: number): number => {
  if (place < size) return place;
  if (place >= size + doubled) return place - doubled;
  return Math.floor(((place - size) * size) / doubled);
};

export const entryAt = (world: World, actor: Actor, habit: CampaignHabit, number: number): AddressKey =>
  world.addresses.key(actor.space, indexAt(habit, number % roundSize));

/**
 * Whether an address bounced hard in a round before, and the sender heard of it: what was never sent does not
 * bounce. An address that is somebody's now never bounced, as nobody comes back to a dead one.
 */
const isLeftOut = (
  world: World, actor: Actor, habit: CampaignHabit, round: number, place: number,
): boolean => {
  if (!habit.cleans || round === 0) return false;
  const key = entryAt(world, actor, habit, place);
  const dead = world.addresses.deadFrom(key);
  if (dead === null) return false;
  for (let before = round - 1; before >= 0; before -= 1) {
    // Who subscribed later was not mailed in that round, nor in any before it.
    if (place >= entriesAt(world, actor, habit, before)) return false;
    const mailedAt = habit.first + before * habit.every + place * habit.gap;
    if (mailedAt < dead) return false;
    if (world.addresses.kindAt(key, mailedAt) !== 'unknown') continue;
    const heard = habit.heard[before]!;
    if (heard === 1 || world.luck.draw(actor.id, place, purpose.bounceHeard, before) < heard) return true;
  }
  return false;
};
