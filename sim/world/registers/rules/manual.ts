// The SBL: people look at the evidence from time to time and write a record by hand. The owner of the network
// is told at once. Who lets it lie sees the record spread to his range, and then to all he has.

import { milliseconds } from '../../../../policy/index.ts';
import { purpose } from '../../purposes.ts';
import type { World } from '../../world.ts';
import { countSince } from '../dossier.ts';
import { plain, type RuleModel, several } from '../model.ts';
import { sendNotice } from '../notices.ts';
import { paramsOf } from '../params.ts';
import { inSameRange, ipNumber } from '../ranges.ts';
import { decide, type Register } from '../register.ts';

const dayMs = 86_400_000;

/**
 * How long the owner has after a notice before the record spreads: "ignored for long" (SBL policy); a week is
 * an assumption.
 */
const patienceMs = 7 * dayMs;

/** The codes of SBL and DROP: the latter comes in addition, for networks that are given up on. */
const dropCode = '127.0.0.9';

/** Has the address looked at tomorrow; for the first time, after the least time to a listing. */
const lookLater = (world: World, register: Register, address: number, delay: number): void => {
  world.agenda.after(milliseconds(delay), { kind: 'register-look', register, address }, 0);
};

const reason = (world: World, { rule, dossiers }: Register, address: number): string | null => {
  const hits = countSince(dossiers[address]!.hits, world.agenda.now - rule.window);
  return hits >= rule.threshold ? `record written for ${several(hits, 'trap hit')}` : null;
};

/** On a day of 1 in 1 / pReviewPerDay somebody opens the case. */
const look = (world: World, register: Register, address: number): void => {
  const { now } = world.agenda;
  const dossier = register.dossiers[address]!;
  if (!dossier.decided && countSince(dossier.hits, now - register.rule.window) === 0) {
    dossier.reviewed = false;
    return;
  }
  dossier.reviews += 1;
  const drawn = world.luck.draw(register.luck, dossier.reviews, purpose.review, world.ipLuck[address]!);
  if (drawn < paramsOf(register.preset).pReviewPerDay!) review(world, register, address);
  lookLater(world, register, address, dayMs);
};

const review = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  const why = reason(world, register, address);
  if (!dossier.decided) {
    if (why !== null && !dossier.pending) decide(world, register, address, true, why);
    return;
  }
  const goesOn = dossier.lastHit > dossier.listedAt + patienceMs;
  if (goesOn && dossier.escalated < 2) escalate(world, register, address);
};

/** Notices were ignored, or a claim of having fixed it was false: the record takes in more. */
export const escalate = (world: World, register: Register, address: number): void => {
  const step = register.dossiers[address]!.escalated + 1;
  const ours = ipNumber(world.ips[address]!);
  for (const [other, dossier] of register.dossiers.entries()) {
    if (step < 2 && !inSameRange(ours, ipNumber(world.ips[other]!), 24)) continue;
    dossier.escalated = Math.max(dossier.escalated, step);
    decide(world, register, other, true, `the record spreads: ${world.ips[address]!} was not dealt with`);
  }
};

export const manual: RuleModel = {
  ...plain,
  reason: () => null,
  noted: (world, register, address) => {
    const dossier = register.dossiers[address]!;
    if (dossier.reviewed) return;
    dossier.reviewed = true;
    lookLater(world, register, address, register.decides);
  },
  look,
  listed: sendNotice,
  codes: (_world, register, address) =>
    register.dossiers[address]!.escalated < 2 ? register.codes : [...register.codes, dropCode],
};

