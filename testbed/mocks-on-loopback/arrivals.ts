// What real mail leads to once a receiver has taken it: a trap tells its registers at once, a person presses
// the button hours later. Both count against the address it came from; the simulated platform behind that
// address hears nothing of it, since the mail was not its own.

import { type AddressKey, milliseconds } from '../../policy/index.ts';
import type { Mail, Receiver, Register } from '../../sim/index.ts';
import { purpose } from '../../sim/world/purposes.ts';
import { readingTime } from '../../sim/world/reading-time.ts';
import { complaintShare } from '../../sim/world/receivers/complaints.ts';
import { age, darken, domainOf } from '../../sim/world/receivers/reputation.ts';
import { takeEvidence } from '../../sim/world/registers/register.ts';
import type { TrapEvidence } from '../../sim/world/registers/evidence.ts';
import { countedShare } from '../../sim/world/registers/traps.ts';
import { isTrap, type TrapKind } from '../../sim/world/senders/addresses.ts';
import type { LiveWorld } from './live-world.ts';

/** A copy that a receiver took. */
export interface Arrival {
  readonly receiver: Receiver;
  /** Index of the address it came from. */
  readonly address: number;
  readonly mail: Mail;
  readonly key: AddressKey;
  /** Its reader has said to complain of it. */
  readonly complains: boolean;
}

/** What follows of a copy that was taken just now. */
export const arrive = (live: LiveWorld, arrival: Arrival): void => {
  const { world } = live;
  const kind = world.addresses.kindOf(arrival.key);
  if (isTrap(kind)) return reachTrap(live, arrival, kind);
  if (kind !== 'person' || arrival.receiver.junked !== 'no') return;
  const { mail, key } = arrival;
  const copy = world.addresses.lotOf(key) | 0;
  const drawn = world.luck.draw(mail.luck, mail.number, purpose.complaint, copy);
  if (!arrival.complains && drawn >= complaintShare[mail.nature]) return;
  const one = world.luck.draw(mail.luck, mail.number, purpose.complaintDelay, copy);
  const two = world.luck.draw(mail.luck, mail.number, purpose.complaintDelayTwin, copy);
  const delay = Math.round(Math.min(longestMs, readingTime(one, two)));
  live.after(milliseconds(delay), () => complain(live, arrival));
};

/** Nobody complains of what lay unread for two weeks (sim/world/receivers/complaints.ts). */
const longestMs = 14 * 86_400_000;

/** Somebody has read it and pressed the button. */
const complain = ({ world }: LiveWorld, { receiver, address, mail }: Arrival): void => {
  if (!receiver.manner.judges) return;
  const hour = Math.floor(world.agenda.now / 3_600_000);
  const reputation = receiver.reputations[address]!;
  if (reputation.hour !== hour) age(receiver, reputation, hour);
  reputation.complaints += 1;
  darken(world, receiver, reputation, address);
  if (mail.domain < 0) return;
  const known = domainOf(receiver, mail.domain, hour);
  known.complaints += 1;
  darken(world, receiver, known, -1);
};

const reachTrap = ({ world }: LiveWorld, { address, mail, key }: Arrival, trap: TrapKind): void => {
  const lot = world.addresses.lotOf(key);
  const hit: TrapEvidence = {
    kind: 'trap', trap, byCulprit: false, nullSender: mail.domain < 0, botContent: mail.nature === 'abusive',
  };
  const hears = (register: Register): boolean =>
    register.child === null && register.takes.has(trap) && register.model.takes(world, register, hit) &&
    world.luck.draw(register.luck, lot, purpose.trapSeen) < countedShare(register, trap);
  for (const register of world.registers) {
    if (hears(register)) takeEvidence(world, register, address, false);
    for (const member of register.members)
      if (member.id < 0 && hears(member)) takeEvidence(world, member, address, false);
  }
};
