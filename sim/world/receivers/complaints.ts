// People who press the button. Whether a copy draws a complaint is luck of the message; when, is when people
// read; the platform hears of it only where the receiver has a complaint loop that reports single messages.

import { type AddressKey, milliseconds } from '../../../policy/index.ts';
import type { Truth } from '../senders/cast.ts';
import type { Message } from '../platform/message.ts';
import { purpose } from '../purposes.ts';
import type { Receiver } from './receiver.ts';
import type { World } from '../world.ts';

/**
 * Complaints per copy in a mailbox. Wanted: 1 in 5,000 to 3,000 messages (calibration.json, "Legit list
 * rates"). Unwanted and abusive: assumed; signals.json has fewer than 1 in 10,000 for bulk spam that filters
 * mostly hide, but mail from a good address reaches the inbox, where Gmail's own ceiling for any sender is
 * 0.3 %.
 */
const complaintShare: Record<Truth, number> = {
  wanted: 0.0002, feigned: 0.0002, unwanted: 0.004, abusive: 0.002,
};

/**
 * Reading times: lognormal with median 5.92 h and sigma 2.26 (calibration.json, fitted to 5.5e9 opens of
 * 2019-20).
 */
const medianReadingMs = 5.92 * 3_600_000;
const sigma = 2.26;
const longestMs = 14 * 86_400_000;

export const complain = (world: World, message: Message, receiver: Receiver, key: AddressKey): void => {
  if (receiver.preset.fbl?.perMessage !== true) return;
  const { actor, number } = message;
  const copy = key | 0;
  if (world.luck.draw(actor.id, number, purpose.complaint, copy) >= complaintShare[actor.truth]) return;
  const one = world.luck.draw(actor.id, number, purpose.complaintDelay, copy);
  const two = world.luck.draw(actor.id, number, purpose.complaintDelayTwin, copy);
  const delay = Math.min(longestMs, medianReadingMs * Math.exp(sigma * normal(one, two)));
  const { account } = actor;
  world.agenda.after(milliseconds(Math.round(delay)), { kind: 'complaint', account, receiver: receiver.id });
};

/** A standard normal deviate from two uniform ones (Box and Muller 1958). */
export const normal = (one: number, two: number): number =>
  Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * two);
