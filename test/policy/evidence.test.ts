// What comes back about an account, counted and weighed: traps, logins, verdicts, complaints, unknown users.

import { describe, expect, test } from 'vitest';
import {
  alert, evidence, type EvidenceParameters, hold, hours, type Milliseconds, minutes, pass, policy,
  PolicyEngine,
  type ReplyClass, type Signal, suspend, zero,
} from '../../policy/index.ts';
import {
  complaint, login, outcome, poll, released, scanned, submissionOf, submitted, trapped,
} from '../../laws/build.ts';

const after = (parameters: EvidenceParameters, signals: readonly Signal[], now: Milliseconds = zero) => {
  const engine = new PolicyEngine(policy('test', [evidence(parameters)]));
  for (const signal of signals) engine.learn(signal, zero);
  return engine.decide(submissionOf(), now);
};
const times = (count: number, signal: Signal): Signal[] => Array<Signal>(count).fill(signal);
const reply = (kind: 'bounced' | 'deferred', said: ReplyClass, copies = 1): Signal =>
  outcome(kind, { class: said, copies });

describe('evidence', () => {
  test('a second hit on our own traps within the window is one too many', () => {
    const traps = {
      name: 'own-traps', weights: { 'own traps': 1 }, limit: 2, window: hours(24), action: suspend('account'),
    } as const;
    expect(after(traps, [trapped()])).toBe(pass);
    expect(after(traps, times(2, trapped()))).toMatchObject({
      kind: 'suspend', reason: { module: 'own-traps', rule: 'own traps/24h', seen: 2, limit: 2 },
    });
    expect(after(traps, times(2, trapped()), hours(29))).toBe(pass);
    expect(after(traps, [...times(2, trapped()), released()])).toBe(pass);
  });

  test('BlockCracking: the hundredth unknown user of an hour freezes the queue', () => {
    const cracking = { weights: { 'unknown users': 1 }, limit: 100, window: hours(1), action: hold } as const;
    expect(after(cracking, [reply('bounced', 'unknownUser', 99)])).toBe(pass);
    expect(after(cracking, [reply('bounced', 'unknownUser', 100)]).kind).toBe('hold');
    expect(after(cracking, [reply('bounced', 'ipBlock', 500), reply('deferred', 'unknownUser', 500)]))
      .toBe(pass);
  });

  test('failed logins and logins from new places are told apart', () => {
    const of = (kind: 'failed logins' | 'new places'): EvidenceParameters =>
      ({ weights: { [kind]: 1 }, limit: 5, window: hours(1), action: alert });
    const failed = times(5, login({ failed: true, newPlace: true }));
    const strange = times(5, login({ newPlace: true }));
    expect([after(of('failed logins'), failed).kind, after(of('new places'), failed).kind])
      .toEqual(['alert', 'pass']);
    expect([after(of('failed logins'), strange).kind, after(of('new places'), strange).kind])
      .toEqual(['pass', 'alert']);
    expect(after(of('new places'), times(50, login()))).toBe(pass);
  });

  test('weighs one kind against another and adds them up', () => {
    const score: EvidenceParameters = {
      weights: { 'own traps': 5, complaints: 2, 'spam verdicts': 1, 'spam blocks': 3 },
      limit: 10, window: hours(1), action: alert,
    };
    expect(after(score, [trapped(), complaint(), scanned(true), ...times(9, scanned(false))])).toBe(pass);
    expect(after(score, [trapped(), complaint(), ...times(3, scanned(true))])).toMatchObject({
      kind: 'alert', reason: { module: 'evidence', rule: 'evidence/1h', seen: 10, limit: 10 },
    });
    expect(after(score, [reply('deferred', 'spamBlock', 2), reply('bounced', 'spamBlock', 2)]).kind)
      .toBe('alert');
  });

  test('what happens to the shared address is evidence against nobody', () => {
    const every: EvidenceParameters = {
      weights: { 'unknown users': 1, 'spam blocks': 1, complaints: 1, 'own traps': 1 },
      limit: 1, window: hours(1), action: alert,
    };
    const shared = [
      reply('bounced', 'dnsblBlock'), reply('bounced', 'ipBlock'), reply('deferred', 'reputationDefer'),
      reply('deferred', 'rateLimit'), reply('bounced', 'expired'), poll('listed', 'west'),
    ];
    expect(after(every, shared)).toBe(pass);
  });

  test('is held against the tenant where it is told to be, whichever account it was', () => {
    const engine = new PolicyEngine(policy('test', [evidence({
      key: 'tenant', weights: { complaints: 1 }, limit: 2, window: hours(1), action: alert,
    })]));
    for (const account of [1, 2]) engine.learn(complaint({ account, tenant: 4 }), zero);
    expect(engine.decide(submissionOf({ account: 3, tenant: 4 }), minutes(1)).kind).toBe('alert');
    expect(engine.decide(submissionOf({ account: 1, tenant: 5 }), minutes(1)).kind).toBe('pass');
  });

  test('its own refusals and remarks add nothing', () => {
    const parameters = { weights: { complaints: 1 }, limit: 2, window: hours(1), action: alert } as const;
    const engine = new PolicyEngine(policy('test', [evidence(parameters)]));
    for (const signal of times(2, complaint())) engine.learn(signal, zero);
    for (let at = 0; at < 65; at++) {
      const said = engine.decide(submissionOf(), minutes(at));
      expect(said).toMatchObject({ kind: 'alert', reason: { seen: 2 } });
      engine.learn(submitted(submissionOf(), said), minutes(at));
      if (at >= 58) break;
    }
    expect(engine.decide(submissionOf(), minutes(71))).toBe(pass);
  });

  test('refuses weights that are none', () => {
    const parameters = { limit: 1, window: hours(1), action: alert };
    expect(() => evidence({ ...parameters, weights: {} })).toThrow('evidence: weights names no evidence');
    expect(() => evidence({ ...parameters, weights: { complaints: 0 } }))
      .toThrow('evidence: weights["complaints"] is 0; it is a whole number from 1 to 1000.');
    expect(() => evidence({ ...parameters, weights: { opens: 1 } as never }))
      .toThrow('weights is opens; it is one of');
  });
});
