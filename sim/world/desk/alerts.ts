// Alerts: rules of the policy that let mail go and ask the desk to look at the account. Somebody reads what
// the account sends and what there is against it, and may shut it; nobody else hears of it.

import { hours, type Reason } from '../../../policy/index.ts';
import { meantNoHarm } from '../measures/metrics.ts';
import { purpose } from '../purposes.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { isShut } from './accounts.ts';
import { assign } from './caseload.ts';
import { blame } from './desk.ts';
import { freshSuspicion, leastSuspicion } from './evidence.ts';

/**
 * A rule alerts with each message. Who has looked at a tenant and let it be does not look again for so long,
 * and then only where the rule still speaks. An assumption: the half of a working day.
 */
const restAfterLook = hours(4);

/** A rule of the policy names an account. One case at a time about a tenant, whatever else it is about. */
export const alertAbout = (world: World, account: Account): void => {
  if (account.caseOpen || world.agenda.now < account.tenant.restsUntil || isShut(world, account)) return;
  assign(world, { kind: 'alert', account });
};

/**
 * Somebody has looked. What stands against the account decides, as for a report; and whoever reads mail that
 * is abusive in itself sees it most of the time, while a bad list looks like a good one.
 */
export const concludeAlert = (world: World, account: Account): void => {
  account.tenant.restsUntil = world.agenda.now + restAfterLook;
  if (isShut(world, account)) return assign(world, { kind: 'account', account });
  if (freshSuspicion(world, account) >= leastSuspicion) return blame(world, account, -1);
  if (seesAbuse(world, account)) blame(world, account, -1, readToBe);
};

/** Why an account is shut whose mail somebody has read. */
export const readToBe: Reason = { module: 'desk', rule: 'abusive mail read', seen: 1, limit: 0 };

const seesAbuse = (world: World, account: Account): boolean => {
  const drawn = world.luck.draw(account.luck, account.looks, purpose.judgement);
  account.looks += 1;
  const { culprit } = account.tenant;
  return culprit !== null && culprit.accounts.includes(account) && !meantNoHarm(culprit) && !culprit.over
    && culprit.abuse.count > 0 && drawn < world.plan.desk.rightly;
};
