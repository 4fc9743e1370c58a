// People who report a message to a register instead of pressing a button: few, and only while the message is
// fresh.

import { type AddressKey, milliseconds } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import { readingTime } from '../reading-time.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';
import { paramsOf } from './params.ts';

/**
 * Recipients who report spam that reached their inbox: "fewer than 1 in 10,000" of wide spam runs
 * (signals.json, arf-complaint, reportRatePureSpam). That those are the people who go to a register's site is
 * an assumption.
 */
const reporters = 0.0001;

/** A copy that nobody asked for lies in a person's inbox: one in ten thousand reports it. */
export const personReports = (
  world: World, envelope: Envelope, _receiver: Receiver, key: AddressKey,
): void => {
  const { luck, number, actor } = envelope.message;
  const copy = world.addresses.lotOf(key) | 0;
  if (world.luck.draw(luck, number, purpose.personReport, copy) >= reporters) return;
  const one = world.luck.draw(luck, number, purpose.reportDelay, copy);
  const two = world.luck.draw(luck, number, purpose.reportDelayTwin, copy);
  const delay = milliseconds(Math.round(readingTime(one, two)));
  const evidence = { kind: 'report', byCulprit: actor.culprit !== null } as const;
  for (const register of world.registers) {
    const { maxReportAgeS } = paramsOf(register.preset);
    // A register that takes reports takes none of mail older than this (SpamCop: 48 h).
    if (maxReportAgeS === undefined || delay > maxReportAgeS * 1_000) continue;
    world.agenda.after(delay, { kind: 'evidence', register, address: envelope.address, evidence }, 0);
  }
};
