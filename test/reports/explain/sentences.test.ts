// Single sentences of an explanation that a rule's numbers could make untrue: what "allowed" would mean of a
// rule that speaks at its limit, whose doing a shared rule's word is, and what nobody tried.

import { describe, expect, test } from 'vitest';
import { tenantsWorthAsking } from '../../../reports/explain/candidates.ts';
import { chainOf } from '../../../reports/explain/chain.ts';
import { nearEntries } from '../../../reports/explain/near-text.ts';
import { openingOf } from '../../../reports/explain/opening.ts';
import { stepText } from '../../../reports/explain/step-text.ts';
import type { Step, StepOf, Tale } from '../../../sim/telling/tale.ts';
import { makeResult } from '../fixture.ts';
import { culprit, tell, usualRules } from '../../sim/telling/stolen.ts';

const { tale } = tell(culprit, usualRules);
const dateOf = (at: number): string => `at ${at}`;

type Spoken = StepOf<'verdict'>;
const spoken = tale.steps.find((step): step is Spoken => step.kind === 'verdict' && !step.shut)!;
const said = (changes: Partial<Spoken>, of: Tale = tale): string =>
  stepText({ ...spoken, count: 1, abusive: 0, wanted: 1, verdict: 'alert', ...changes }, of, dateOf);

describe('a sentence on a rule', () => {
  test('never says that what set it off is allowed, for some rules speak at their limit', () => {
    expect(said({ rule: 'strikes strikes/6h', seen: 2, limit: 2 })).toContain('it saw 2, its limit is 2.');
    expect(said({ rule: 'r unknown users/outcomes in 24h', seen: 0.1, limit: 0.1 }))
      .toContain('it saw 10 %, its limit is 10 %.');
    expect(said({ rule: 'w listings', seen: 2, limit: 0 })).toContain('it saw 2, where none is allowed.');
  });

  test('has the words of those whose limit is none: a usual number, a share that is tested against', () => {
    expect(said({ rule: 'v messages of an hour above the usual', seen: 80, limit: 3 }))
      .toContain('it saw 80, usual are 3.');
    expect(said({ rule: 'spot share of spam verdicts', seen: 0.9, limit: 0.2 }))
      .toContain('its test finds a share of 90 % likelier than one of 20 %.');
  });

  test('says what a number is made of only where the rule counts that, over a span it names', () => {
    const from = { ...spoken.from, span: null, messages: 240, recipients: 240, abusive: 0, unknownUsers: 3 };
    expect(said({ rule: 'canary-slice first recipients', seen: 200, limit: 200, from }))
      .toContain('By then it had sent 240 messages to 240 recipients so far.');
    expect(said({ rule: 'canary-slice unknown users of the first recipients', seen: 0.4, limit: 0.05, from }))
      .toContain('By then there were 3 unknown users, and 240 messages');
    expect(said({ rule: 'w messages/1h', seen: 240, limit: 100, from: { ...from, span: 3_600_000 } }))
      .toContain('That is made of 240 messages to 240 recipients within 1 h');
  });

  test('lays what goes by an address or a receiver to more than this tenant, and only that', () => {
    expect(said({ goesBy: 'pool' })).toContain('by the pool of addresses, and not by this tenant alone.');
    expect(said({ goesBy: 'tenant+receiver' })).toMatch(/goes by this tenant's mail to one receiver\./);
    const noticed = { ...spoken, abusive: 1 };
    const shared: Spoken = { ...noticed, goesBy: 'pool', at: tale.onset! - 1 };
    const both = { ...tale, steps: [shared, noticed] };
    expect(stepText(shared, both, dateOf)).not.toContain('notices');
    expect(stepText(noticed, both, dateOf)).toContain('The policy notices: ');
  });
});

test('a culprit of whom nearly nothing got out before a rule spoke is not "blocked before noticed"', () => {
  const story = tale.culprit!;
  const [blocked, detected] = [{ ...story.blocked, value: 0 }, { ...story.detected, value: 23_000 }];
  const swift = { ...tale, culprit: { ...story, blocked, detected } };
  const opening = openingOf(swift, [], 0, dateOf).join(' ');
  expect(opening).toMatch(/noticed after 23 s[^.]*\. It counts as blocked after 0 s.*at most 1 % got out\./);
});

test('looks at held mail are counted by the day, and figures of a plan read as figures', () => {
  const look = (at: number): Step =>
    ({ kind: 'case', at, last: at, count: 1, event: 'case-worked', about: 'the held', took: 120_000 });
  const list: Step = { ...look(1), kind: 'told', event: 'incident', lane: 'tenant', what: 'mails 30000' };
  const lines = chainOf({ ...tale, steps: [list, look(2), look(9), look(5e8)] }, dateOf);
  expect(lines.map(({ text }) => text)).toEqual([
    'mails 30,000.', 'Somebody at the desk has worked 2 m on its held mail, 2 times.',
    'Somebody at the desk has worked 2 m on its held mail.',
  ]);
});

test('of rules that nothing tried brought near, one line says what was tried', () => {
  const far = { at: null, more: 1_000, of: null, limit: 0 };
  const near = [{ rule: 'strikes', ...far }, { rule: 'failed-logins', ...far }];
  const [[label, text], ...more] = nearEntries({ ...tale, near }, dateOf) as [[string, string]];
  expect([label, more]).toEqual(['far from it', []]);
  expect(text).toMatch(/^strikes and failed-logins: up to 1,000 .*; more of anything else was not tried$/);
});

test('who was shut while it had nothing to send was hit by no rule, and a folder is a shell word', () => {
  const result = makeResult({ seeds: 1 });
  const [seed] = result.seeds;
  const none = { rejected: 0, held: 0, deferred: 0, paced: 0 };
  const hit = { tenant: 'idle-1', careless: false, submitted: 3, ...none, suspendedMs: 3_600_000, rule: '' };
  const { text } = tenantsWorthAsking(result, { ...seed!, culprits: [], hits: [hit] }, 'my runs/it');
  expect(text).toContain('innocent: shut for 1 h, which none of its 3 messages met');
  expect(text).toContain("Ask      sharedfate explain 'my runs/it' --seed 1 --tenant idle-1");
});
