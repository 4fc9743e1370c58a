// What a policy is given to judge: a message on its way in (submission) or on its way out (attempt). Truth,
// such as who is at fault or which message is wanted, is not here and cannot be: a policy sees what an
// operator sees.

import type { AccountId, AddressKey, PoolName, ReceiverId, TenantId } from './words.ts';

/** One message handed to the platform by an account. */
export interface Submission {
  /** Message number on this platform; for logs, never for deciding. */
  readonly id: number;
  readonly tenant: TenantId;
  readonly account: AccountId;
  /** The pool the tenant sends through unless a verdict diverts it. */
  readonly pool: PoolName;
  /** One key per recipient, in the order given; the same address twice is there twice. */
  readonly recipients: readonly AddressKey[];
  /** The receiver of each recipient, in the same order. */
  readonly receivers: readonly ReceiverId[];
  /** Size of the message in bytes, headers included. */
  readonly bytes: number;
  /** Fingerprint of the List-Id header (RFC 2919) of bulk mail; 0 where there is none. */
  readonly list: number;
  /**
   * Messages an hour that the tenant's contract grants each account; 0 where it says nothing and the
   * policy's own limit holds.
   */
  readonly allowance: number;
  /** The address the client submits from, as a number: all devices behind one router share it. */
  readonly source: number;
  /** Bounces, autoreplies and notices have no sender (RFC 5321, 4.5.5). */
  readonly nullSender: boolean;
  /** The tenant marks it as mail that cannot wait, such as a password reset. */
  readonly urgent: boolean;
  /** When the tenant signed up; -1 for a customer from before the clock began. */
  readonly signedUp: number;
}

/** A place in the line of a module that lets so many go at a time. */
export interface Slot {
  /** The module whose line it is. */
  readonly module: string;
  /** The place, a number that only that module can read. */
  readonly number: number;
}

/** What an attempt holds that stands in no line. */
export const noSlots: readonly Slot[] = Object.freeze([]);

/** One try to hand a message to one receiver. */
export interface Attempt {
  readonly tenant: TenantId;
  readonly account: AccountId;
  /** The pool it would leave by. */
  readonly pool: PoolName;
  readonly receiver: ReceiverId;
  /** Recipients of this message at this receiver, 1 or more. */
  readonly copies: number;
  /** Tries made before this one, 0 or more. */
  readonly tries: number;
  /** As in the submission. */
  readonly list: number;
  /**
   * The slots that waits have given it since its last try, one a module at most. A host that kept it from its
   * turn for a reason of its own, such as a shut account, hands none back.
   */
  readonly slots: readonly Slot[];
}
