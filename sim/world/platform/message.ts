// A message while it is in the system: what the policy sees of it, whose it is in truth, and where its copies
// stand.

import type { PoolName, Submission } from '../../../policy/index.ts';
import type { Mail } from '../receivers/mail.ts';
import type { Actor } from '../senders/cast.ts';

/** Where a submission ended. A message to several recipients is delivered if any of them got it. */
export type Fate = 'delivered' | 'bounced' | 'refused';

export interface Message extends Mail {
  readonly submission: Submission;
  readonly actor: Actor;
  /** When it was first handed in. */
  readonly since: number;
  /** Index among the culprit's abusive submissions; -1 for other mail. */
  readonly abuse: number;
  /** Times it was handed in again after a deferral. */
  tries: number;
  /** Copies that are neither delivered nor bounced yet, once it is in the queue. */
  open: number;
  delivered: number;
  /** Waits for a person, or for its account to be reopened. */
  held: boolean;
  /** The policy held it back in the queue at least once. */
  kept: boolean;
  /** Where it leaves by once it need wait no longer: its tenant's pool, or where the policy diverts it. */
  pool: PoolName;
  /** The policy made it wait; when it got past the policy, the delay is counted. */
  delayed: boolean;
  /** At least one attempt was made. */
  left: boolean;
  /** It was handed in after the warm-up: metrics count it. */
  readonly counted: boolean;
  /** A copy of it was deferred, or bounced, because of the address it came from. */
  putOff: boolean;
  turnedAway: boolean;
  /** Urgent, and sent another way because its own was refused. */
  rerouted: boolean;
}
