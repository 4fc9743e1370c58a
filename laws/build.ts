// Short ways to write down submissions, attempts and signals in tests of a policy: what is left out is
// account 0 of tenant 0, on pool `shared`, with one recipient at receiver 0.

import {
  type AccountId, type AddressKey, type Attempt, type Dispatch, type Milliseconds, noSlots, type PoolName,
  type ReceiverId, type ReceiverName, type Reply, type ReplyClass, type Signal, type Slot, type Submission,
  type TenantId, type Verdict,
} from '../policy/index.ts';

export const addresses = (...keys: number[]): readonly AddressKey[] => keys as AddressKey[];

/** Parts that are numbers, any of them left out. */
type Numbers<Name extends string> = Partial<Record<Name, number>>;

type SubmissionNumbers = 'id' | 'tenant' | 'account' | 'list' | 'allowance' | 'source' | 'signedUp';

export const submissionOf = (parts: Numbers<SubmissionNumbers> & {
  pool?: PoolName; recipients?: readonly number[]; receivers?: readonly number[]; bytes?: number;
  nullSender?: boolean;
} = {}): Submission => {
  const recipients = parts.recipients ?? [1];
  return {
    id: parts.id ?? 0,
    tenant: (parts.tenant ?? 0) as TenantId,
    account: (parts.account ?? 0) as AccountId,
    pool: parts.pool ?? 'shared',
    recipients: recipients as AddressKey[],
    receivers: (parts.receivers ?? recipients.map(() => 0)) as ReceiverId[],
    bytes: parts.bytes ?? 1_000,
    list: parts.list ?? 0,
    allowance: parts.allowance ?? 0,
    source: parts.source ?? 0,
    nullSender: parts.nullSender ?? false,
    urgent: false,
    signedUp: parts.signedUp ?? -1,
  };
};

export const attemptOf = (parts: Numbers<'tenant' | 'account' | 'receiver' | 'list'> & {
  pool?: PoolName; slots?: readonly Slot[];
} = {}): Attempt => ({
  tenant: (parts.tenant ?? 0) as TenantId,
  account: (parts.account ?? 0) as AccountId,
  pool: parts.pool ?? 'shared',
  receiver: (parts.receiver ?? 0) as ReceiverId,
  copies: 1,
  tries: 0,
  list: parts.list ?? 0,
  slots: parts.slots ?? noSlots,
});

export const submitted = (submission: Submission, verdict: Verdict): Signal =>
  ({ kind: 'submitted', tenant: submission.tenant, account: submission.account, submission, verdict });

export const outcome = (
  kind: 'delivered' | 'deferred' | 'bounced',
  parts: Numbers<'tenant' | 'account' | 'receiver' | 'copies' | 'sent'> & {
    pool?: PoolName; address?: string; class?: ReplyClass; text?: string;
    receiverName?: ReceiverName;
  } = {},
): Signal => {
  const who = {
    tenant: (parts.tenant ?? 0) as TenantId,
    account: (parts.account ?? 0) as AccountId,
    pool: parts.pool ?? 'shared',
    address: parts.address ?? '192.0.2.10',
    receiver: (parts.receiver ?? 0) as ReceiverId,
    copies: parts.copies ?? 1,
  };
  const said = parts.class ?? 'unknownUser';
  const reply: Reply = { code: 550, enhanced: '5.1.1', text: parts.text ?? 'as the class says', class: said };
  if (kind === 'delivered') return { kind, ...who };
  const { receiverName } = parts;
  const refused = { ...who, reply, ...(receiverName !== undefined && { receiverName }) };
  return kind === 'bounced' ? { kind, ...refused, ...about(parts) } : { kind, ...refused };
};

/** When the mail was sent that a signal is about, where it says so. */
const about = ({ sent }: Numbers<'sent'>): { sent?: Milliseconds } =>
  sent === undefined ? {} : { sent: sent as Milliseconds };

export const complaint = (parts: Numbers<'tenant' | 'account' | 'receiver' | 'sent'> = {}): Signal => ({
  kind: 'complained',
  ...about(parts),
  tenant: (parts.tenant ?? 0) as TenantId,
  account: (parts.account ?? 0) as AccountId,
  receiver: (parts.receiver ?? 0) as ReceiverId,
});

export const poll = (
  kind: 'listed' | 'delisted', register: string, address = '192.0.2.10', pool: PoolName = 'shared',
): Signal => ({ kind, pool, address, register });

/** What the host tells of an attempt that was judged. */
export const attempted = (
  said: Dispatch, parts: Numbers<'tenant' | 'account' | 'receiver'> & { pool?: PoolName } = {},
  slots: readonly Slot[] = noSlots,
): Signal => {
  const { tenant, account, pool, receiver } = attemptOf(parts);
  return { kind: 'attempted', tenant, account, pool, receiver, slots, said };
};

export const released = (account = 0, tenant = 0): Signal =>
  ({ kind: 'released', tenant: tenant as TenantId, account: account as AccountId });

/** What names nothing but whose it is. */
const whose = (parts: Numbers<'tenant' | 'account'>) =>
  ({ tenant: (parts.tenant ?? 0) as TenantId, account: (parts.account ?? 0) as AccountId });

export const trapped = (parts: Numbers<'tenant' | 'account' | 'sent'> = {}): Signal =>
  ({ kind: 'trapped', ...whose(parts), ...about(parts) });

export const scanned = (spam: boolean, parts: Numbers<'tenant' | 'account' | 'sent'> = {}): Signal =>
  ({ kind: 'scanned', ...whose(parts), spam, ...about(parts) });

export const login = (
  parts: Numbers<'tenant' | 'account'> & { newPlace?: boolean; failed?: boolean } = {},
): Signal =>
  ({ kind: 'login', ...whose(parts), newPlace: parts.newPlace ?? false, failed: parts.failed ?? false });

export const telemetry = (
  colour: 'green' | 'yellow' | 'red', parts: Numbers<'receiver'> & { pool?: PoolName; address?: string } = {},
): Signal => ({
  kind: 'telemetry', pool: parts.pool ?? 'shared', address: parts.address ?? '192.0.2.10',
  receiver: (parts.receiver ?? 0) as ReceiverId, colour,
});
