// What a rule does where its limit is passed: the rungs of the ladder, from a rule on trial to a closed
// account. A module takes its action as a parameter, so every detector can stand on every rung.

import { later, type Milliseconds, never } from './units.ts';
import type { Reason, Trial, Verdict } from './verdict.ts';
import type { PoolName } from './words.ts';

export type Action =
  | { readonly kind: 'shadow'; readonly would: Trial }
  | { readonly kind: 'alert' }
  | { readonly kind: 'divert'; readonly pool: PoolName }
  /** Each message leaves that much later. */
  | { readonly kind: 'pace'; readonly by: Milliseconds }
  | { readonly kind: 'defer' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'reject' }
  /** `during` is `never` where only a person's release ends it. */
  | { readonly kind: 'suspend'; readonly scope: 'account' | 'tenant'; readonly during: Milliseconds };

/** An action that is felt: any but `shadow`. */
type LiveAction = Exclude<Action, { readonly kind: 'shadow' }>;

/** Send, and tell the desk. */
export const alert: LiveAction = { kind: 'alert' };
/** Refuse for now; the account may try again. */
export const defer: LiveAction = { kind: 'defer' };
/** Keep for a person to look at. */
export const hold: LiveAction = { kind: 'hold' };
/** Refuse for good. */
export const reject: LiveAction = { kind: 'reject' };
/** Send through another pool, such as `high-risk`. Throws a RangeError for a name that is empty or none. */
export const divertTo = (pool: PoolName): LiveAction => {
  if (typeof pool === 'string' && pool !== '') return { kind: 'divert', pool };
  throw new RangeError(`divertTo: pool is ${String(pool)}; it is the name of a pool, such as high-risk.`);
};
/** Send that much later. Throws a RangeError for what is no span. */
export const paceBy = (by: Milliseconds): LiveAction => ({ kind: 'pace', by: spanOf('paceBy: by', by) });
/**
 * Refuse all that follows, for a time or until a person releases. Throws a RangeError for another scope and
 * for what is no span.
 */
export const suspend = (scope: 'account' | 'tenant', during: Milliseconds = never): LiveAction => {
  if (scope !== 'account' && scope !== 'tenant') {
    throw new RangeError(`suspend: scope is ${String(scope)}; it is account or tenant.`);
  }
  return { kind: 'suspend', scope, during: spanOf('suspend: during', during) };
};
/** Only count what the rule would have said: a rule on trial. */
export const shadow = (action: LiveAction): Action =>
  ({ kind: 'shadow', would: action.kind });

/**
 * Written without types, a span can be anything: added to a time, text or NaN would make `never` of it, and a
 * message wait for ever.
 */
const spanOf = (what: string, span: Milliseconds): Milliseconds => {
  if (Number.isSafeInteger(span) && span >= 0) return span;
  throw new RangeError(`${what} is ${String(span)}; it is a span of whole milliseconds, such as minutes(5).`);
};

/** The verdict of a rule that takes this action, for this reason. */
export const verdictOf = (action: Action, reason: Reason, now: Milliseconds): Verdict => {
  switch (action.kind) {
    case 'shadow': return { kind: 'shadow', would: action.would, reason };
    case 'divert': return { kind: 'divert', pool: action.pool, reason };
    case 'pace': return { kind: 'pace', until: later(now, action.by), reason };
    case 'suspend': return { kind: 'suspend', scope: action.scope, until: later(now, action.during), reason };
    case 'alert':
    case 'defer':
    case 'hold':
    case 'reject': return { kind: action.kind, reason };
    default: return action satisfies never;
  }
};
