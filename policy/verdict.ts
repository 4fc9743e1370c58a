// What a policy says of a submission, and of an attempt. Closed sets: a switch over `kind` handles each.

import type { Milliseconds } from './units.ts';
import type { PoolName } from './words.ts';

/** Why: the module and rule that spoke, the quantity it saw and the limit that quantity went over. */
export interface Reason {
  readonly module: string;
  /** The quantity's name, such as `recipients/24h`; the same word in logs, report and docs. */
  readonly rule: string;
  readonly seen: number;
  readonly limit: number;
}

export type Verdict =
  /** Send now through the tenant's pool. */
  | { readonly kind: 'pass' }
  /** Send through another pool. */
  | { readonly kind: 'divert'; readonly pool: PoolName; readonly reason: Reason }
  /** Keep in the queue until then, and send. */
  | { readonly kind: 'pace'; readonly until: Milliseconds; readonly reason: Reason }
  /** Refuse for now (4.7.1); the account may try again. */
  | { readonly kind: 'defer'; readonly reason: Reason }
  /** Keep for a person to look at. */
  | { readonly kind: 'hold'; readonly reason: Reason }
  /** Refuse for good (5.7.1). */
  | { readonly kind: 'reject'; readonly reason: Reason }
  /** Refuse this and all that follows until then, or until a person releases. */
  | {
      readonly kind: 'suspend';
      readonly scope: 'account' | 'tenant';
      readonly until: Milliseconds;
      readonly reason: Reason;
    };

export type VerdictKind = Verdict['kind'];

/** From mildest to most severe; where several modules speak, the most severe is heard. */
export const severity: readonly VerdictKind[] = [
  'pass', 'divert', 'pace', 'defer', 'hold', 'reject', 'suspend',
];

/** The one verdict without a reason; shared, so that the common case allocates nothing. */
export const pass: Verdict = Object.freeze({ kind: 'pass' });

/** What a policy says when an attempt is about to be made. */
export type Dispatch =
  | { readonly kind: 'go' }
  /** Leave it in the queue until then. */
  | { readonly kind: 'wait'; readonly until: Milliseconds; readonly reason: Reason }
  /** Go, from another pool's address. */
  | { readonly kind: 'pool'; readonly pool: PoolName; readonly reason: Reason };

export const go: Dispatch = Object.freeze({ kind: 'go' });
