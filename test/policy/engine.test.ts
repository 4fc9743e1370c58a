// The engine: whose verdict is heard, who learns of what, and that it forgets and confuses nothing.

import { describe, expect, test } from 'vitest';
import {
  hours, type Milliseconds, milliseconds, type Module, never, pass, policy, PolicyEngine, type Reason,
  type Signal, type Verdict, zero,
} from '../../policy/index.ts';
import { attemptOf, complaint, outcome, poll, released, submissionOf, submitted } from '../../laws/build.ts';

const at = (time: number): Milliseconds => milliseconds(time);
const because = (module: string): Reason => ({ module, rule: 'test', seen: 2, limit: 1 });

/** A module that always says the same. */
const says = (name: string, verdict: Verdict, key: Module<object>['key'] = 'account'): Module<object> =>
  ({ name, key, fresh: () => ({}), decide: () => verdict, learn: () => {} });

interface Ear { heard: string[] }
/** A module that writes down what it hears, and refuses once it has heard anything. */
const ear = (key: Module<Ear>['key']): Module<Ear> => ({
  name: `ear-${key}`,
  key,
  fresh: () => ({ heard: [] }),
  decide: (state) => state.heard.length === 0 ? pass : { kind: 'defer', reason: because(`ear-${key}`) },
  learn: (state, signal) => { state.heard.push(signal.kind); },
});

const engineSaying = (...said: Verdict[]): PolicyEngine =>
  new PolicyEngine(policy('test', said.map((verdict, index) => says(`module-${index}`, verdict))));

describe('who is asked', () => {
  test('a policy without modules passes everything', () => {
    expect(engineSaying().decide(submissionOf(), zero)).toBe(pass);
    expect(engineSaying().dispatch(attemptOf(), zero)).toEqual({ kind: 'go' });
  });

  test('each receiver of a submission is judged, and the gravest counts', () => {
    const engine = new PolicyEngine(policy('test', [ear('receiver')]));
    engine.learn(outcome('delivered', { receiver: 3 }), zero);
    expect(engine.decide(submissionOf({ recipients: [1, 2], receivers: [1, 2] }), zero)).toBe(pass);
    expect(engine.decide(submissionOf({ recipients: [1, 2], receivers: [1, 3] }), zero).kind).toBe('defer');
  });

  test('whoever listens is told each module’s word, the milder too, and nothing of those that pass', () => {
    const [defers, alerts] = [
      { kind: 'defer', reason: because('one') }, { kind: 'alert', reason: because('three') },
    ] as const;
    const told: Verdict[] = [];
    const modules = [says('one', defers), says('two', { kind: 'pass' }), says('three', alerts, 'receiver')];
    const engine = new PolicyEngine(policy('test', modules), (said) => told.push(said));
    engine.decide(submissionOf({ recipients: [1, 2], receivers: [1, 2] }), zero);
    expect(told).toEqual([defers, alerts, alerts]);
  });
});

describe('a signal reaches those it can be attributed to', () => {
  const keys = ['account', 'tenant', 'tenant+receiver', 'receiver', 'pool', 'platform'] as const;
  /** The states that heard a signal, by module. */
  const reached = (signal: Signal): Record<string, (string | number)[]> => {
    const engine = new PolicyEngine(policy('test', keys.map(ear)));
    engine.learn(signal, zero);
    const { states } = engine.snapshot();
    return Object.fromEntries(keys.map((key) => [key, states[`ear-${key}`]!.map(([id]) => id)]));
  };
  const who = { tenant: 4, account: 7, receiver: 2, pool: 'shared' };
  const nobody = { account: [], tenant: [], 'tenant+receiver': [], receiver: [], pool: [], platform: [] };

  test('a listing reaches the pool and the platform, never an account, a tenant or a receiver', () => {
    expect(reached(poll('listed', 'west'))).toEqual({ ...nobody, pool: ['shared'], platform: [0] });
    expect(reached(poll('delisted', 'west'))).toEqual({ ...nobody, pool: ['shared'], platform: [0] });
  });

  test('an outcome reaches all, each by its own key', () => {
    const all = {
      account: [7], tenant: [4], receiver: [2], 'tenant+receiver': [4 * 65_536 + 2], pool: ['shared'],
      platform: [0],
    };
    for (const kind of ['delivered', 'deferred', 'bounced'] as const) {
      expect(reached(outcome(kind, who))).toEqual(all);
    }
  });

  test('a complaint names no pool', () => {
    expect(reached(complaint(who))).toMatchObject({ account: [7], tenant: [4], receiver: [2], pool: [] });
  });

  test('a submission reaches each of its receivers once', () => {
    const submission = submissionOf({ ...who, recipients: [1, 2, 3], receivers: [5, 5, 6] });
    expect(reached(submitted(submission, pass)))
      .toMatchObject({ receiver: [5, 6], pool: ['shared'], account: [7] });
  });

  test('a release reaches account and tenant', () => {
    expect(reached(released(7, 4))).toEqual({ ...nobody, account: [7], tenant: [4], platform: [0] });
  });
});

describe('suspension', () => {
  const suspend = (scope: 'account' | 'tenant', until: Milliseconds): Verdict =>
    ({ kind: 'suspend', scope, until, reason: because('suspend') });
  const shut = (verdict: Verdict): PolicyEngine => {
    const engine = engineSaying();
    engine.learn(submitted(submissionOf({ account: 1, tenant: 9 }), verdict), zero);
    return engine;
  };

  test('deciding to suspend suspends nobody until it is learned', () => {
    const reason = because('suspend');
    const engine = engineSaying({ kind: 'suspend', scope: 'account', until: never, reason });
    engine.decide(submissionOf(), zero);
    expect(engine.suspension(submissionOf().tenant, submissionOf().account, zero)).toBeUndefined();
  });

  test('a suspended account is rejected for the reason given, others of its tenant are not', () => {
    const engine = shut(suspend('account', never));
    expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), at(5)))
      .toEqual({ kind: 'reject', reason: because('suspend') });
    expect(engine.decide(submissionOf({ account: 2, tenant: 9 }), at(5))).toBe(pass);
  });

  test('a suspended tenant is rejected whatever its account', () => {
    const engine = shut(suspend('tenant', never));
    expect(engine.decide(submissionOf({ account: 2, tenant: 9 }), at(5)).kind).toBe('reject');
    expect(engine.decide(submissionOf({ account: 1, tenant: 8 }), at(5))).toBe(pass);
  });

  test('it ends at its time, to the millisecond', () => {
    const engine = shut(suspend('account', at(100)));
    expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), at(99)).kind).toBe('reject');
    expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), at(100))).toBe(pass);
  });

  test('a release ends it, of account and tenant', () => {
    for (const scope of ['account', 'tenant'] as const) {
      const engine = shut(suspend(scope, never));
      engine.learn(released(1, 9), at(5));
      expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), at(5))).toBe(pass);
    }
  });

  const suspended = { ...released(1, 9), kind: 'suspended' } as Signal;

  test('a suspended signal shuts the account, as a released one opens it', () => {
    const engine = engineSaying();
    engine.learn(suspended, zero);
    expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), hours(24)))
      .toEqual({ kind: 'reject', reason: { module: 'desk', rule: 'suspended', seen: 1, limit: 0 } });
    engine.learn(released(1, 9), at(5));
    expect(engine.decide(submissionOf({ account: 1, tenant: 9 }), at(5))).toBe(pass);
  });

  test('a suspended signal keeps the reason given by hand, and outlasts a suspension for a time', () => {
    const engine = engineSaying();
    engine.suspend(submissionOf({ account: 1 }).account, because('desk'));
    engine.learn(suspended, zero);
    expect(engine.decide(submissionOf({ account: 1 }), at(5))).toMatchObject({ reason: because('desk') });
    const brief = shut(suspend('account', at(100)));
    brief.learn(suspended, at(5));
    expect(brief.decide(submissionOf({ account: 1, tenant: 9 }), at(100)).kind).toBe('reject');
  });

  test('a verdict that was on its way does not shorten what the desk decided', () => {
    const engine = engineSaying();
    engine.suspend(submissionOf({ account: 1 }).account, because('desk'));
    engine.learn(submitted(submissionOf({ account: 1 }), suspend('account', at(100))), zero);
    expect(engine.decide(submissionOf({ account: 1 }), hours(24)))
      .toEqual({ kind: 'reject', reason: because('desk') });
  });
});

describe('what an engine knows', () => {
  const grown = (): PolicyEngine => {
    const engine = new PolicyEngine(policy('test', [ear('account'), ear('pool'), ear('tenant+receiver')]));
    engine.learn(outcome('delivered', { account: 3, tenant: 1, receiver: 2 }), zero);
    engine.suspend(submissionOf({ account: 5 }).account, because('desk'));
    return engine;
  };

  test('comes back from JSON', () => {
    const engine = new PolicyEngine(grown().policy);
    engine.restore(JSON.parse(JSON.stringify(grown().snapshot())));
    expect(engine.snapshot()).toEqual(grown().snapshot());
    expect(engine.decide(submissionOf({ account: 3 }), zero).kind).toBe('defer');
    expect(engine.decide(submissionOf({ account: 5 }), zero).kind).toBe('reject');
  });

  test('does not leak into a snapshot taken before, nor from one engine to another', () => {
    const one = grown();
    const snapshot = one.snapshot();
    const text = JSON.stringify(snapshot);
    const two = new PolicyEngine(one.policy);
    two.restore(snapshot);
    for (const engine of [one, two]) {
      engine.learn(outcome('bounced', { account: 3, tenant: 1, receiver: 2 }), zero);
    }
    expect(JSON.stringify(snapshot)).toBe(text);
    expect(two.snapshot().states['ear-account']).toEqual([[3, { heard: ['delivered', 'bounced'] }]]);
  });

  test('is not changed by asking about keys it never heard of', () => {
    const engine = grown();
    const before = engine.snapshot();
    engine.decide(submissionOf({ account: 1_000, pool: 'unheard-of' }), zero);
    engine.dispatch(attemptOf({ account: 1_000, pool: 'unheard-of' }), zero);
    expect(engine.snapshot()).toEqual(before);
  });

  test('is replaced, not added to, by a restore', () => {
    const engine = grown();
    engine.restore({ policy: 'test', states: {}, suspended: { accounts: [], tenants: [] } });
    expect(engine.decide(submissionOf({ account: 3 }), zero)).toBe(pass);
    expect(engine.decide(submissionOf({ account: 5 }), zero)).toBe(pass);
  });

  test("another policy's snapshot is refused by name", () => {
    const other = new PolicyEngine(policy('other', []));
    expect(() => other.restore(grown().snapshot())).toThrow(/other.*policy test/);
  });
});
