// What a platform learns, each thing at the time it learns it and with no more attribution than it really
// has: a bounce names account and receiver, a poll of a register names only the address.

import type { Slot, Submission } from './submission.ts';
import type { Milliseconds } from './units.ts';
import type { Dispatch, Verdict } from './verdict.ts';
import type {
  AccountId, IpAddress, PoolName, ReceiverId, ReceiverName, RegisterName, TenantId,
} from './words.ts';

/**
 * What kind of refusal a reply is, as an operator's bounce classifier would say it. `unknownUser` is the
 * hard bounce that tells of a bad list; `dnsblBlock` and `ipBlock` speak of the address; `expired` is our
 * own queue giving up.
 */
export type ReplyClass =
  | 'accepted' | 'unknownUser' | 'mailboxFull' | 'greylist' | 'rateLimit' | 'reputationDefer' | 'dnsblBlock'
  | 'ipBlock' | 'spamBlock' | 'policy' | 'auth' | 'transient' | 'expired';

/** An SMTP reply. `enhanced` is the RFC 3463 code, empty where the receiver sends none. */
export interface Reply {
  readonly code: number;
  readonly enhanced: string;
  readonly text: string;
  readonly class: ReplyClass;
}

interface Outcome {
  readonly tenant: TenantId;
  readonly account: AccountId;
  /** The pool whose address the attempt was made from. */
  readonly pool: PoolName;
  /** That address; empty where the host cannot tell, as of a bounce that comes by mail days later. */
  readonly address: IpAddress;
  readonly receiver: ReceiverId;
  /** Recipients it concerns, 1 or more. */
  readonly copies: number;
}

interface Refused extends Outcome {
  readonly reply: Reply;
  /**
   * The receiver by name, for rules that name receivers; left out by hosts whose receivers have none, where
   * such rules never act.
   */
  readonly receiverName?: ReceiverName;
}

interface Belated {
  /**
   * When the mail it is about was handed to the receiver, or to our own scan; left out where that is only
   * now, or not known. What was sent before a person released the account is settled: the engine does not let
   * modules that keep a state by account or tenant hold it against them again.
   */
  readonly sent?: Milliseconds;
}

export type Signal =
  /** The platform's own verdict on a submission, at once. Counters of volume live on this one. */
  | {
      readonly kind: 'submitted';
      readonly tenant: TenantId;
      readonly account: AccountId;
      readonly submission: Submission;
      readonly verdict: Verdict;
    }
  /**
   * What the policy has said of an attempt is carried out: it begins (`go`, `pool`, `avoid`) or waits. Sent
   * only where a module hears it (`engine.hears`).
   */
  | {
      readonly kind: 'attempted';
      readonly tenant: TenantId;
      readonly account: AccountId;
      /** The pool it leaves by, another's included. */
      readonly pool: PoolName;
      readonly receiver: ReceiverId;
      /** Those it held when the policy was asked. */
      readonly slots: readonly Slot[];
      readonly said: Dispatch;
    }
  /** Accepted by the receiver (2yz). */
  | (Outcome & { readonly kind: 'delivered' })
  /** 4yz, to be tried again. */
  | (Refused & { readonly kind: 'deferred' })
  /** 5yz, or given up. `sent` where the bounce came by mail, after the receiver had taken the copy. */
  | (Refused & Belated & { readonly kind: 'bounced' })
  /** A recipient's report, fed back by a receiver that has a complaint loop (ARF, RFC 5965). */
  | (Belated & {
      readonly kind: 'complained';
      readonly tenant: TenantId;
      readonly account: AccountId;
      readonly receiver: ReceiverId;
    })
  /**
   * Our own poll found one of our addresses on a register, or no longer there. Names no tenant, for it
   * cannot.
   */
  | {
      readonly kind: 'listed' | 'delisted';
      readonly pool: PoolName;
      readonly address: IpAddress;
      readonly register: RegisterName;
    }
  /** Our own scan of an outgoing message's content is done. It errs both ways. */
  | (Belated & {
      readonly kind: 'scanned';
      readonly tenant: TenantId;
      readonly account: AccountId;
      readonly spam: boolean;
    })
  /** A login to submit mail, failed or not, from a place where the account was seen before or not. */
  | {
      readonly kind: 'login';
      readonly tenant: TenantId;
      readonly account: AccountId;
      readonly newPlace: boolean;
      readonly failed: boolean;
    }
  /** A message of this account reached one of the platform's own traps. */
  | (Belated & { readonly kind: 'trapped'; readonly tenant: TenantId; readonly account: AccountId })
  /**
   * What a receiver tells of one of our addresses for a whole day (Microsoft's SNDS and the like): how much
   * of its mail there was taken for spam. Names no tenant.
   */
  | {
      readonly kind: 'telemetry';
      readonly pool: PoolName;
      readonly address: IpAddress;
      readonly receiver: ReceiverId;
      readonly colour: 'green' | 'yellow' | 'red';
    }
  /** The desk shut or reopened an account. */
  | { readonly kind: 'suspended' | 'released'; readonly tenant: TenantId; readonly account: AccountId };

export type SignalKind = Signal['kind'];

/** Every kind of signal, once. */
export const signalKinds = [
  'submitted', 'delivered', 'deferred', 'bounced', 'complained', 'listed', 'delisted', 'suspended',
  'released', 'scanned', 'login', 'trapped', 'telemetry', 'attempted',
] as const satisfies readonly SignalKind[];
