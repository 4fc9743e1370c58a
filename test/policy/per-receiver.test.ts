// A module that keeps a state by receiver sees the part of a message that goes to that receiver: recipients
// and bytes to a provider can be limited as messages can, and no recipient elsewhere counts.

import { describe, expect, test } from 'vitest';
import {
  firstTimeRecipients, forBulk, hours, minutes, type Module, onTrial, pass, policy, PolicyEngine, type Signal,
  sourceVolume, type Submission, uniqueRecipients, type Verdict, volume, zero,
} from '../../policy/index.ts';
import { submissionOf, submitted } from '../../laws/build.ts';

type Seen = readonly [receiver: number, recipients: readonly number[], bytes: number];

/** What a module with such a key is shown, when it judges and when it learns. */
const shown = (key: Module<object>['key'], submission: Submission) => {
  const [judged, learned]: [Seen[], Seen[]] = [[], []];
  const seen = ({ bytes, receivers, recipients }: Submission): Seen => [receivers[0]!, recipients, bytes];
  const module: Module<object> = {
    name: 'eye', key, fresh: () => ({}),
    decide: (_, one) => { judged.push(seen(one)); return pass; },
    learn: (_, signal) => { if (signal.kind === 'submitted') learned.push(seen(signal.submission)); },
  };
  const engine = new PolicyEngine(policy('test', [module]));
  engine.decide(submission, zero);
  engine.learn(submitted(submission, pass), zero);
  return { judged, learned };
};

const mixed = submissionOf({ recipients: [11, 22, 12, 23, 11], receivers: [1, 2, 1, 2, 1], bytes: 500 });

describe('a message to several receivers', () => {
  test('is shown to modules by receiver in parts, to all others whole', () => {
    for (const key of ['receiver', 'tenant+receiver'] as const) {
      const parts: Seen[] = [[1, [11, 12, 11], 500], [2, [22, 23], 500]];
      expect(shown(key, mixed)).toEqual({ judged: parts, learned: parts });
    }
    for (const key of ['account', 'tenant', 'pool', 'platform'] as const) {
      const whole: Seen[] = [[1, [11, 22, 12, 23, 11], 500]];
      expect(shown(key, mixed)).toEqual({ judged: whole, learned: whole });
    }
  });

  test('is handed over unchanged, and so is one to a single receiver', () => {
    const before = structuredClone(mixed);
    shown('receiver', mixed);
    expect(mixed).toEqual(before);
    const single = submissionOf({ recipients: [11, 12], receivers: [1, 1] });
    expect(shown('receiver', single).judged).toEqual([[1, [11, 12], 1_000]]);
  });

  test('counts at each receiver with its recipients there, and with all its bytes', () => {
    const asItIs = (one: Module<object>): Module<object> => one;
    const kinds = (of: 'messages' | 'recipients' | 'bytes', limit: number, wrap = asItIs) => {
      const engine = new PolicyEngine(policy('test', [
        wrap(volume({ of, key: 'receiver', limit, window: hours(1) }) as Module<object>),
      ]));
      engine.learn(submitted(mixed, pass), zero);
      return [1, 2, 3].map((receiver) =>
        engine.decide(submissionOf({ receivers: [receiver], bytes: 500, list: 7 }), minutes(1)).kind);
    };
    expect(kinds('recipients', 3)).toEqual(['defer', 'pass', 'pass']);
    expect(kinds('recipients', 2)).toEqual(['defer', 'defer', 'pass']);
    expect(kinds('messages', 1)).toEqual(['defer', 'defer', 'pass']);
    expect(kinds('bytes', 1_024)).toEqual(['defer', 'defer', 'pass']);
    expect(kinds('bytes', 2_048)).toEqual(['pass', 'pass', 'pass']);
    expect(kinds('recipients', 3, onTrial)).toEqual(['shadow', 'pass', 'pass']);
    // What was sent was no bulk.
    expect(kinds('recipients', 3, forBulk)).toEqual(['pass', 'pass', 'pass']);
  });

  test('meets the limit of one receiver for the recipients there alone', () => {
    const engine = new PolicyEngine(policy('test', [
      volume({ of: 'recipients', key: 'tenant+receiver', limit: 3, window: hours(1) }),
    ]));
    expect(engine.decide(mixed, zero)).toBe(pass);
    const four = submissionOf({ recipients: [1, 2, 3, 4, 5], receivers: [1, 2, 2, 2, 2] });
    expect(engine.decide(four, zero)).toMatchObject({ kind: 'defer', reason: { seen: 4, limit: 3 } });
  });
});

describe('limits on people and bytes', () => {
  const said = (module: Module<object>, past: readonly Submission[], next: Submission): Verdict => {
    const engine = new PolicyEngine(policy('test', [module]));
    const signals: Signal[] = past.map((one) => submitted(one, pass));
    for (const signal of signals) engine.learn(signal, zero);
    return engine.decide(next, minutes(1));
  };

  test.each([
    ['different', uniqueRecipients] as const, ['first-time', firstTimeRecipients] as const,
  ])('of a tenant are those of all its accounts, %s recipients too', (_, make) => {
    const past = [1, 2].map((account) => submissionOf({ account, recipients: [account, 7] }));
    const next = submissionOf({ account: 3, recipients: [8], allowance: 900 });
    const own = make({ limit: 3, window: hours(1) }) as Module<object>;
    const all = make({ key: 'tenant', limit: 3, window: hours(1) }) as Module<object>;
    expect(said(own, past, next)).toBe(pass);
    // Three were met, whoever wrote to them; a contract is an account's, and does not raise it.
    expect(said(all, past, next)).toMatchObject({ kind: 'defer', reason: { seen: 4, limit: 3 } });
    expect(said(all, past, submissionOf({ tenant: 1, account: 3, recipients: [8] }))).toBe(pass);
    expect(said(all, past, submissionOf({ account: 3, recipients: [7, 1] }))).toBe(pass);
  });

  test('of a source in bytes add up what comes from it, whatever a contract says', () => {
    const module = sourceVolume({ of: 'bytes', limit: 1_000, window: hours(1) });
    const from = (source: number, bytes: number) =>
      submissionOf({ source, bytes, account: bytes, allowance: 900 });
    expect(said(module, [from(5, 600)], from(5, 400))).toBe(pass);
    expect(said(module, [from(5, 600)], from(5, 401)))
      .toMatchObject({ reason: { module: 'source-bytes', rule: 'bytes/1h from a source', seen: 1_001 } });
    expect(said(module, [from(5, 600)], from(6, 401))).toBe(pass);
  });
});
