// Shutting accounts and opening them again: what follows a suspension, be it the policy's or the desk's. A
// person looks, judges rightly most of the time, helps the owner of a stolen account, and lets the wrongly
// shut out.

import { later, milliseconds, never, type Reason } from '../../../policy/index.ts';
import { assign } from './caseload.ts';
import { freshSuspicion, leastSuspicion, suspicion } from './evidence.ts';
import { shutText } from './reason-text.ts';
import { type Account, type Culprit, type Tenant, tenantName } from '../senders/cast.ts';
import { normal } from '../normal.ts';
import { thaw } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import { countReopened, rememberAccusation, tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

/** The policy suspended an account: someone has to look, once for all that is shut of its tenant. */
const alertDesk = (world: World, account: Account): void => assign(world, { kind: 'account', account });

/**
 * An account was suspended: its story is told, and the desk has a case. Mail of it still in the queue is held
 * back.
 */
export const shut = (world: World, account: Account, reason: Reason, by: 'policy' | 'desk'): void => {
  noteShut(world, account);
  const name = tenantName(account.tenant);
  tell(world, by, name, `suspends ${name}: ${shutText(reason)}`);
  if (by === 'policy') alertDesk(world, account);
};

const noteShut = ({ agenda }: World, account: Account): void => {
  if (account.shutSince < 0) account.shutSince = agenda.now;
  account.blamedAt = agenda.now;
};

/** The desk shuts an account that is open, for a reason; what that means to the host's policy included. */
const suspend = (world: World, { id, tenant }: Account, reason: Reason): void => {
  world.engine.suspend(id, reason);
  world.engine.learn({ kind: 'suspended', tenant: tenant.id, account: id }, world.agenda.now);
};

/**
 * How long owners take to have their account back: half within 13 h (Bursztein et al. 2014); the spread is
 * assumed.
 */
const medianRecoveryMs = 13 * 3_600_000;
const recoverySigma = 0.8;

/** Whether an account is shut now, by policy or desk. */
export const isShut = (world: World, { tenant, id }: Account): boolean =>
  world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined;

/** Someone has looked into what is shut of a tenant, or held of it in the queue, as the policy did so. */
export const concludeAccount = (world: World, account: Account): void =>
  review(world, account, 'finds nothing against');

/** Someone has read what the owner writes, and looked. */
export const concludeAppeal = (world: World, account: Account): void =>
  review(world, account, 'hears the appeal of');

/**
 * A person judges: rightly in the plan's share of cases, each look anew until the cause is found. The
 * innocent are let out; a spammer loses all his accounts for good; whoever else is at fault has his own back
 * once the cause is removed, and until then whatever else of the tenant looks as bad is shut as well. An
 * innocent judged wrongly stays shut, and may appeal when he notices.
 */
const review = (world: World, account: Account, acquits: string): void => {
  const { tenant } = account;
  const { culprit } = tenant;
  const looked = [account, ...stoppedOf(world, tenant)];
  for (const one of looked) world.desk.appealing.delete(one.id);
  // Whoever looks at a spammer who has not begun sees mail that looks honest.
  const guilty = culprit !== null && !culprit.over && culprit.onset <= world.agenda.now
    && culprit.accounts.some((one) => looked.includes(one));
  // What was found once is on file, whichever account it was found under, and whoever hears the next appeal
  // reads it there.
  const isKnown = guilty && culprit.cause !== 'spammer' && world.desk.recovering.has(tenant.id);
  const drawn = world.luck.draw(account.luck, account.looks, purpose.judgement);
  const right = isKnown || drawn < world.plan.desk.rightly;
  account.looks += 1;
  if (guilty !== right) {
    reopen(world, account, acquits);
    return lookElsewhere(world);
  }
  for (const one of looked) shutHeld(world, one);
  if (!guilty) return tell(world, 'desk', tenantName(tenant), `keeps ${tenantName(tenant)} shut`);
  if (culprit.cause === 'spammer') return closeForGood(world, tenant, culprit);
  for (const one of culprit.accounts) keepShut(world, one);
  for (const one of tenant.accounts) shutLikewise(world, one);
  for (const one of culprit.accounts) if (looked.includes(one)) shutAnew(world, one);
  if (world.desk.recovering.has(tenant.id)) return;
  const { luck } = culprit.account;
  const one = world.luck.draw(luck, 1, purpose.recovery);
  const two = world.luck.draw(luck, 1, purpose.recoveryTwin);
  const wait = milliseconds(Math.round(medianRecoveryMs * Math.exp(recoverySigma * normal(one, two))));
  world.desk.recovering.set(tenant.id, later(world.agenda.now, wait));
  world.agenda.after(wait, { kind: 'recovery', account });
};

const closeForGood = (world: World, tenant: Tenant, culprit: Culprit): void => {
  tell(world, 'desk', tenantName(tenant), `closes ${tenantName(tenant)} for good`);
  world.desk.closed.add(tenant.id);
  const reason = { module: 'desk', rule: 'spammer', seen: 1, limit: 0 };
  for (const one of tenant.accounts) {
    if (isShut(world, one)) {
      // Whatever the policy shut it for may have an end; this has none.
      world.engine.suspend(one.id, reason);
    } else {
      suspend(world, one, reason);
      noteShut(world, one);
    }
  }
  purgeSince(world, tenant.accounts, culprit.onset);
  for (const one of tenant.accounts) thaw(world, one.id);
  culprit.over = true;
};

/** What the policy shut an account for may have an end, and come before that of the cause. */
const keepShut = (world: World, { id, tenant }: Account): void => {
  const standing = world.engine.suspension(tenant.id, id, world.agenda.now);
  if (standing !== undefined && standing.until < never) world.engine.suspend(id, standing.reason);
};

/** The policy's suspension ended while somebody looked, who has found the cause. */
const shutAnew = (world: World, account: Account): void => {
  if (isStopped(world, account)) return;
  const reason = { module: 'desk', rule: 'cause found', seen: 1, limit: 0 };
  suspend(world, account, reason);
  shut(world, account, reason, 'desk');
};

/** Whoever looks into a stolen account sees what else leaves the same office. */
const shutLikewise = (world: World, account: Account): void => {
  if (isStopped(world, account)) return;
  const seen = freshSuspicion(world, account);
  if (seen < leastSuspicion) return;
  const reason = { module: 'desk', rule: 'evidence', seen, limit: leastSuspicion };
  rememberAccusation(world, account);
  suspend(world, account, reason);
  shut(world, account, reason, 'desk');
};

/**
 * All mail of the accounts in the queue that was handed in since the trouble began goes, the owner's among
 * it: nobody tells message by message whose it is.
 */
const purgeSince = (world: World, accounts: readonly Account[], from: number): void => {
  for (const { id } of accounts) world.desk.purged.set(id, { from, to: world.agenda.now });
};

/** Whoever was taken for the cause was not: what is listed still needs another look. */
const lookElsewhere = (world: World): void => {
  for (const register of world.registers) {
    const { listed } = world.desk.believes[register.id]!;
    for (let address = 0; address < listed.length; address += 1)
      if (listed[address] === 1) assign(world, { kind: 'listing', register, address, looks: 1 });
  }
};

/** A tenant is through, unless it had its accounts back meanwhile and waits for another theft's end. */
export const concludeRecovery = (world: World, account: Account): void => {
  if (world.desk.recovering.get(account.tenant.id) === world.agenda.now) recover(world, account);
};

/**
 * The owner has changed the password, or the tenant has promised better; all its accounts open again. The
 * case may have been about a colleague's that was shut with the culprit's, as where a whole tenant is shut.
 */
export const recover = (world: World, account: Account): void => {
  const { tenant } = account;
  world.desk.recovering.delete(tenant.id);
  if (world.desk.closed.has(tenant.id)) return;
  // Nobody has a spammer promise better: one who has signed up meanwhile is another story.
  const causes = world.culprits.filter((one) => one.tenant === tenant && one.cause !== 'spammer');
  for (const one of causes) if (!one.over) removeCause(world, one);
  reopen(world, account, causes.length === 0 ? 'hears the appeal of' : 'has the cause removed at');
};

const removeCause = (world: World, culprit: Culprit): void => {
  culprit.over = true;
  if (culprit.removedAt < 0) culprit.removedAt = world.agenda.now;
  purgeSince(world, culprit.accounts, culprit.onset);
  for (const actor of world.actors) if (actor.culprit === culprit) actor.silent = true;
};

/** Opens all that is shut of an account's tenant. */
const reopen = (world: World, account: Account, how: string): void => {
  const { tenant } = account;
  const shut = new Set([account, ...stoppedOf(world, tenant)]);
  for (const { id } of shut)
    world.engine.learn({ kind: 'released', tenant: tenant.id, account: id }, world.agenda.now);
  const isOnlyHeld = account.shutSince < 0 && world.outbound.holds.has(account.id);
  const done = isOnlyHeld ? 'lets its queue go' : 'reopens it';
  tell(world, 'desk', tenantName(tenant), `${how} ${tenantName(tenant)} and ${done}`);
  // Nobody holds against it any more what was known by now.
  for (const one of shut) {
    one.blamedAt = -1;
    world.desk.badSince.delete(one.id);
    world.desk.cleared.set(one.id, { at: world.agenda.now, suspicion: suspicion(world, one) });
    countReopened(world, one);
    thaw(world, one.id);
  }
};

/** Somebody finds that the policy was right to hold what an account has in the queue, and shuts it. */
const shutHeld = (world: World, account: Account): void => {
  const reason = world.outbound.holds.get(account.id);
  if (reason === undefined || isShut(world, account)) return;
  suspend(world, account, reason);
  shut(world, account, reason, 'desk');
};

/** Accounts of a tenant that are shut, or whose queue the policy holds. */
const stoppedOf = (world: World, tenant: Tenant): readonly Account[] =>
  tenant.accounts.filter((one) => isStopped(world, one));

/** Whether an account is shut, or the policy holds its queue. */
export const isStopped = (world: World, account: Account): boolean =>
  world.outbound.holds.has(account.id) || isShut(world, account);

/** A case about a tenant is closed: what the policy has held of it meanwhile is a case of its own. */
export const lookAtHeld = (world: World, { tenant }: Account): void => {
  if (world.outbound.holds.size === 0) return;
  for (const account of tenant.accounts) {
    if (world.outbound.holds.has(account.id) && !isShut(world, account))
      assign(world, { kind: 'queue', account });
  }
};
