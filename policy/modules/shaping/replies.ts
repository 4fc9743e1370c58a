// Which replies make a shaping module slow down: parameters that all of them share, and how they are checked.

import type { Key } from '../../module.ts';
import type { ReplyClass, Signal } from '../../signal.ts';
import type { PoolName } from '../../words.ts';

/** What a shaping module keeps one rate for: a receiver, or each tenant's mail to it. */
export type ShapingKey = Extract<Key, 'receiver' | 'tenant+receiver'>;

export interface ShapedBy {
  /** Its name in reasons. */
  readonly name?: string;
  /** `receiver` if left out. */
  readonly key?: ShapingKey;
  /** Only attempts from this pool are slowed, and only replies to it are heard; all pools, where left out. */
  readonly pool?: PoolName;
  /**
   * Classes of refusals, of a try or for good, that it slows down for. A list of slow receivers by name and
   * text belongs in a rule of reply texts.
   */
  readonly on?: readonly ReplyClass[];
}

/** What receivers say who find that too much comes, or that they trust the address too little. */
export const slowDown: readonly ReplyClass[] = ['rateLimit', 'reputationDefer'];

/** Whether a signal is a refusal of these classes, of mail from this pool. */
export const isRefusal = (
  signal: Signal, on: readonly ReplyClass[], pool: PoolName | undefined,
): boolean =>
  (signal.kind === 'deferred' || signal.kind === 'bounced') && on.includes(signal.reply.class) &&
  (pool === undefined || signal.pool === pool);
