// Short ways to write down submissions, attempts and signals in tests of the policy.

import type {
  AccountId, AddressKey, Attempt, PoolName, ReceiverId, Reply, ReplyClass, Signal, Submission, TenantId, Verdict,
} from '../../policy/index.ts';

export const addresses = (...keys: number[]): readonly AddressKey[] => keys as AddressKey[];

export const submissionOf = (parts: Partial<Record<'id' | 'tenant' | 'account' | 'list' | 'allowance', number>> & {
  pool?: PoolName; recipients?: readonly number[]; receivers?: readonly number[];
} = {}): Submission => {
  const recipients = parts.recipients ?? [1];
  return {
    id: parts.id ?? 0,
    tenant: (parts.tenant ?? 0) as TenantId,
    account: (parts.account ?? 0) as AccountId,
    pool: parts.pool ?? 'shared',
    recipients: recipients as AddressKey[],
    receivers: (parts.receivers ?? recipients.map(() => 0)) as ReceiverId[],
    bytes: 1_000,
    list: parts.list ?? 0,
    allowance: parts.allowance ?? 0,
  };
};

export const attemptOf = (parts: Partial<Record<'tenant' | 'account' | 'receiver' | 'list', number>> & {
  pool?: PoolName;
} = {}): Attempt => ({
  tenant: (parts.tenant ?? 0) as TenantId,
  account: (parts.account ?? 0) as AccountId,
  pool: parts.pool ?? 'shared',
  receiver: (parts.receiver ?? 0) as ReceiverId,
  copies: 1,
  tries: 0,
  list: parts.list ?? 0,
});

export const submitted = (submission: Submission, verdict: Verdict): Signal =>
  ({ kind: 'submitted', tenant: submission.tenant, account: submission.account, submission, verdict });

export const outcome = (
  kind: 'delivered' | 'deferred' | 'bounced',
  parts: Partial<Record<'tenant' | 'account' | 'receiver' | 'copies', number>> & {
    pool?: PoolName; class?: ReplyClass;
  } = {},
): Signal => {
  const who = {
    tenant: (parts.tenant ?? 0) as TenantId,
    account: (parts.account ?? 0) as AccountId,
    pool: parts.pool ?? 'shared',
    receiver: (parts.receiver ?? 0) as ReceiverId,
    copies: parts.copies ?? 1,
  };
  const reply: Reply = { code: 550, enhanced: '5.1.1', text: 'as the class says', class: parts.class ?? 'unknownUser' };
  return kind === 'delivered' ? { kind, ...who } : { kind, ...who, reply };
};

export const complaint = (parts: Partial<Record<'tenant' | 'account' | 'receiver', number>> = {}): Signal => ({
  kind: 'complained',
  tenant: (parts.tenant ?? 0) as TenantId,
  account: (parts.account ?? 0) as AccountId,
  receiver: (parts.receiver ?? 0) as ReceiverId,
});

export const poll = (
  kind: 'listed' | 'delisted', register: string, address = '192.0.2.10', pool: PoolName = 'shared',
): Signal => ({ kind, pool, address, register });

export const released = (account = 0, tenant = 0): Signal =>
  ({ kind: 'released', tenant: tenant as TenantId, account: account as AccountId });
