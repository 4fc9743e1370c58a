// Strikes: what counts as one, how many it takes, and how an account is rid of them.

import { describe, expect, test } from 'vitest';
import {
  alert, defer, hours, milliseconds, type Milliseconds, minutes, type Module, pass, policy, PolicyEngine,
  strikes,
  type StrikesParameters, suspend, type Verdict,
} from '../../policy/index.ts';
import { released, submissionOf, submitted } from '../../laws/build.ts';

const because = (module: string) => ({ module, rule: 'test', seen: 2, limit: 1 });
const refused = (module = 'scan'): Verdict => ({ kind: 'reject', reason: because(module) });

/** UwUMail's: three strikes within an hour shut the account for an hour; each refused message is one. */
const uwu: StrikesParameters = {
  of: ['scan'], count: 3, window: minutes(60), apart: milliseconds(0),
  action: suspend('account', minutes(60)),
};
const engineOf = (changes: Partial<StrikesParameters> = {}, ...others: Module<object>[]): PolicyEngine =>
  new PolicyEngine(policy('test', [...others, strikes({ ...uwu, ...changes })]));
const hear = (engine: PolicyEngine, now: number, verdict: Verdict = refused()): void =>
  engine.learn(submitted(submissionOf(), verdict), now as Milliseconds);
const said = (engine: PolicyEngine, now: number): Verdict['kind'] =>
  engine.decide(submissionOf(), now as Milliseconds).kind;
/** Hands a message in, as a host does. */
const handIn = (engine: PolicyEngine, now: number): Verdict['kind'] => {
  const submission = submissionOf();
  const verdict = engine.decide(submission, now as Milliseconds);
  engine.learn(submitted(submission, verdict), now as Milliseconds);
  return verdict.kind;
};

describe('strikes', () => {
  test('shut an account for an hour at the third message that a named rule refuses within an hour', () => {
    const engine = engineOf();
    hear(engine, 0);
    hear(engine, minutes(20));
    expect(said(engine, minutes(21))).toBe('pass');
    hear(engine, minutes(40));
    expect(engine.decide(submissionOf(), minutes(41))).toEqual({
      kind: 'suspend', scope: 'account', until: minutes(101),
      reason: { module: 'strikes', rule: 'strikes/1h', seen: 3, limit: 3 },
    });
  });

  test('are forgotten when they have left the window', () => {
    const engine = engineOf();
    for (const now of [0, 30, 61]) hear(engine, minutes(now));
    expect(said(engine, minutes(61))).toBe('pass');
    hear(engine, minutes(89));
    expect([said(engine, minutes(90)), said(engine, minutes(91))]).toEqual(['suspend', 'pass']);
  });

  test('are of the rules that are named, remarks among them, and of no others', () => {
    const engine = engineOf({ count: 2 });
    hear(engine, 0, refused('another'));
    hear(engine, 1_000, pass);
    hear(engine, 2_000, { kind: 'alert', reason: because('scan') });
    expect(said(engine, 2_000)).toBe('pass');
    const remark = { kind: 'shadow', would: 'reject', reason: because('scan') } as const;
    hear(engine, 3_000, { kind: 'defer', reason: because('another'), also: [remark] });
    expect(said(engine, 3_000)).toBe('suspend');
  });

  test('count a deferral that is retried every quarter of an hour once, for as long as that goes on', () => {
    const engine = engineOf({ count: 2, window: hours(12), apart: minutes(30) });
    for (let retry = 0; retry < 20; retry++) {
      hear(engine, retry * minutes(15), { kind: 'defer', reason: because('scan') });
      expect(said(engine, retry * minutes(15))).toBe('pass');
    }
    hear(engine, minutes(19 * 15 + 30));
    expect(said(engine, minutes(19 * 15 + 30))).toBe('suspend');
  });

  test('end with the suspension they led to: knocking at a shut door does not prolong it', () => {
    const engine = engineOf();
    for (let now = 0; now < 3; now++) hear(engine, now * 1_000);
    expect(handIn(engine, minutes(1))).toBe('suspend');
    for (let now = 2; now < 61; now++) expect(handIn(engine, minutes(now))).toBe('reject');
    expect(handIn(engine, minutes(61))).toBe('pass');
  });

  test('count nothing while another rule keeps the account shut, though that rule is named', () => {
    const reason = because('scan');
    const suspension: Verdict = { kind: 'suspend', scope: 'account', until: hours(1), reason };
    const engine = engineOf({ count: 2 });
    hear(engine, 0, suspension);
    for (let now = 1; now < 60; now++) hear(engine, minutes(now));
    expect(said(engine, hours(1))).toBe('pass');
    hear(engine, hours(1));
    hear(engine, hours(1) + 1_000);
    expect(said(engine, hours(1) + 2_000)).toBe('suspend');
  });

  test('are wiped out by a release', () => {
    const engine = engineOf();
    for (let now = 0; now < 3; now++) hear(engine, now * 1_000);
    engine.learn(released(), minutes(1));
    expect(said(engine, minutes(1))).toBe('pass');
  });

  test('take any action, and then last until they leave the window', () => {
    const engine = engineOf({ action: alert });
    for (let now = 0; now < 3; now++) hear(engine, now * 1_000);
    expect([handIn(engine, minutes(1)), handIn(engine, minutes(60)), handIn(engine, minutes(61))])
      .toEqual(['alert', 'alert', 'pass']);
  });

  test('escalate what a live rule of the same policy says', () => {
    const grumpy: Module<object> = {
      name: 'scan', key: 'account', fresh: () => ({}), learn: () => {},
      decide: () => ({ kind: 'defer', reason: because('scan') }),
    };
    const engine = engineOf({}, grumpy);
    expect([0, 1, 2, 3].map((now) => handIn(engine, minutes(now))))
      .toEqual(['defer', 'defer', 'defer', 'suspend']);
  });

  test('are the tenant’s where they are kept by tenant', () => {
    const engine = engineOf({ key: 'tenant', count: 2, action: defer });
    hear(engine, 0);
    engine.learn(submitted(submissionOf({ account: 1 }), refused()), milliseconds(1));
    expect(engine.decide(submissionOf({ account: 2 }), milliseconds(2)).kind).toBe('defer');
  });

  test('name at least one other module, and numbers within range', () => {
    expect(() => strikes({ ...uwu, of: [] })).toThrow(/strikes: of is \[\]; it names at least one/);
    expect(() => strikes({ ...uwu, of: ['strikes'] })).toThrow(/other module/);
    expect(() => strikes({ ...uwu, count: 33 })).toThrow(/count is 33/);
  });
});
