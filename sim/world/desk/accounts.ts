// Shutting accounts and opening them again: what follows a suspension, be it the policy's or the desk's. A
// person looks, judges rightly most of the time, helps the owner of a stolen account, and lets the wrongly
// shut out.

import { milliseconds, type Reason } from '../../../policy/index.ts';
import { assign } from './caseload.ts';
import { type Account, type Tenant, tenantName } from '../senders/cast.ts';
import { normal } from '../receivers/complaints.ts';
import { thaw } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import { countReopened, tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

/** The policy suspended an account: someone has to look, once for all that is shut of its tenant. */
const alertDesk = (world: World, account: Account): void => {
  if (account.tenant.accounts.some((one) => one.caseOpen)) return;
  account.caseOpen = true;
  assign(world, { kind: 'account', account });
};

/**
 * An account was suspended: its story is told, and the desk has a case. Mail of it still in the queue is held
 * back.
 */
export const shut = (world: World, account: Account, reason: Reason, by: 'policy' | 'desk'): void => {
  if (account.shutSince < 0) account.shutSince = world.agenda.now;
  account.blamedAt = world.agenda.now;
  const name = tenantName(account.tenant);
  tell(world, by, name, `suspends ${name}: ${reason.rule} ${round(reason.seen)} over ${round(reason.limit)}`);
  if (by === 'policy') alertDesk(world, account);
};

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

/**
 * Share of accounts a person judges rightly after looking at their mail and talking to the owner; an
 * assumption.
 */
const judgesRightly = 0.97;

/**
 * How long owners take to have their account back: half within 13 h (Bursztein et al. 2014); the spread is
 * assumed.
 */
const medianRecoveryMs = 13 * 3_600_000;
const recoverySigma = 0.8;

/** Someone has looked into a shut account. */
export const concludeAccount = (world: World, account: Account): void => {
  account.caseOpen = false;
  const { culprit } = account.tenant;
  const looked = [account, ...shutOf(world, account.tenant)];
  const guilty = culprit !== null && looked.includes(culprit.account) && !culprit.over;
  const right =
    world.luck.draw(account.luck, account.looks, purpose.judgement) < judgesRightly;
  account.looks += 1;
  if (guilty !== right) {
    for (const one of looked) one.blamedAt = -1;
    return reopen(world, account, 'finds nothing against');
  }
  if (guilty && culprit.cause === 'spammer') {
    tell(world, 'desk', tenantName(account.tenant), `closes ${tenantName(account.tenant)} for good`);
    culprit.over = true;
    // Whatever the policy shut it for may have an end; this has none.
    for (const one of looked)
      world.engine.suspend(one.id, { module: 'desk', rule: 'spammer', seen: 1, limit: 0 });
    return;
  }
  const one = world.luck.draw(account.luck, 1, purpose.recovery);
  const two = world.luck.draw(account.luck, 1, purpose.recoveryTwin);
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
  for (const { id } of shut)
    world.engine.learn({ kind: 'released', tenant: tenant.id, account: id }, world.agenda.now);
  tell(world, 'desk', tenantName(tenant), `${how} ${tenantName(tenant)} and reopens it`);
  for (const one of shut) {
    countReopened(world, one);
    thaw(world, one.id);
  }
};

const shutOf = (world: World, tenant: Tenant): readonly Account[] =>
  tenant.accounts.filter(({ id }) => world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined);
