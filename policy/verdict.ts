// What a policy says of a submission, and of an attempt. Closed sets: a switch over `kind` handles each.

import type { Slot } from './submission.ts';
import type { Milliseconds } from './units.ts';
import type { IpAddress, PoolName } from './words.ts';

/** Why: the module and rule that spoke, the quantity it saw and the limit that quantity went over. */
export interface Reason {
  readonly module: string;
  /** The quantity's name, such as `recipients/24h`; the same word in logs, report and docs. */
  readonly rule: string;
  readonly seen: number;
  readonly limit: number;
}

/** What a rule on trial may have to say. */
export type Trial = Exclude<VerdictKind, 'pass' | 'shadow'>;

/** Said of a message that is sent all the same. */
export type Remark =
  /** A rule on trial: it would have said so, and is only to be counted. */
  | { readonly kind: 'shadow'; readonly would: Trial; readonly reason: Reason }
  /** The desk is to look at the account. */
  | { readonly kind: 'alert'; readonly reason: Reason };

interface Spoken {
  readonly reason: Reason;
  /** What milder rules remarked on the same message. */
  readonly also?: readonly Remark[];
}

interface Delayed extends Spoken {
  /** The pool it is to leave by in the end, where a milder rule diverts it. */
  readonly pool?: PoolName;
}

export type Verdict =
  /** Send now through the tenant's pool. */
  | { readonly kind: 'pass' }
  /** Send now, and count what would have been said. */
  | (Spoken & { readonly kind: 'shadow'; readonly would: Trial })
  /** Send now, and tell the desk. */
  | (Spoken & { readonly kind: 'alert' })
  /** Send through another pool. */
  | (Spoken & { readonly kind: 'divert'; readonly pool: PoolName })
  /** Keep in the queue until then, and send. */
  | (Delayed & { readonly kind: 'pace'; readonly until: Milliseconds })
  /** Refuse for now (4.7.1); the account may try again. */
  | (Spoken & { readonly kind: 'defer' })
  /** Keep for a person to look at. */
  | (Delayed & { readonly kind: 'hold' })
  /** Refuse for good (5.7.1). */
  | (Spoken & { readonly kind: 'reject' })
  /** Refuse this and all that follows until then, or until a person releases. */
  | (Spoken & {
      readonly kind: 'suspend';
      readonly scope: 'account' | 'tenant';
      readonly until: Milliseconds;
    });

export type VerdictKind =
  'pass' | 'shadow' | 'alert' | 'divert' | 'pace' | 'defer' | 'hold' | 'reject' | 'suspend';

/** From mildest to most severe; where several modules speak, the most severe is heard. */
export const severity: readonly VerdictKind[] = [
  'pass', 'shadow', 'alert', 'divert', 'pace', 'defer', 'hold', 'reject', 'suspend',
];

/** The one verdict without a reason; shared, so that the common case allocates nothing. */
export const pass: Verdict = Object.freeze({ kind: 'pass' });

/** What a policy says when an attempt is about to be made. */
export type Dispatch =
  /** `connections`: unless so many to that receiver are open already; then it waits for one of them. */
  | { readonly kind: 'go'; readonly connections?: number }
  /**
   * Leave it in the queue until then. With a `slot` it has its place in a line: the host lets the policy
   * learn that (`attempted`), and hands the slot back when it asks again, so that nobody queues twice.
   */
  | { readonly kind: 'wait'; readonly until: Milliseconds; readonly slot?: Slot; readonly reason: Reason }
  /** Go, but from another address of the pool than these; from one of these where there is no other. */
  | { readonly kind: 'avoid'; readonly addresses: readonly IpAddress[]; readonly reason: Reason }
  /** Go, from another pool's address. */
  | { readonly kind: 'pool'; readonly pool: PoolName; readonly reason: Reason }
  /** Keep it, and what else the account has in the queue, until a person has looked. */
  | { readonly kind: 'hold'; readonly reason: Reason };

export const go: Dispatch = Object.freeze({ kind: 'go' });
