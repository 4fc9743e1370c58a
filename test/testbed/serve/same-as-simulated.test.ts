// A served policy and a simulated one are the same policy: what a simulated run submitted and learned is
// submitted and learned once more, over a socket, and each verdict is what it was.

import { expect, test } from 'vitest';
import {
  defaultPolicy, never, type Policy, presets, type Reason, type Signal, type Submission, type Verdict,
} from '../../../policy/index.ts';
import { dateOf } from '../../../testbed/serve/answer.ts';
import type { Ledger } from '../../../testbed/serve/ledger.ts';
import { Asker, atWork, epoch } from './at-work.ts';
import { heardIn, login } from './simulated.ts';

/** The signal with the numbers that the served policy has for the same parties. */
const renumbered = (signal: Signal, ledger: Ledger): Signal => {
  const renamed: Record<string, unknown> = { ...signal };
  if ('account' in signal) {
    const account = ledger.account(login(signal.tenant, signal.account));
    Object.assign(renamed, { account, tenant: ledger.tenant(account) });
  }
  if ('receiver' in signal) renamed['receiver'] = ledger.receiver(`@r${signal.receiver}.test`);
  return renamed as unknown as Signal;
};

const messageOf = (submission: Submission, id: number) => ({
  id,
  sasl_username: login(submission.tenant, submission.account),
  sender: submission.nullSender ? '' : login(submission.tenant, submission.account),
  client_address: [24, 16, 8, 0].map((bits) => submission.source >>> bits & 255).join('.'),
  size: submission.bytes,
  recipients: submission.recipients.map((key, at) => `k${key}@r${submission.receivers[at]}.test`),
});

/** Of a person's suspension only who decided it: what a desk has to say for itself is not the policy's. */
const reasonOf = (reason: Reason | undefined) => (reason?.module === 'desk' ? 'desk' : reason);

/** Whatever the log says of a verdict. */
const saidOf = (verdict: Verdict) => ({
  verdict: verdict.kind,
  reason: reasonOf('reason' in verdict ? verdict.reason : undefined),
  also: 'also' in verdict ? verdict.also : undefined,
  pool: 'pool' in verdict ? verdict.pool : undefined,
  until: 'until' in verdict && verdict.until < never ? dateOf(verdict.until, epoch) : undefined,
});

test.each<readonly [string, Policy]>([
  ['the default policy', defaultPolicy],
  ...['mox', 'cpanel', 'microsoft-365', 'policyd-rate-limit'].map((name) =>
    [`preset ${name}`, presets[name]!.policy] as const),
])('%s gives the same verdicts and reasons as in simulation', async (_, judged) => {
  const heard = heardIn(judged);
  const { lines, place, served, time } = await atWork(judged);
  const asker = new Asker(place);
  const { ledger } = served;
  const expected: unknown[] = [];
  for (const { at, signal } of heard) {
    time.at = at;
    if (signal.kind === 'submitted') {
      expected.push(saidOf(signal.verdict));
      await asker.message(messageOf(signal.submission, expected.length));
    } else if (signal.kind === 'suspended' || signal.kind === 'released') {
      const whose = ledger.account(login(signal.tenant, signal.account));
      const does = signal.kind === 'suspended' ? 'suspend' : 'release';
      ledger.note({ kind: 'desk', does, account: whose });
    } else {
      ledger.hear(renumbered(signal, ledger));
    }
  }
  served.settle();
  const seen = lines.map(({ also, pool, reason, until, verdict }) =>
    ({ verdict, reason: reasonOf(reason), also, pool, until }));
  expect(seen).toEqual(expected);
  expect(seen.some(({ verdict }) => verdict !== 'pass')).toBe(true);
  expect(heard.length).toBeGreaterThan(expected.length);
  asker.close();
  await served.close();
});
