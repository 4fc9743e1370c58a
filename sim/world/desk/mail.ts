// What reaches the desk from outside: people at other places who write to abuse@, notices of registers, and
// tenants whose mail bounces.

import { tell } from '../measures/tally.ts';
import { type Account, tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { isShut } from './accounts.ts';
import { assign } from './caseload.ts';
import { noteReport } from './notes.ts';
import { hearTicket } from './tickets.ts';

export type DeskMail =
  /** Somebody complains by hand of a message handed in at `sent`, which names the account. */
  | { readonly kind: 'abuse-report'; readonly account: Account; readonly sent: number }
  /** A register's report or notice about one of our addresses; it names no tenant. */
  | { readonly kind: 'register-report'; readonly address: number; readonly register: string }
  /** A tenant says that its mail bounces. */
  | { readonly kind: 'ticket'; readonly account: Account };

export const hear = (world: World, mail: DeskMail): void => {
  switch (mail.kind) {
    case 'abuse-report':
      return noteReport(world, mail.account, mail.sent);
    case 'register-report':
      return assign(world, { kind: 'address', address: mail.address });
    case 'ticket':
      return hearTicket(world, mail.account);
    default:
      return mail satisfies never;
  }
};

/** The owner of a shut account writes in. Where somebody is about to look at it, his letter goes along. */
export const hearAppeal = (world: World, account: Account): void => {
  if (!isShut(world, account) || world.desk.closed.has(account.tenant.id)) {
    world.desk.appealing.delete(account.id);
    return;
  }
  if (world.tally.counting) world.tally.labour.appeals += 1;
  const name = tenantName(account.tenant);
  tell(world, 'tenant', name, `${name} appeals against being shut`);
  assign(world, { kind: 'appeal', account });
};
