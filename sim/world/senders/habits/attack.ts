// Mail sent by machine through an account: a thief's, a hole in a web site's, a spammer's, an
// autoresponder's. It is written while work goes on; work has spells and rests, and stands still while an
// attacker pauses.

import type { Milliseconds } from '../../../../policy/index.ts';
import type { Attacker } from '../../incidents/attacker.ts';
import type { World } from '../../world.ts';
import type { Actor } from '../cast.ts';
import { rampedTime } from '../rhythm.ts';

/** Spells of work and the rests between them, in milliseconds; `drawn`: exponential, with these as means. */
export interface Spells {
  readonly work: number;
  readonly rest: number;
  readonly drawn: boolean;
}

/** What whoever is behind an attack writes, by whichever account: something new from time to time. */
export interface Texts {
  /** What their luck goes by. */
  readonly luck: number;
  readonly since: Milliseconds;
}

export interface AttackHabit {
  readonly kind: 'attack';
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  /** Rate while at work, reached after `ramp`. */
  readonly perHour: number;
  readonly ramp: Milliseconds;
  /** Messages go out a little unevenly spaced, instead of by chance. */
  readonly evenly: boolean;
  readonly spells: Spells | null;
  /** Who acts on refusals; null where nobody does. */
  readonly attacker: Attacker | null;
  /** What he writes; null where each message is one of its kind. */
  readonly texts: Texts | null;
  /** Expected messages so far; the time worked at which the present spell ends; all rests up to now. */
  used: number;
  workUntil: number;
  rested: number;
  /** He pauses until then. */
  quietUntil: number;
  /**
   * Messages refused since he last had a reason to look, and the number of the first of them; -1 for
   * none.
   */
  refused: number;
  refusedFrom: number;
}

export const makeAttack = (
  given: Pick<AttackHabit, 'start' | 'end' | 'perHour'> & Partial<AttackHabit>,
): AttackHabit => {
  const { start, end, perHour, ramp, evenly, spells = null, attacker = null, texts = null } = given;
  return {
    kind: 'attack', start, end, perHour,
    ramp: ramp ?? (0 as Milliseconds),
    evenly: evenly ?? false,
    spells,
    attacker,
    texts,
    used: 0,
    workUntil: spells === null ? Number.POSITIVE_INFINITY : spells.drawn ? 0 : spells.work,
    rested: 0,
    quietUntil: -1,
    refused: 0,
    refusedFrom: -1,
  };
};

export const nextAttack = (world: World, actor: Actor, habit: AttackHabit): number | null => {
  const { streams } = world;
  habit.used += habit.evenly ? 0.5 + streams.next(actor.stream) : streams.exponential(actor.stream);
  const worked = rampedTime(habit.used, habit.perHour, habit.ramp);
  while (worked >= habit.workUntil) nextSpell(world, actor, habit, habit.spells!);
  const at = habit.start + worked + habit.rested;
  return at < habit.end ? at : null;
};

const nextSpell = (world: World, actor: Actor, habit: AttackHabit, { work, rest, drawn }: Spells): void => {
  const { streams } = world;
  // The first spell of a drawn row begins with the attack.
  if (habit.workUntil > 0) habit.rested += drawn ? rest * streams.exponential(actor.stream) : rest;
  habit.workUntil += drawn ? work * streams.exponential(actor.stream) : work;
};

/** While he pauses nothing is written: the message that was due comes when he is back. */
export const isPaused = (world: World, habit: AttackHabit): boolean => habit.quietUntil > world.agenda.now;

export const postpone = (world: World, habit: AttackHabit): Milliseconds => {
  const wait = (habit.quietUntil - world.agenda.now) as Milliseconds;
  habit.rested += wait;
  return wait;
};
