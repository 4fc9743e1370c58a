// The abuse desk: it polls the registers, looks for a culprit behind each listing, asks for delisting and
// follows up, and reads held mail. Its people and hours are in caseload.ts, its suspicion in evidence.ts.

import { days, type Reason } from '../../../policy/index.ts';
import { concludeAccount, shut } from './accounts.ts';
import { assign, type Case, takes } from './caseload.ts';
import { tenantName } from '../senders/cast.ts';
import { findSuspect, leastSuspicion, suspicion } from './evidence.ts';
import type { Message } from '../platform/message.ts';
import { enqueue } from '../platform/outbound.ts';
import type { ZoneAnswer } from '../ports.ts';
import { answerRequest, askToDelist, canBeAsked, type Register } from '../registers/register.ts';
import { countRefused, finish, rememberAccusation, tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

/** Looks all our addresses up on all registers, through our resolver's cache. */
export const poll = (world: World): void | Promise<void> => {
  const due: { register: Register; address: number }[] = [];
  for (const register of world.registers) {
    const { until } = world.desk.believes[register.id]!;
    for (let address = 0; address < world.ips.length; address += 1) {
      if (until[address]! <= world.agenda.now) due.push({ register, address });
    }
  }
  world.agenda.after(world.plan.desk.poll, { kind: 'poll' }, 3);
  const answers = due.map(({ register, address }) => world.transport.ask(register, address));
  const take = (said: readonly ZoneAnswer[]): void => {
    for (const [index, { register, address }] of due.entries())
      believe(world, register, address, said[index]!);
  };
  return answers.some((answer) => answer instanceof Promise)
    ? Promise.all(answers).then(take)
    : take(answers as ZoneAnswer[]);
};

/**
 * Codes in 127.255.255.0/24 are errors of the query, never listings (registers.json, protocol, error-range).
 */
const isListing = (code: string): boolean => code.startsWith('127.') && !code.startsWith('127.255.255.');

const believe = (world: World, register: Register, address: number, answer: ZoneAnswer): void => {
  const { until, listed } = world.desk.believes[register.id]!;
  until[address] = world.agenda.now + answer.ttlS * 1_000;
  const now = answer.codes.some(isListing) ? 1 : 0;
  if (listed[address] === now) return;
  listed[address] = now;
  const kind = now === 1 ? 'listed' : 'delisted';
  world.engine.learn(
    { kind, pool: world.poolOf[address]!, address: world.ips[address]!, register: register.name },
    world.agenda.now,
  );
  tell(world, 'desk', register.name, `sees ${world.ips[address]!} ${kind} on ${register.name}`);
  if (now === 1) assign(world, { kind: 'listing', register, address });
};

/** Someone has finished with a case, and acts. */
export const conclude = (world: World, work: Case): void => {
  world.desk.workedMs += takes(world, work);
  switch (work.kind) {
    case 'listing':
      return concludeListing(world, work);
    case 'account':
      return concludeAccount(world, work.account);
    case 'held':
      return concludeHeld(world, work.message);
    default:
      return work satisfies never;
  }
};

const concludeListing = (world: World, work: Extract<Case, { kind: 'listing' }>): void => {
  const { register, address } = work;
  if (world.desk.believes[register.id]!.listed[address] === 0) return;
  const suspect = findSuspect(world);
  if (suspect === null) {
    tell(world, 'desk', register.name, `finds no cause for the listing on ${register.name}`);
  } else if (suspect.blamedAt >= 0) {
    rememberAccusation(world, suspect);
    tell(
      world,
      'desk',
      tenantName(suspect.tenant),
      `takes ${tenantName(suspect.tenant)}, shut already, for the cause`,
    );
  } else {
    rememberAccusation(world, suspect);
    const reason: Reason = {
      module: 'desk',
      rule: 'evidence',
      seen: suspicion(world, suspect),
      limit: leastSuspicion,
    };
    world.engine.suspend(suspect.id, reason);
    world.engine.learn(
      { kind: 'suspended', tenant: suspect.tenant.id, account: suspect.id },
      world.agenda.now,
    );
    shut(world, suspect, reason, 'desk');
    suspect.caseOpen = true;
    assign(world, { kind: 'account', account: suspect });
  }
  if (!canBeAsked(register) || register.dossiers[address]!.asked) return;
  world.desk.requests += 1;
  askToDelist(world, register, address);
  tell(world, 'desk', register.name, `asks ${register.name} to delist ${world.ips[address]!}`);
};

/** The register has answered; where it refused, the desk comes back to it a day later. */
export const hearAnswer = (world: World, register: Register, address: number): void => {
  const agreed = answerRequest(world, register, address);
  tell(
    world,
    'register',
    register.name,
    `${register.name} ${agreed ? 'agrees to delist' : 'refuses to delist'} ${world.ips[address]!}`,
  );
  if (agreed) return;
  const work: Case = { kind: 'listing', register, address };
  world.agenda.after(days(1), { kind: 'follow-up', work });
};

const concludeHeld = (world: World, message: Message): void => {
  message.held = false;
  if (message.actor.truth !== 'abusive') return enqueue(world, message, message.submission.pool);
  countRefused(world, message);
  finish(world, message, 'refused');
};
