// People who press the button, and those who write to abuse@. Whether a copy draws a complaint is luck of the
// message; when, is when people read. The receiver holds it against address and domain at once; the platform
// hears of it only where the receiver has a complaint loop that reports single messages.

import { type AddressKey, milliseconds } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import { countDay, dayColumn } from '../measures/day-tally.ts';
import { delayOf, drawDelay } from '../platform/delays.ts';
import type { EventOf } from '../events.ts';
import type { Truth } from '../senders/cast.ts';
import type { Message } from '../platform/message.ts';
import { purpose } from '../purposes.ts';
import { readingTime } from '../reading-time.ts';
import { handlingTime, hasLoop } from './loops.ts';
import type { Receiver } from './receiver.ts';
import { age, darken, domainOf } from './reputation.ts';
import type { World } from '../world.ts';

/**
 * Complaints per copy in an inbox; what lies in the junk folder draws none. Wanted: 1 in 5,000 to 3,000
 * messages (calibration.json, "Legit list rates"). Unwanted and abusive: assumed; signals.json has fewer than
 * 1 in 10,000 for bulk spam that filters mostly hide, but of what reaches the inbox Gmail's own ceiling for
 * any sender is 0.3 %.
 */
export const complaintShare: Record<Truth, number> = {
  wanted: 0.0002, feigned: 0.0002, unwanted: 0.004, abusive: 0.002,
};

/** Nobody complains of what lay unread for two weeks. */
const longestMs = 14 * 86_400_000;

/** A copy lies in a person's inbox: it may draw a complaint. */
export const complain = (world: World, envelope: Envelope, receiver: Receiver, key: AddressKey): void => {
  if (!receiver.manner.judges && !hasLoop(receiver.preset)) return;
  const { actor, nature, number, domain, since: sent } = envelope.message;
  const copy = world.addresses.lotOf(key) | 0;
  if (world.luck.draw(actor.id, number, purpose.complaint, copy) >= complaintShare[nature]) return;
  const one = world.luck.draw(actor.id, number, purpose.complaintDelay, copy);
  const two = world.luck.draw(actor.id, number, purpose.complaintDelayTwin, copy);
  const delay = Math.min(longestMs, readingTime(one, two));
  world.agenda.after(milliseconds(Math.round(delay)), {
    kind: 'button', account: actor.account, receiver: receiver.id, address: envelope.address, domain,
    sent, taken: world.agenda.now,
  });
};

/** Somebody has read a message and pressed the button. */
export const pressButton = (world: World, event: EventOf<'button'>): void => {
  const receiver = world.receivers[event.receiver]!;
  const { account, sent, taken } = event;
  countDay(world, event.address, dayColumn.complaints);
  if (receiver.manner.judges) {
    const hour = Math.floor(world.agenda.now / 3_600_000);
    const reputation = receiver.reputations[event.address]!;
    if (reputation.hour !== hour) age(receiver, reputation, hour);
    reputation.complaints += 1;
    darken(world, receiver, reputation, event.address);
    if (event.domain >= 0) {
      const known = domainOf(receiver, event.domain, hour);
      known.complaints += 1;
      darken(world, receiver, known, -1);
    }
  }
  if (!hasLoop(receiver.preset)) return;
  const handling = handlingTime(receiver.preset, world.agenda.now);
  world.agenda.after(handling, { kind: 'complaint', account, receiver: receiver.id, sent, taken });
};

/** People who write to abuse@ by hand, of those who got unwanted mail: 1 in 25,000 copies, an assumption. */
const writtenShare = 0.00004;
const writingDelay = delayOf('abuse-desk-mail');

/** A copy that nobody asked for lies in an inbox: its reader may sit down and write to our abuse desk. */
export const writeToDesk = (world: World, { actor, number, since: sent }: Message, key: AddressKey): void => {
  const copy = world.addresses.lotOf(key) | 0;
  if (world.luck.draw(actor.id, number, purpose.abuseMail, copy) >= writtenShare) return;
  const one = world.luck.draw(actor.id, number, purpose.abuseMailDelay, copy);
  const two = world.luck.draw(actor.id, number, purpose.abuseMailDelay, ~copy);
  const mail = { kind: 'abuse-report', account: actor.account, sent } as const;
  world.agenda.after(drawDelay(writingDelay, one, two), { kind: 'desk-mail', mail });
};
