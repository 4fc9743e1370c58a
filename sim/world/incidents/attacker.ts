// What an attacker does once he is refused: keeps trying, stops, pauses, or moves to another account. He
// notices late, and only where what he sends comes back: mail that is held or slowed tells him nothing.

import { type Milliseconds, milliseconds, minutes } from '../../../policy/index.ts';
import { exponentialFrom } from '../../samplers.ts';
import { luckNumber } from '../luck-number.ts';
import { tell } from '../measures/tally.ts';
import type { Message } from '../platform/message.ts';
import { loginSeen } from '../platform/signals.ts';
import { purpose } from '../purposes.ts';
import { type Account, type Actor, type Cause, tenantName } from '../senders/cast.ts';
import { type AttackHabit, makeAttack, type Texts } from '../senders/habits/attack.ts';
import { noteRefused } from '../senders/habits/campaign.ts';
import type { World } from '../world.ts';
import { accuse, choose, type CulpritPlan, incidentName, speak, type Voice } from './culprits.ts';

/** Whoever is behind an incident, and what he has left. */
export interface Attacker {
  readonly index: number;
  readonly cause: Cause;
  readonly whenBlocked: 'keep' | 'stop' | 'pause' | 'move';
  readonly pause: Milliseconds;
  /** Mean time from the first refusal until he looks. */
  readonly noticesAfter: Milliseconds;
  /** Accounts that he holds and does not use yet, in the order he will take them. */
  readonly held: Account[];
  /** He logs in with a stolen password. */
  readonly logsIn: boolean;
  /** He signs up anew as whoever he moves to. */
  readonly signsUp: boolean;
  readonly source: 'tenant' | 'stranger';
  readonly texts: Texts;
  readonly voices: Actor[];
  /** Voices given so far, the number of the next one; and times that he looked. */
  serial: number;
  looks: number;
}

/** How long a person at work takes to see that his mail comes back; an assumption. */
export const personNotices = minutes(30);
/** How long malware tries one account before it takes the next; an assumption. */
export const malwareNotices = minutes(5);

/** Accounts beyond the first that somebody who moves on holds; an assumption. */
const mostMoves = 3;
/** Who looks finds himself refused where at least this share of what he sent since came back. */
const refusedShare = 0.5;

type Acting = Extract<CulpritPlan, { readonly whenBlocked: unknown }>;
type Ways = Pick<Attacker, 'cause' | 'noticesAfter' | 'logsIn' | 'signsUp' | 'source'>;

export const makeAttacker = (
  world: World, incident: Acting, index: number, ways: Ways, held: Account[],
): Attacker => {
  const { whenBlocked, pause } = incident;
  const texts = { luck: luckNumber('texts', incidentName(world, index)), since: world.agenda.now };
  return { ...ways, index, whenBlocked, pause, held, texts, voices: [], serial: 0, looks: 0 };
};

/**
 * What somebody who moves on may hold beside the accounts he uses: the others of the tenant first, then some
 * of other tenants in the group, each taken by the luck of the seed.
 */
export const spareAccounts = (
  world: World, incident: Acting, index: number, used: readonly Account[],
): Account[] => {
  if (incident.whenBlocked !== 'move') return [];
  const { tenant } = used[0]!;
  const name = `${incidentName(world, index)} spare`;
  const others = choose(world, tenant.group, name, mostMoves + used.length)
    .filter((one) => one.culprit === null && !used.some((account) => account.tenant === one))
    .map((one) => one.accounts[0]!);
  const own = tenant.accounts.filter((account) => !used.includes(account));
  return [...own, ...others].slice(0, mostMoves);
};

/** Gives an attacker a voice. */
export const attack = (
  world: World,
  attacker: Attacker,
  habit: Pick<AttackHabit, 'start' | 'end' | 'perHour'> & Partial<AttackHabit>,
  voice: Pick<Voice, 'account' | 'culprit' | 'truth' | 'list'>,
): void => {
  const { serial } = attacker;
  attacker.serial += 1;
  // The same man from the same place, whichever account he uses.
  const source = attacker.source === 'tenant' ? {} : { source: strangerPlace(world, attacker.index) };
  // While he warms up he writes as people do, each time something else.
  const own = voice.culprit === null ? {} : { attacker, texts: attacker.texts };
  const whole = makeAttack({ ...habit, ...own });
  const actor = speak(world, attacker.index, serial, { ...voice, ...source, habit: whole });
  if (voice.culprit !== null) attacker.voices.push(actor);
  if (attacker.logsIn && voice.culprit !== null) loginSeen(world, voice.account);
};

/** The address a stranger submits from: no tenant's router. */
const strangerPlace = (world: World, index: number): number =>
  2 ** 32 + luckNumber('source', incidentName(world, index));

/** The policy has refused a message: a list is cleaned of no bounce then, and an attacker may notice. */
export const noticeRefusal = (world: World, message: Pick<Message, 'actor' | 'number'>): void => {
  const { habit } = message.actor;
  if (habit.kind === 'campaign') noteRefused(message.actor, habit, message.number);
  if (habit.kind !== 'attack' || habit.attacker === null) return;
  habit.refused += 1;
  const { attacker } = habit;
  if (attacker.whenBlocked === 'keep' || habit.refusedFrom !== -1 || message.actor.silent) return;
  habit.refusedFrom = message.number;
  habit.refused = 1;
  const drawn = world.luck.draw(message.actor.id, attacker.looks, purpose.attackerNotices);
  attacker.looks += 1;
  const delay = milliseconds(Math.round(attacker.noticesAfter * exponentialFrom(drawn)));
  world.agenda.after(delay, { kind: 'attacker', index: attacker.index, account: message.actor.account });
};

/** An attacker looks at an account that was refused, in the incident of this number, and acts on it. */
export const react = (world: World, index: number, account: Account): void => {
  for (const actor of world.actors) {
    const { habit } = actor;
    if (actor.account !== account || habit.kind !== 'attack' || habit.attacker?.index !== index) continue;
    if (habit.refusedFrom === -1) continue;
    const sent = actor.count - habit.refusedFrom;
    const isBlocked = habit.refused >= refusedShare * sent;
    habit.refusedFrom = -1;
    if (isBlocked) act(world, actor, habit, habit.attacker);
  }
};

const act = (world: World, actor: Actor, habit: AttackHabit, attacker: Attacker): void => {
  const now = world.agenda.now;
  const name = tenantName(actor.account.tenant);
  // Who was locked out meanwhile has nothing to give up, but may hold another account.
  if (actor.silent && attacker.whenBlocked !== 'move') return;
  switch (attacker.whenBlocked) {
    case 'keep':
      return;
    case 'stop':
      leave(actor, habit);
      return tell(world, 'tenant', name, `whoever abused ${name} gives up`);
    case 'pause':
      habit.quietUntil = now + attacker.pause;
      return tell(world, 'tenant', name, `whoever abuses ${name} pauses`);
    case 'move':
      return moveOn(world, actor, habit, attacker);
    default:
      return attacker.whenBlocked satisfies never;
  }
};

/** He is through with an account by himself: nobody who removes the cause later cuts him off. */
const leave = (actor: Actor, habit: AttackHabit): void => {
  if (actor.silent) return;
  actor.silent = true;
  habit.quietUntil = Number.POSITIVE_INFINITY;
};

/** He leaves the account for the next one he holds that is not lost to him; where none is left, he stays. */
const moveOn = (world: World, actor: Actor, habit: AttackHabit, attacker: Attacker): void => {
  const { held } = attacker;
  const next = held.find(({ tenant }) => !(tenant.culprit?.over ?? false) && isHis(tenant.culprit, attacker));
  held.splice(0, next === undefined ? held.length : held.indexOf(next) + 1);
  if (next === undefined) return;
  const now = world.agenda.now;
  const own = actor.culprit!;
  leave(actor, habit);
  const culprit = next.tenant.culprit ?? accuse(world, next, attacker.cause, now);
  if (!culprit.accounts.includes(next)) culprit.accounts.push(next);
  if (attacker.signsUp && next.tenant !== own.tenant) next.tenant.since = now;
  const { end, perHour, ramp, evenly, spells } = habit;
  const incident = world.plan.incidents[attacker.index] as Acting;
  attack(world, attacker, { start: now, end, perHour, ramp, evenly, spells }, {
    account: next, culprit, truth: actor.truth, list: incident.list,
  });
  const name = tenantName(next.tenant);
  tell(world, 'tenant', name, `whoever abused ${tenantName(own.tenant)} moves on to ${name}`);
};

/** Another's culprit is not his: an account that somebody else abuses too would have two stories. */
const isHis = (culprit: Account['tenant']['culprit'], { voices }: Attacker): boolean =>
  culprit === null || voices.some((voice) => voice.culprit === culprit);
