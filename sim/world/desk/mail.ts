// What reaches the desk from outside: people at other places who write to abuse@, notices of registers, and
// tenants whose mail bounces.

import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';

export type DeskMail =
  /** Somebody complains of a message by hand; it names the message, and so the account. */
  | { readonly kind: 'abuse-report'; readonly account: Account }
  /** A register's report or notice about one of our addresses; it names no tenant. */
  | { readonly kind: 'register-report'; readonly address: number; readonly register: string }
  /** A tenant says that its mail bounces. */
  | { readonly kind: 'ticket'; readonly account: Account };

export const hear = (_world: World, _mail: DeskMail): void => {
  // The desk only polls as yet.
};

/** The owner of a shut account writes in. */
export const hearAppeal = (_world: World, _account: Account): void => {
  // Nobody writes in as yet.
};
