// What a person has looked into and settled is not held against an account again when the complaints about it
// come, days later; what was sent after the release is.

import { describe, expect, test } from 'vitest';
import {
  complaintRatio, days, defer, evidence, hours, type Milliseconds, type Module, pass, policy, PolicyEngine,
  type Signal,
} from '../../policy/index.ts';
import { complaint, outcome, released, scanned, submissionOf, trapped } from '../../laws/build.ts';

/** Writes down what it hears. */
const ear = (key: Module<{ heard: string[] }>['key']): Module<{ heard: string[] }> => ({
  name: `ear-${key}`, key, fresh: () => ({ heard: [] }), decide: () => pass,
  learn: (state, { kind }) => { state.heard.push(kind); },
});
const keys = ['account', 'tenant', 'tenant+receiver', 'receiver', 'pool', 'platform'] as const;

/** Which ears hear a signal after account 0 of tenant 0 was released at hour 10. */
const hearing = (signal: Signal): readonly string[] => {
  const engine = new PolicyEngine(policy('ears', keys.map(ear)));
  engine.learn(released(), hours(10));
  engine.learn(signal, hours(20));
  const { states } = engine.snapshot();
  return keys.filter((key) => states[`ear-${key}`]!
    .some(([, state]) => (state as { heard: string[] }).heard.includes(signal.kind)));
};

describe('mail sent before a release', () => {
  const [before, at10, after] = [{ sent: hours(9) }, { sent: hours(10) }, { sent: hours(10) + 1 }];
  const late = (sent: { sent: number }): readonly Signal[] =>
    [complaint(sent), trapped(sent), scanned(true, sent), outcome('bounced', sent)];

  test('is heard of by neither account nor tenant, but by all whom the release does not concern', () => {
    for (const signal of [...late(before), ...late(at10)]) {
      expect(hearing(signal)).not.toContain('account');
      expect(hearing(signal)).not.toContain('tenant');
    }
    expect(hearing(outcome('bounced', before))).toEqual(['tenant+receiver', 'receiver', 'pool', 'platform']);
  });

  test('is no matter where it was sent after, or where nobody knows when', () => {
    for (const signal of [...late(after), complaint(), trapped(), outcome('bounced'), outcome('delivered')]) {
      expect(hearing(signal)).toEqual(expect.arrayContaining(['account', 'tenant']));
    }
  });

  test('of another account of the tenant is settled for the tenant, and not for that account', () => {
    const other = hearing(complaint({ account: 1, sent: hours(9) }));
    expect(other).toContain('account');
    expect(other).not.toContain('tenant');
    expect(hearing(complaint({ account: 1, tenant: 1, sent: hours(9) })))
      .toEqual(expect.arrayContaining(['account', 'tenant']));
  });
});

test('an account that was released is not shut again for the mail it was shut for', () => {
  const rules = policy('rules', [
    complaintRatio({ ratio: 0.01, minimum: 3, window: days(7) }),
    evidence({ weights: { 'own traps': 1, 'unknown users': 1 }, limit: 3, window: days(7), action: defer }),
  ]);
  const said = (sent: Milliseconds, engine = new PolicyEngine(rules)): string => {
    engine.learn(outcome('delivered', { copies: 100 }), hours(1));
    engine.learn(released(), hours(2));
    for (let count = 0; count < 3; count++) {
      engine.learn(complaint({ sent }), days(2));
      engine.learn(trapped({ sent }), days(2));
      engine.learn(outcome('bounced', { sent }), days(2));
    }
    return engine.decide(submissionOf(), days(2)).kind;
  };
  expect(said(hours(1))).toBe('pass');
  expect(said(hours(3))).toBe('suspend');
});

test('what is settled stays settled in a snapshot, and one from before there was such a thing loads', () => {
  const rule = (): PolicyEngine => new PolicyEngine(policy('rule', [
    evidence({ weights: { complaints: 1 }, limit: 1, window: days(7), action: defer }),
  ]));
  const one = rule();
  one.learn(released(), hours(2));
  const snapshot = JSON.parse(JSON.stringify(one.snapshot())) as ReturnType<PolicyEngine['snapshot']>;
  const { released: _, ...older } = snapshot;
  const [same, forgetful] = [rule(), rule()];
  same.restore(snapshot);
  forgetful.learn(released(), hours(2));
  forgetful.restore(older);
  for (const engine of [same, forgetful]) engine.learn(complaint({ sent: hours(1) }), hours(3));
  expect(same.decide(submissionOf(), hours(3))).toBe(pass);
  expect(forgetful.decide(submissionOf(), hours(3)).kind).toBe('defer');
});
