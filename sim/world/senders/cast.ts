// Who sends: tenants, their accounts, and the actors that write through an account. An actor is a habit of
// sending (an office, a newsletter, a thief with a password); each counts its own messages, so that one being
// blocked never moves the luck of another's mail.

import type { AccountId, PoolName, TenantId } from '../../../policy/index.ts';
import type { StreamId } from '../../streams.ts';
import type { AbuseRecord } from '../measures/abuse-record.ts';
import type { SpaceId } from './addresses.ts';
import type { AttackHabit } from './habits/attack.ts';
import type { CampaignHabit } from './habits/campaign.ts';
import type { OfficeHabit } from './habits/office.ts';
import type { ScriptHabit } from './habits/script.ts';
import type { ShopHabit } from './habits/shop.ts';
import type { TraceHabit } from './habits/trace.ts';

/**
 * Truth about a message, known to scenario and scorer alone. `unwanted`: nobody asked for it, though no crime
 * was meant; `feigned`: a spammer behaving well while warming up, counted nowhere.
 */
export type Truth = 'wanted' | 'unwanted' | 'abusive' | 'feigned';

export type Cause = 'compromised' | 'infected' | 'careless' | 'spammer' | 'backscatter';

export interface Tenant {
  readonly id: TenantId;
  readonly group: string;
  /** Number within its group, from 0. */
  readonly member: number;
  readonly pool: PoolName;
  /** Messages an hour each account is granted by contract; 0 for none. */
  readonly allowance: number;
  readonly accounts: Account[];
  /** When it signed up; -1 for a customer of old, which all are that are not notable (World). */
  since: number;
  /** Until when nobody looks at alerts about it: somebody has just looked. */
  restsUntil: number;
  /** The fault, once an incident has made it a culprit. */
  culprit: Culprit | null;
}

export const tenantName = (tenant: Tenant): string => `${tenant.group}-${tenant.member + 1}`;

export interface Account {
  readonly id: AccountId;
  /** What its luck goes by: the same however many tenants of other groups there are. */
  readonly luck: number;
  readonly tenant: Tenant;
  /** When it was last shut by policy or desk; -1 while open. */
  shutSince: number;
  /** When it was last shut for a cause that nobody has cleared it of; -1 where never. */
  blamedAt: number;
  /** How often somebody has looked into it; each time anew. */
  looks: number;
  /** A case about it lies with the desk. */
  caseOpen: boolean;
}

/** A tenant at fault, and the tale of its abusive mail. */
export interface Culprit {
  readonly tenant: Tenant;
  readonly account: Account;
  /** All accounts that the fault has reached, `account` the first; an attacker who moves adds to it. */
  readonly accounts: Account[];
  readonly cause: Cause;
  onset: number;
  /** When the cause was removed; -1 while it is there. */
  removedAt: number;
  /** A message of it fell due after the cause was removed: it would have gone on. */
  cutOff: boolean;
  /** Its abusive submissions; what stopped one is `module rule` of the policy. */
  readonly abuse: AbuseRecord;
  detectedAt: number;
  detectedBy: string;
  /** The thief is locked out, or the tenant has stopped. */
  over: boolean;
}

/** How an actor's messages come about; each kind has its own state of arrival, and its own file. */
export type Habit = OfficeHabit | ShopHabit | ScriptHabit | CampaignHabit | TraceHabit | AttackHabit;

export interface Actor {
  /**
   * What the luck of its messages goes by, 32 bits with a sign, as then it lies in the record itself; unique
   * save by a rare chance (luck-number.ts).
   */
  readonly id: number;
  readonly account: Account;
  /** Of the account's tenant, and kept here too: what each message asks for lies side by side in memory. */
  readonly tenant: TenantId;
  readonly accountId: AccountId;
  readonly pool: PoolName;
  readonly allowance: number;
  readonly habit: Habit;
  readonly truth: Truth;
  readonly stream: StreamId;
  /** Where its recipients live, and where its slips do. */
  readonly space: SpaceId;
  readonly slips: SpaceId;
  /** Fingerprint of its List-Id; 0 for mail that is not bulk. */
  readonly list: number;
  /** Times it submits a message again after a deferral before giving up. */
  readonly patience: number;
  readonly culprit: Culprit | null;
  /** The address it submits from, as a number: its tenant's router, or a stranger's. */
  readonly source: number;
  /** Its mail has no sender, as autoreplies have none. */
  readonly nullSender: boolean;
  /** Mail that cannot wait, in a million messages: a whole number, which lies in the record itself. */
  readonly urgent: number;
  /** The number of its next message. */
  count: number;
  /** People it has written to who were not in its address book, or not among its customers. */
  newcomers: number;
  /** Its cause is gone: it writes no more. */
  silent: boolean;
}

type Given =
  'id' | 'account' | 'habit' | 'truth' | 'stream' | 'space' | 'slips' | 'list' | 'patience' | 'culprit';
type Maybe = 'source' | 'nullSender' | 'urgent';

/**
 * An actor that has written nothing yet; it sends from its tenant's router, nothing urgent, in its own
 * name.
 */
export const makeActor = (given: Pick<Actor, Given> & Partial<Pick<Actor, Maybe>>): Actor => {
  const { id: accountId, tenant } = given.account;
  const { id, account, habit, truth, stream, space, slips, list, patience, culprit } = given;
  const { id: tenantId, pool, allowance } = tenant;
  const { source = tenantId, nullSender = false, urgent = 0 } = given;
  // In the order in which a message asks for them: an actor covers several lines of the processor's cache.
  return {
    id: id | 0, habit, stream, silent: false, count: 0, newcomers: 0, space, slips, tenant: tenantId,
    accountId, pool, allowance, list, source, urgent, nullSender, account, culprit, truth, patience,
  };
};
