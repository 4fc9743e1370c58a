// Why serve and the simulated engine differ over a message: what the protocol leaves unsaid, or what serve
// has not heard.

import { expect, test } from 'vitest';
import { pass, type PoolName, type Submission, type Verdict } from '../../../policy/index.ts';
import { Verdicts } from '../../../testbed/mta/verdicts.ts';
import { messageOf } from '../../../testbed/soak/host-load.ts';

const refused: Verdict =
  { kind: 'reject', reason: { module: 'by-pool', rule: 'no bulk', seen: 1, limit: 0 } };

/** A policy that judges by the pool alone. */
const byPool = ({ pool }: Submission): Verdict => (pool === 'outbound' ? pass : refused);

const whyOf = (simulated: Verdict, submission: Submission): string => {
  const verdicts = new Verdicts();
  verdicts.compare({ served: pass, simulated, submission, now: 0, usualPool: 'outbound', ask: byPool });
  return verdicts.compared.differences[0]!.why;
};

test('a mail server names no pool, so a rule on pools differs for mail that leaves by another', () => {
  const bulk: Submission = { ...messageOf(1, 1), pool: 'bulk' as PoolName };
  expect(whyOf(refused, bulk)).toMatch(/says nothing of lists, contracts, urgency, signing up and the pool/);
});

test('what no word of the protocol explains is what serve has heard otherwise', () => {
  const verdicts = new Verdicts();
  const submission: Submission = { ...messageOf(1, 1), pool: 'outbound' as PoolName };
  verdicts.compare({
    served: refused, simulated: pass, submission, now: 0, usualPool: 'outbound', ask: byPool,
  });
  expect(verdicts.compared.differences[0]!.why).toMatch(/^serve has heard of something/);
  expect(verdicts.compared).toMatchObject({ asked: 1, same: 0 });
});

test('equal verdicts are no difference', () => {
  const verdicts = new Verdicts();
  verdicts.compare({
    served: pass, simulated: { ...pass }, submission: messageOf(1, 1), now: 0, usualPool: 'outbound',
    ask: byPool,
  });
  expect(verdicts.compared).toEqual({ asked: 1, same: 1, differences: [] });
});
