// Limits that grow with a tenant's age, campaigns tried on their first recipients, and mail that aims at one
// provider.

import { describe, expect, test } from 'vitest';
import {
  alert, canarySlice, type CanarySliceParameters, days, hold, hours, type Milliseconds, minutes, newTenant,
  type NewTenantParameters, pass, policy, PolicyEngine, providerShare, type Signal, type Submission, suspend,
  type Verdict, zero,
} from '../../policy/index.ts';
import { attemptOf, complaint, outcome, released, submissionOf, submitted } from '../../laws/build.ts';

describe('a new tenant', () => {
  const parameters: NewTenantParameters =
    { of: 'recipients', stages: [{ until: days(1), limit: 2 }, { until: days(7), limit: 5 }] };
  const signedUp = days(10);
  const says = (
    sent: number, age: Milliseconds, more: Partial<NewTenantParameters> = {}, since: number = signedUp,
  ): Verdict => {
    const engine = new PolicyEngine(policy('test', [newTenant({ ...parameters, ...more })]));
    const now = signedUp + age as Milliseconds;
    const submission = submissionOf({ signedUp: since });
    for (let turn = 0; turn < sent; turn++) engine.learn(submitted(submission, pass), now);
    return engine.decide(submission, now);
  };

  test('may send little at first, more later, and meets no limit when it is old', () => {
    expect(says(1, hours(1))).toBe(pass);
    expect(says(2, hours(1))).toEqual({
      kind: 'defer', reason: { module: 'new-tenant', rule: 'recipients/24h until 24h old', seen: 3,
        limit: 2 },
    });
    expect(says(4, days(1))).toBe(pass);
    expect(says(5, days(1)))
      .toMatchObject({ kind: 'defer', reason: { rule: 'recipients/24h until 7d old' } });
    expect(says(50, days(7))).toBe(pass);
  });

  test('of before the clock began is none', () => {
    expect(says(50, hours(1), {}, -1)).toBe(pass);
  });

  test('is all its accounts together, and a contract earns it nothing', () => {
    const engine = new PolicyEngine(policy('test', [newTenant(parameters)]));
    for (const account of [1, 2]) {
      engine.learn(submitted(submissionOf({ account, signedUp: 0, allowance: 900 }), pass), zero);
    }
    const third = submissionOf({ account: 3, signedUp: 0, allowance: 900 });
    expect(engine.decide(third, zero).kind).toBe('defer');
  });

  test('stages that shrink or go back are refused', () => {
    const stages = (...all: NewTenantParameters['stages']) => () => newTenant({ ...parameters, stages: all });
    expect(stages({ until: days(2), limit: 9 }, { until: days(1), limit: 10 }))
      .toThrow('new-tenant: stages[1].until is 86400000 ms');
    expect(stages({ until: days(2), limit: 9 }, { until: days(3), limit: 8 }))
      .toThrow('stages[1].limit is 8');
    expect(stages()).toThrow('stages.length is 0');
  });
});

describe('a canary slice', () => {
  const sendmunk: CanarySliceParameters = {
    recipients: 100, settle: hours(1), bounces: 0.02, complaints: 0.005, silence: hours(12),
  };
  const bulk = (recipients = 1): Submission =>
    submissionOf({ list: 7, recipients: Array.from({ length: recipients }, (_, at) => at) });
  const person = submissionOf();
  const campaign = (signals: readonly Signal[], parameters: Partial<CanarySliceParameters> = {}) => {
    const engine = new PolicyEngine(policy('test', [canarySlice({ ...sendmunk, ...parameters })]));
    engine.learn(submitted(bulk(100), engine.decide(bulk(100), zero)), zero);
    for (const signal of signals) engine.learn(signal, minutes(1));
    return engine;
  };
  const good = (copies: number): Signal => outcome('delivered', { copies });
  const bad = (copies: number): Signal => outcome('bounced', { copies });
  const says = (signals: readonly Signal[], now = minutes(2), submission = bulk()): Verdict =>
    campaign(signals).decide(submission, now);

  test('goes at once, and the rest waits until its outcomes are in', () => {
    const engine = new PolicyEngine(policy('test', [canarySlice(sendmunk)]));
    expect(engine.decide(bulk(99), zero)).toBe(pass);
    engine.learn(submitted(bulk(99), pass), zero);
    expect(engine.decide(bulk(5), minutes(1))).toBe(pass);
    engine.learn(submitted(bulk(5), pass), minutes(1));
    expect(engine.decide(bulk(), minutes(2))).toEqual({
      kind: 'pace', until: minutes(61),
      reason: { module: 'canary-slice', rule: 'first recipients', seen: 104, limit: 100 },
    });
    expect(engine.decide(person, minutes(2))).toBe(pass);
    expect(engine.dispatch(attemptOf({ list: 7 }), minutes(2))).toEqual({ kind: 'go' });
  });

  test('that turns out well lets the campaign go, whatever comes back later', () => {
    expect(says([good(99), bad(1)], hours(1))).toBe(pass);
    const engine = campaign([good(99), bad(1)]);
    engine.learn(bad(500), hours(2));
    expect(engine.decide(bulk(), hours(3))).toBe(pass);
    expect(engine.dispatch(attemptOf({ list: 7 }), hours(3))).toEqual({ kind: 'go' });
  });

  test('that turns out bad stops the rest as soon as that is sure, and holds what is queued', () => {
    expect(says([bad(1)]).kind).toBe('pace');
    expect(says([bad(2)])).toMatchObject({
      kind: 'suspend', scope: 'account',
      reason: { rule: 'unknown users of the first recipients', limit: 0.02 },
    });
    const engine = campaign([bad(2), good(98)]);
    expect(engine.dispatch(attemptOf({ list: 7 }), hours(2))).toMatchObject({ kind: 'hold' });
    expect(engine.dispatch(attemptOf(), hours(2))).toEqual({ kind: 'go' });
    expect(engine.decide(person, hours(2))).toBe(pass);
  });

  test('is judged when settled by what came back: a share of few outcomes counts then', () => {
    expect(says([good(150), bad(3)], minutes(59)).kind).toBe('pace');
    expect(says([good(40), bad(1)], hours(1))).toBe(pass);
    const fewer = { recipients: 1_000, settle: hours(1) };
    const engine = new PolicyEngine(policy('test', [canarySlice({ ...sendmunk, ...fewer })]));
    engine.learn(submitted(bulk(1_000), pass), zero);
    for (const signal of [good(90), bad(10)]) engine.learn(signal, minutes(1));
    expect(engine.decide(bulk(), minutes(59)).kind).toBe('pace');
    expect(engine.decide(bulk(), hours(1))).toMatchObject({ kind: 'suspend', reason: { seen: 0.1 } });
  });

  test('counts complaints against what was delivered', () => {
    expect(says([good(100), complaint()], hours(1))).toBe(pass);
    expect(says([good(100), complaint(), complaint()])).toMatchObject({
      kind: 'suspend', reason: { rule: 'complaints of the first recipients', seen: 0.02, limit: 0.005 },
    });
    const lenient = campaign([good(500), complaint(), complaint()], { recipients: 500, complaints: 0.005 });
    lenient.learn(submitted(bulk(400), pass), minutes(2));
    expect(lenient.decide(bulk(), minutes(3)).kind).toBe('pace');
  });

  test('is forgotten by a person\'s release, after which the rest begins a slice of its own', () => {
    const engine = campaign([bad(5)], { action: hold });
    expect(engine.decide(bulk(), minutes(2)).kind).toBe('hold');
    engine.learn(released(), minutes(3));
    expect(engine.decide(bulk(100), minutes(4))).toBe(pass);
    engine.learn(submitted(bulk(100), pass), minutes(4));
    expect(engine.decide(bulk(), minutes(5))).toMatchObject({ kind: 'pace', until: minutes(64) });
  });

  test('a campaign ends with a silence, and the next one is tried anew', () => {
    const engine = campaign([bad(5)], { action: hold });
    expect(engine.decide(bulk(), hours(12)).kind).toBe('hold');
    expect(engine.decide(bulk(), hours(13))).toBe(pass);
    engine.learn(submitted(bulk(100), pass), hours(13));
    expect(engine.decide(bulk(), hours(13))).toMatchObject({ kind: 'pace', until: hours(14) });
  });
});

describe('the share of one provider', () => {
  const module = providerShare({ share: 0.8, minimum: 50, window: hours(24), action: alert });
  const to = (receiver: number, recipients: number): Submission =>
    submissionOf({
      recipients: Array<number>(recipients).fill(1), receivers: Array<number>(recipients).fill(receiver),
    });
  type Sent = readonly (readonly [receiver: number, recipients: number])[];
  const says = (sent: Sent, next: number): Verdict => {
    const engine = new PolicyEngine(policy('test', [module]));
    for (const [receiver, count] of sent) engine.learn(submitted(to(receiver, count), pass), zero);
    return engine.decide(to(next, 1), minutes(1));
  };

  test('is too large from its limit on, once there is enough mail', () => {
    expect(says([[3, 40], [5, 10]], 3)).toEqual({
      kind: 'alert',
      reason: {
        module: 'provider-share', rule: 'recipients at one receiver/recipients in 24h', seen: 0.8, limit: 0.8,
      },
    });
    expect(says([[3, 39], [5, 11]], 3)).toBe(pass);
    expect(says([[3, 49]], 3)).toBe(pass);
  });

  test('speaks of messages to that provider alone', () => {
    expect(says([[3, 60]], 5)).toBe(pass);
  });

  test('a list for one provider is seen behind many receivers with a little mail each', () => {
    const few = Array.from({ length: 30 }, (_, receiver) => [receiver, 1] as const);
    expect(says([...few, [40, 400]], 40)).toMatchObject({ kind: 'alert', reason: { seen: 400 / 430 } });
    expect(says([...few, ...few, ...few], 29)).toBe(pass);
  });

  test('is forgotten with the window, and with a release', () => {
    const engine = new PolicyEngine(policy('test', [module]));
    engine.learn(submitted(to(3, 60), pass), zero);
    expect(engine.decide(to(3, 1), hours(31))).toBe(pass);
    engine.learn(released(), minutes(1));
    expect(engine.decide(to(3, 1), minutes(1))).toBe(pass);
  });
});

test('a campaign may shut the tenant, where it is told to', () => {
  const module = canarySlice({
    recipients: 10, settle: hours(1), bounces: 0.1, complaints: 0.1, silence: hours(12),
      action: suspend('tenant'),
  });
  const state = module.fresh();
  const ten = submissionOf({ list: 7, recipients: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
  module.learn(state, submitted(ten, pass), zero);
  module.learn(state, outcome('bounced', { copies: 2 }), zero);
  expect(module.decide(state, ten, zero)).toMatchObject({ kind: 'suspend', scope: 'tenant' });
});
