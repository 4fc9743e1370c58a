// How long one person at the desk works on a case of each kind: a mean, and where the plan spreads it, a
// lognormal draw about that mean, as times of service are found to be (Brown et al. 2005, callers of a bank).

import { normal } from '../normal.ts';
import { purpose } from '../purposes.ts';
import { isListedForItself } from '../registers/rules/policy.ts';
import type { World } from '../world.ts';
import type { Case } from './caseload.ts';

const dayMs = 86_400_000;

/** Minutes to read one held message; an assumption. */
const readingMs = 2 * 60_000;
/** Of an account's held messages so many are read, and the rest goes their way; an assumption. */
const mostRead = 5;
/** To answer a ticket, to file what a report says, or to look at what an alert names; an assumption. */
const answeringMs = 10 * 60_000;

/** Working time that a case takes, in milliseconds; the luck is that of the how-manyth about its subject. */
export const workingTime = (world: World, work: Case): number => {
  const spread = world.plan.desk.workSpread;
  const mean = meanTime(world, work);
  // Held mail is read message by message, and each takes as long.
  if (spread === 0 || work.kind === 'held') return mean;
  const subject = 'account' in work ? work.account.luck : world.ipLuck[work.address]!;
  const { begun } = world.desk;
  const number = begun.get(subject) ?? 0;
  begun.set(subject, number + 1);
  const one = world.luck.draw(subject, number, purpose.work);
  const two = world.luck.draw(subject, number, purpose.workTwin);
  return Math.round(mean * Math.exp(spread * normal(one, two) - spread * spread / 2));
};

const meanTime = (world: World, work: Case): number => {
  const { plan } = world;
  switch (work.kind) {
    case 'held':
      return readingMs * Math.min(world.desk.heldMail.get(work.account.id)!.length, mostRead);
    case 'ticket':
    case 'report':
    case 'alert':
      return answeringMs;
    case 'appeal':
      return plan.desk.appealWork;
    case 'account':
    case 'queue':
      return plan.desk.caseWork;
    case 'listing':
      if (isListedForItself(work.register, work.address)) return Math.min(answeringMs, plan.desk.caseWork);
      return lookingMs(world, work.address);
    case 'block':
    case 'address':
      return lookingMs(world, work.address);
    default:
      return work satisfies never;
  }
};

/** Of an address looked into today only the forms are left. */
const lookingMs = ({ agenda, desk, plan }: World, address: number): number =>
  agenda.now - desk.workedAt[address]! < dayMs
    ? Math.min(answeringMs, plan.desk.caseWork)
    : plan.desk.caseWork;
