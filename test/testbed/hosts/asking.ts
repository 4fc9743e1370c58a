// Asks hosts as a run does, without one: a small world, submissions of its accounts, times.

import { type AccountId, type AddressKey, type Milliseconds, milliseconds, type ReceiverId, type Submission,
  type TenantId, type VerdictKind } from '../../../policy/index.ts';
import type { World } from '../../../sim/index.ts';
import type { RunningHost } from '../../../testbed/hosts/host.ts';
import { worldOf } from '../../sim/world/stage.ts';

export const second = 1_000;

/** One tenant and one receiver. */
export const smallWorld = (): World => worldOf();

/** A message of one account to so many recipients, each of whom it has never written to before. */
export const submission = (id: number, changes: Partial<Submission> = {}): Submission => {
  const recipients = changes.recipients ?? [id as AddressKey];
  return {
    id, tenant: 7 as TenantId, account: 12 as AccountId, pool: 'shared', recipients,
    receivers: recipients.map(() => 0 as ReceiverId), bytes: 3_000, list: 0, allowance: 0, source: 7,
    nullSender: false, urgent: false, signedUp: -1, ...changes,
  };
};

/** What the host says of one message at each of the times, in milliseconds. */
export const verdictsAt = async (
  host: RunningHost, times: readonly number[], changes: Partial<Submission> = {},
): Promise<readonly VerdictKind[]> => {
  const said: VerdictKind[] = [];
  for (const [index, at] of times.entries()) {
    said.push((await host.judge(submission(index + 1, changes), milliseconds(at) as Milliseconds)).kind);
  }
  return said;
};

/** A window of 10 in an hour: ten at once, the eleventh, 10 s before the hour is over, and a second after. */
export const windowTimes: readonly number[] =
  [...Array.from({ length: 11 }, () => 0), 3_590 * second, 3_601 * second];

/** What a window of 10 in an hour says to that. */
export const windowHeld: readonly VerdictKind[] =
  [...Array.from({ length: 10 }, () => 'pass' as const), 'defer', 'defer', 'pass'];

/** What it says where time does not pass. */
export const windowStuck: readonly VerdictKind[] = [...windowHeld.slice(0, 12), 'defer'];

/** Asks, and closes the host whatever happens. */
export const withHost = async <Value>(
  starting: Promise<RunningHost>, work: (host: RunningHost) => Promise<Value>,
): Promise<Value> => {
  const host = await starting;
  try {
    return await work(host);
  } finally {
    await host.close();
  }
};
