// What becomes of a copy that a receiver took: it lies in somebody's inbox or junk folder, or in a trap, or
// nobody of that name is there after all; each may have consequences later.

import type { AddressKey } from '../../../policy/index.ts';
import { countDay, dayColumn } from '../measures/day-tally.ts';
import { countJunked } from '../measures/junk-tally.ts';
import { delayOf, drawDelay } from '../platform/delays.ts';
import type { Envelope } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import { personReports } from '../registers/reports.ts';
import { trapReached } from '../registers/traps.ts';
import { isTrap } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import { complain, writeToDesk } from './complaints.ts';
import type { Receiver } from './receiver.ts';

export const arrive = (world: World, envelope: Envelope, receiver: Receiver, key: AddressKey): void => {
  const kind = world.addresses.kindOf(key);
  // A trap is a mailbox that somebody looks through whole, junk folder and all.
  if (isTrap(kind)) {
    countDay(world, envelope.address, dayColumn.traps);
    return trapReached(world, envelope, key, kind);
  }
  if (kind === 'unknown') return sendBack(world, envelope, receiver, key);
  // Nobody reads the junk folder: no complaint, no report, and the loss stays hidden.
  if (receiver.junked !== 'no') return countJunked(world, envelope.message, receiver);
  complain(world, envelope, receiver, key);
  const { nature } = envelope.message;
  if (nature !== 'unwanted' && nature !== 'abusive') return;
  personReports(world, envelope, receiver, key);
  writeToDesk(world, envelope.message, key);
};

const bounceDelay = delayOf('dsn-async');

/** Taken, and found undeliverable later: a bounce comes by mail, if there is a sender to write to. */
const sendBack = (world: World, envelope: Envelope, receiver: Receiver, key: AddressKey): void => {
  const { message, tenant, account, pool } = envelope;
  if (message.domain < 0) return;
  const lot = world.addresses.lotOf(key);
  const one = world.luck.draw(receiver.luck, lot, purpose.lateBounceDelay, 0);
  const two = world.luck.draw(receiver.luck, lot, purpose.lateBounceDelay, 1);
  const delay = drawDelay(bounceDelay, one, two);
  world.agenda.after(delay, {
    kind: 'late-bounce', tenant, account, pool, receiver: receiver.id, sent: message.since,
    taken: world.agenda.now,
  });
};
