// The abuse desk: a few people with office hours and a queue of cases. They poll the registers, look for the culprit in
// the evidence a platform has (and can be wrong), shut accounts, ask for delisting, and let the wrongly shut out again.

import { days, milliseconds, type Reason } from '../../policy/index.ts';
import type { Plan } from '../plan/schema.ts';
import type { Message } from './message.ts';
import { type Account, refresh, type Tenant, tenantName } from './cast.ts';
import { normal } from './complaints.ts';
import { rememberAccusation } from './tally.ts';
import { enqueue, thaw } from './outbound.ts';
import type { ZoneAnswer } from './ports.ts';
import { purpose } from './purposes.ts';
import { askToDelist, answerRequest, canBeAsked, type Register } from './register.ts';
import { countReopened, finish, countRefused, tell } from './tally.ts';
import type { World } from './world.ts';

/** Something on the desk's pile. */
export type Case =
  | { readonly kind: 'listing'; readonly register: Register; readonly address: number; readonly since: number; again: boolean }
  /** About all that is shut of the account's tenant. */
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'held'; readonly message: Message };

export interface Desk {
  /** When each person is next free. */
  readonly freeAt: number[];
  /** Our own resolver's cache, by register and address: believe until, and what we believe. */
  readonly believes: readonly { readonly until: Float64Array; readonly listed: Uint8Array }[];
  workedMs: number;
  requests: number;
}

export const makeDesk = (plan: Plan, addressCount: number): Desk => ({
  freeAt: Array.from({ length: plan.desk.staff }, () => 0),
  believes: plan.registers.map(() => ({
    until: new Float64Array(addressCount).fill(-1), listed: new Uint8Array(addressCount),
  })),
  workedMs: 0,
  requests: 0,
});

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
    for (const [index, { register, address }] of due.entries()) believe(world, register, address, said[index]!);
  };
  return answers.some((answer) => answer instanceof Promise) ? Promise.all(answers).then(take) : take(answers as ZoneAnswer[]);
};

const dayMs = 86_400_000;

/** Codes in 127.255.255.0/24 are errors of the query, never listings (registers.json, protocol, error-range). */
const isListing = (code: string): boolean => code.startsWith('127.') && !code.startsWith('127.255.255.');

const believe = (world: World, register: Register, address: number, answer: ZoneAnswer): void => {
  const { until, listed } = world.desk.believes[register.id]!;
  until[address] = world.agenda.now + answer.ttlS * 1_000;
  const now = answer.codes.some(isListing) ? 1 : 0;
  if (listed[address] === now) return;
  listed[address] = now;
  const kind = now === 1 ? 'listed' : 'delisted';
  world.engine.learn({ kind, pool: world.poolOf[address]!, address: world.ips[address]!, register: register.name }, world.agenda.now);
  tell(world, 'desk', register.name, `sees ${world.ips[address]!} ${kind} on ${register.name}`);
  if (now === 1) assign(world, { kind: 'listing', register, address, since: world.agenda.now, again: false });
};

/** The policy suspended an account, or holds a message: someone has to look. */
export const alertDesk = (
  world: World, account: Account, what: 'suspended' | 'held', _reason: Reason, message: Message | null,
): void => {
  if (what === 'held' && message !== null) return assign(world, { kind: 'held', message });
  if (account.tenant.accounts.some((one) => one.caseOpen)) return;
  account.caseOpen = true;
  assign(world, { kind: 'account', account });
};

/** An account was suspended: its story is told, and the desk has a case. Mail of it still in the queue is held back. */
export const shut = (world: World, account: Account, reason: Reason, by: 'policy' | 'desk'): void => {
  if (account.shutSince < 0) account.shutSince = world.agenda.now;
  const name = tenantName(account.tenant);
  tell(world, by, name, `suspends ${name}: ${reason.rule} ${round(reason.seen)} over ${round(reason.limit)}`);
  if (by === 'policy') alertDesk(world, account, 'suspended', reason, null);
};

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

/** Minutes to read one held message; an assumption. */
const readingMs = 2 * 60_000;

const takes = (world: World, work: Case): number => (work.kind === 'held' ? readingMs : world.plan.desk.caseWork);

/** Gives a case to whoever is free first, within office hours. A desk without staff works nothing. */
export const assign = (world: World, work: Case): void => {
  const { desk } = world;
  if (desk.freeAt.length === 0) return;
  let person = 0;
  for (let other = 1; other < desk.freeAt.length; other += 1) if (desk.freeAt[other]! < desk.freeAt[person]!) person = other;
  const done = workedBy(world, Math.max(world.agenda.now, desk.freeAt[person]!), takes(world, work));
  desk.freeAt[person] = done;
  world.agenda.after(milliseconds(done - world.agenda.now), { kind: 'case-worked', work });
};

/** When work begun at a time is done, counting office hours only. */
const workedBy = (world: World, start: number, takes: number): number => {
  const { opens, closes, weekends } = world.plan.desk;
  let at = start;
  let left: number = takes;
  for (;;) {
    const sinceMonday = at + world.sinceMonday;
    const day = Math.floor(sinceMonday / dayMs);
    const ofDay = sinceMonday - day * dayMs;
    const open = weekends || day % 7 < 5;
    const begins = Math.max(ofDay, opens);
    if (open && begins < closes) {
      if (begins + left <= closes) return day * dayMs + begins + left - world.sinceMonday;
      left -= closes - begins;
    }
    at = (day + 1) * dayMs - world.sinceMonday;
  }
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
  } else if (suspect.shutSince >= 0) {
    rememberAccusation(world, suspect);
    tell(world, 'desk', tenantName(suspect.tenant), `takes ${tenantName(suspect.tenant)}, shut already, for the cause`);
  } else {
    rememberAccusation(world, suspect);
    const reason: Reason = { module: 'desk', rule: 'evidence', seen: suspicion(suspect), limit: leastSuspicion };
    world.engine.suspend(suspect.id, reason);
    world.engine.learn({ kind: 'suspended', tenant: suspect.tenant.id, account: suspect.id }, world.agenda.now);
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
  tell(world, 'register', register.name, `${register.name} ${agreed ? 'agrees to delist' : 'refuses to delist'} ${world.ips[address]!}`);
  if (agreed) return;
  const work: Case = { kind: 'listing', register, address, since: world.agenda.now, again: true };
  world.agenda.after(days(1), { kind: 'follow-up', work });
};

/** Below this sum of evidence the desk accuses nobody; about ten hard bounces or two complaints more than nothing. Assumed. */
const leastSuspicion = 10;

/** The evidence against an account over two days: bounces, complaints, and volume beyond four times its usual. Weights assumed. */
const suspicion = (account: Account): number => {
  const { view } = account;
  const sent = view.sent + view.sentBefore;
  const usual = view.day > 2 ? (view.sentEver / view.day) * 2 : sent;
  return view.bounced + view.bouncedBefore + 5 * (view.complained + view.complainedBefore) + 0.05 * Math.max(0, sent - 4 * usual);
};

/** The account the evidence speaks against most; null where it speaks against none. */
const findSuspect = (world: World): Account | null => {
  const today = Math.floor(world.agenda.now / dayMs);
  let worst: Account | null = null;
  for (const account of world.accounts) {
    refresh(account, today);
    if (suspicion(account) >= Math.max(leastSuspicion, worst === null ? 0 : suspicion(worst) + 1e-9)) worst = account;
  }
  return worst;
};

/** Share of accounts a person judges rightly after looking at their mail and talking to the owner; an assumption. */
const judgesRightly = 0.97;

/** How long owners take to have their account back: half within 13 h (Bursztein et al. 2014); the spread is assumed. */
const medianRecoveryMs = 13 * 3_600_000;
const recoverySigma = 0.8;

const concludeAccount = (world: World, account: Account): void => {
  account.caseOpen = false;
  const { culprit } = account.tenant;
  const looked = [account, ...shutOf(world, account.tenant)];
  const guilty = culprit !== null && looked.includes(culprit.account) && !culprit.over;
  const right = world.luck.draw(account.id, Math.floor(world.agenda.now / dayMs), purpose.judgement) < judgesRightly;
  if (guilty !== right) return reopen(world, account, 'finds nothing against');
  if (guilty && culprit.cause === 'spammer') {
    tell(world, 'desk', tenantName(account.tenant), `closes ${tenantName(account.tenant)} for good`);
    culprit.over = true;
    // Whatever the policy shut it for may have an end; this has none.
    for (const one of looked) world.engine.suspend(one.id, { module: 'desk', rule: 'spammer', seen: 1, limit: 0 });
    return;
  }
  const one = world.luck.draw(account.id, 1, purpose.recovery);
  const two = world.luck.draw(account.id, 1, purpose.recoveryTwin);
  const wait = medianRecoveryMs * Math.exp(recoverySigma * normal(one, two));
  world.agenda.after(milliseconds(Math.round(wait)), { kind: 'recovery', account });
};

/** The owner has changed the password, or the tenant has promised better; the account opens again. */
export const recover = (world: World, account: Account): void => {
  const { culprit } = account.tenant;
  if (culprit !== null && culprit.account === account) {
    culprit.over = true;
    for (const actor of world.actors) if (actor.culprit === culprit) actor.silent = true;
  }
  reopen(world, account, culprit === null ? 'hears the appeal of' : 'has the cause removed at');
};

/** Opens all that is shut of an account's tenant. */
const reopen = (world: World, account: Account, how: string): void => {
  const { tenant } = account;
  const shut = new Set([account, ...shutOf(world, tenant)]);
  for (const { id } of shut) world.engine.learn({ kind: 'released', tenant: tenant.id, account: id }, world.agenda.now);
  tell(world, 'desk', tenantName(tenant), `${how} ${tenantName(tenant)} and reopens it`);
  for (const one of shut) {
    countReopened(world, one);
    thaw(world, one.id);
  }
};

const shutOf = (world: World, tenant: Tenant): readonly Account[] =>
  tenant.accounts.filter(({ id }) => world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined);

const concludeHeld = (world: World, message: Message): void => {
  message.held = false;
  if (message.actor.truth !== 'abusive') return enqueue(world, message, message.submission.pool);
  countRefused(world, message);
  finish(world, message, 'refused');
};

