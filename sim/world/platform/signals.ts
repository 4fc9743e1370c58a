// How what happens becomes what the platform knows: each signal after its delay and with no more attribution
// than it has (signals.json). What receivers tell by the day is in telemetry.ts.

import {
  type Milliseconds, milliseconds, type Reply, type Signal,
} from '../../../policy/index.ts';
import { noteSignal } from '../desk/notes.ts';
import { noteBounce } from '../desk/signs.ts';
import type { EventOf } from '../events.ts';
import { purpose } from '../purposes.ts';
import type { TrapKind } from '../senders/addresses.ts';
import type { Account } from '../senders/cast.ts';
import { roundOf } from '../senders/habits/campaign.ts';
import type { World } from '../world.ts';
import { type Delay, delayOf, delayThrough, drawDelay } from './delays.ts';
import type { Message } from './message.ts';
import type { Envelope } from './outbound.ts';
import { tellTelemetry } from './telemetry.ts';

/** The policy learns it after a delay. */
export const learnLater = (world: World, signal: Signal, delay: Milliseconds): void => {
  world.agenda.after(delay, { kind: 'signal', signal });
};

/** A signal has taken its time: the policy learns it, and the desk has it on record. */
export const learnNow = (world: World, signal: Signal): void => {
  world.engine.learn(signal, world.agenda.now);
  noteSignal(world, signal);
};

/** A delay by the luck of whoever it is about. */
const delayFor = (world: World, delay: Delay, actor: number, number: number, why: number): Milliseconds =>
  drawDelay(delay, world.luck.draw(actor, number, why, 0), world.luck.draw(actor, number, why, 1));

const scanDelay = delayOf('content-verdict');

/**
 * Our own scan of a message that was let in: the policy hears of it only where it says spam, since all the
 * rest is no news. Deferred and refused mail is not scanned, for its content was never sent.
 */
export const scan = (world: World, message: Message): void => {
  const { actor, number, nature, submission } = message;
  const { contentCaught, contentWrong } = world.plan.signals;
  const share = nature === 'abusive' ? contentCaught : contentWrong;
  if (scanDraw(world, message) >= share) return;
  const { tenant, account } = submission;
  const delay = delayFor(world, scanDelay, actor.id, number, purpose.scanDelay);
  learnLater(world, { kind: 'scanned', tenant, account, spam: true, sent: world.agenda.now }, delay);
};

/**
 * The draw that decides. Most of what says the same fares the same: a filter knows a text, or it does not.
 * What is left differs in a word, a link or a header, and each message of that is judged by itself.
 */
const scanDraw = ({ luck, plan }: World, { actor, number, since }: Message): number => {
  const { habit } = actor;
  const { contentByText, newText } = plan.signals;
  const texts = habit.kind === 'campaign' ? { luck: actor.id, number: roundOf(number) }
    : habit.kind === 'attack' && habit.texts !== null
      ? { luck: habit.texts.luck, number: Math.floor((since - habit.texts.since) / newText) }
    : null;
  if (texts === null || luck.draw(actor.id, number, purpose.scanAlike) >= contentByText)
    return luck.draw(actor.id, number, purpose.scan);
  return luck.draw(texts.luck, texts.number, purpose.scanText);
};

const loginDelay = delayOf('auth-anomaly');

/** A thief logs in. Whether that shows as a login from a new place is luck of the account. */
export const loginSeen = (world: World, account: Account): void => {
  if (world.luck.draw(account.luck, 0, purpose.login) >= world.plan.signals.loginSeen) return;
  logIn(world, account, delayFor(world, loginDelay, account.luck, 0, purpose.loginDelay));
};

const logIn = (world: World, { id, tenant }: Account, delay: Milliseconds): void =>
  learnLater(world, { kind: 'login', tenant: tenant.id, account: id, newPlace: true, failed: false }, delay);

/**
 * Share of accounts that log in from a new place on a day, being on a journey or having a new telephone:
 * about once a year each. An assumption, and the reason why such a login proves nothing.
 */
const journeys = 0.003;

const dayMs = 86_400_000;

/** Midnight UTC: the journeys of the day that begins, and the telemetry of the day that is over. */
export const newDay = (world: World): void => {
  world.agenda.after(milliseconds(dayMs), { kind: 'day' }, 0);
  const day = Math.round((world.agenda.now + world.sinceMonday) / dayMs);
  for (const account of world.accounts) {
    const drawn = world.luck.draw(account.luck, day, purpose.newPlace);
    if (drawn < journeys) logIn(world, account, milliseconds(Math.floor((drawn / journeys) * dayMs)));
  }
  tellTelemetry(world, day);
};

/** A trap of our own is read by a job that runs every few minutes; an assumption. */
const ownTrapDelay = delayThrough(60_000, 300_000, 1_800_000);

/** A copy reached a trap, told by its lot. Where it is one of ours, its headers name the account. */
export const seeOwnTrap = (world: World, { message }: Envelope, lot: number, kind: TrapKind): void => {
  if (kind === 'parked' || kind === 'backscatter') return;
  if (world.luck.draw(0, lot, purpose.ownTrap) >= world.plan.signals.ownTraps) return;
  const { tenant, account } = message.submission;
  const delay = delayFor(world, ownTrapDelay, message.luck, message.number, purpose.ownTrapDelay);
  learnLater(world, { kind: 'trapped', tenant, account, sent: world.agenda.now }, delay);
};

/** What a delivery status notification says of an unknown user (RFC 3464), as our bounce reader files it. */
const unknownLater: Reply = Object.freeze({
  code: 550, enhanced: '5.1.1', text: 'reported later by mail', class: 'unknownUser',
});

/** A bounce that came by mail, after the receiver had taken the copy. Its envelope names the account. */
export const hearLateBounce = (world: World, event: EventOf<'late-bounce'>): void => {
  const { tenant, account, pool, receiver, taken: sent } = event;
  noteBounce(world, account, event.sent);
  const reply = unknownLater;
  const signal = {
    kind: 'bounced', tenant, account, pool, address: '', receiver, copies: 1, reply,
    receiverName: world.receivers[receiver]!.name, sent,
  } as const;
  world.engine.learn(signal, world.agenda.now);
};
