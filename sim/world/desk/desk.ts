// The abuse desk: what it does about a case somebody has finished with. It looks for the account behind an
// address in trouble, shuts it, and only then asks registers to delist; it follows up, tells tenants, reads
// reports. What it does about shut accounts is in accounts.ts, about held mail in held-mail.ts.

import { hours, type Reason } from '../../../policy/index.ts';
import { rememberAccusation, tell } from '../measures/tally.ts';
import type { Register } from '../registers/register.ts';
import { isListedForItself } from '../registers/rules/policy.ts';
import { type Account, tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { concludeAccount, concludeAppeal, isShut, lookAtHeld, shut } from './accounts.ts';
import { concludeAlert } from './alerts.ts';
import { askToLift, type Block, openBlocks } from './blocks.ts';
import { assign, type Case, close, handOut } from './caseload.ts';
import { findSuspect, freshSuspicion, leastSuspicion } from './evidence.ts';
import { concludeHeld } from './held-mail.ts';
import { readLog } from './refusals.ts';
import { canBeTakenOff, haveTakenOff } from './requests.ts';
import { answerTicket } from './tickets.ts';

/** Someone has finished with a case after so many milliseconds of work, and acts; then takes the next. */
export const conclude = (world: World, work: Case, took: number): void => {
  world.desk.workedMs += took;
  close(world, work);
  act(world, work);
  if ('account' in work) lookAtHeld(world, work.account);
  handOut(world);
};

const act = (world: World, work: Case): void => {
  switch (work.kind) {
    case 'listing':
      return concludeListing(world, work);
    case 'address':
      lookInto(world, work.address, listedFrom(world, work.address));
      return openBlocks(world, work.address);
    case 'block':
      return concludeBlock(world, work);
    case 'report':
      return concludeReport(world, work.account);
    case 'alert':
      return concludeAlert(world, work.account);
    case 'account':
    case 'queue':
      return concludeAccount(world, work.account);
    case 'appeal':
      return concludeAppeal(world, work.account);
    case 'ticket':
      return answerTicket(world, work.account);
    case 'held':
      return concludeHeld(world, work.account);
    default:
      return work satisfies never;
  }
};

/**
 * Looks for who brought trouble on an address, which came to pass in a time, shuts him, and tells tenants how
 * it stands. Who looks bad only since then is shut as well, but explains nothing.
 */
const lookInto = (
  world: World, address: number, from: number, until: number = Number.POSITIVE_INFINITY,
): Account | null => {
  const { desk, agenda } = world;
  const ip = world.ips[address]!;
  desk.workedAt[address] = desk.toldAt[address] = agenda.now;
  const refusing = readLog(world, address);
  if (refusing.length > 0) tellOnce(world, address, ip, `sees ${ip} refused by ${refusing.join(', ')}`);
  const cause = findSuspect(world, address, from, until);
  const suspect = cause ?? findSuspect(world, address, from);
  if (suspect !== null) blame(world, suspect, address);
  return cause;
};

/** A sentence about an address' trouble, unless it was told before; whether it is new. */
const tellOnce = (world: World, address: number, subject: string, what: string): boolean => {
  const told = world.desk.told[address]!;
  if (told.has(what)) return false;
  told.add(what);
  tell(world, 'desk', subject, what);
  return true;
};

/**
 * Takes an account for the cause. One that is shut already stays so; any other is shut, for the evidence
 * where no other reason is given.
 */
export const blame = (world: World, suspect: Account, address: number, why?: Reason): void => {
  const name = tenantName(suspect.tenant);
  if (isShut(world, suspect)) {
    const isNews = tellOnce(world, address, name, `takes ${name}, shut already, for the cause`);
    if (isNews) rememberAccusation(world, suspect);
    return;
  }
  rememberAccusation(world, suspect);
  const seen = freshSuspicion(world, suspect);
  const reason = why ?? { module: 'desk', rule: 'evidence', seen, limit: leastSuspicion };
  world.engine.suspend(suspect.id, reason);
  world.engine.learn(
    { kind: 'suspended', tenant: suspect.tenant.id, account: suspect.id },
    world.agenda.now,
  );
  shut(world, suspect, reason, 'desk');
  assign(world, { kind: 'account', account: suspect });
};

/**
 * Without a cause found the desk waits so long for more evidence before it asks all the same: asking while
 * the cause goes on costs the trust of those asked. An assumption.
 */
const secondLook = hours(4);

const concludeListing = (
  world: World, { register, address, looks }: Extract<Case, { kind: 'listing' }>,
): void => {
  if (world.desk.believes[register.id]!.listed[address] === 0) return;
  if (listsTheWorld(register)) {
    return tell(world, 'desk', register.name, `finds that ${register.name} lists the whole world`);
  }
  // The register's own page is asked before anything: a mirror may say what is no longer so.
  if (!register.dossiers[address]!.published) {
    const ip = world.ips[address]!;
    tellOnce(world, address, register.name, `finds that ${register.name} itself no longer lists ${ip}`);
    return;
  }
  if (isListedForItself(register, address)) {
    if (canBeTakenOff(world, register, address)) haveTakenOff(world, register, address, true);
    return;
  }
  const seen = world.desk.believes[register.id]!.since[address]!;
  const suspect = lookInto(world, address, troubleFrom(world, register, address), seen);
  openBlocks(world, address);
  if (suspect === null) {
    tellOnce(world, address, register.name, `finds no cause for the listing on ${register.name}`);
  }
  if (!canBeTakenOff(world, register, address)) return;
  if (suspect === null && looks === 0) {
    const work: Case = { kind: 'listing', register, address, looks: 1 };
    world.agenda.after(secondLook, { kind: 'follow-up', work });
    return;
  }
  haveTakenOff(world, register, address, suspect !== null);
};

const concludeBlock = (world: World, work: Block): void => {
  const suspect = lookInto(world, work.address, listedFrom(world, work.address));
  if (suspect === null && work.looks === 0) {
    world.agenda.after(secondLook, { kind: 'follow-up', work: { ...work, looks: 1 } });
    return;
  }
  askToLift(world, work, suspect !== null);
};

/** When what led to a listing came to pass at the latest: the register takes its time. */
const troubleFrom = (world: World, { id, preset }: Register, address: number): number =>
  world.desk.believes[id]!.since[address]! - (preset.timeToListS.p90 ?? 0) * 1_000;

/** The same for the oldest of an address' listings; before all time where none is known. */
const listedFrom = (world: World, address: number): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const register of world.registers) {
    if (world.desk.believes[register.id]!.listed[address] === 0) continue;
    first = Math.min(first, troubleFrom(world, register, address));
  }
  return first === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : first;
};

/** Whoever looks asks for 127.0.0.1 first, which no register in order ever lists (RFC 5782, section 5). */
const listsTheWorld = ({ fault }: Register): boolean => fault === 'list-world-127.0.0.2';

/** A report is read: it names an account, and the desk acts where the rest of the evidence bears it out. */
const concludeReport = (world: World, account: Account): void => {
  // Shut while it lay there: then what is to be looked at is the suspension.
  if (isShut(world, account)) assign(world, { kind: 'account', account });
  else if (freshSuspicion(world, account) >= leastSuspicion) blame(world, account, -1);
};
