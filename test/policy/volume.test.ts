// Volume in a window: whose, of what, and what becomes of a message that would go over the limit.

import { describe, expect, test } from 'vitest';
import {
  alert, days, divertTo, hours, type Milliseconds, minutes, type Module, paceBy, pass, policy, PolicyEngine,
  type Submission, suspend, type Verdict, volume,
} from '../../policy/index.ts';
import { released, submissionOf, submitted } from '../../laws/build.ts';

/** Submits at each time; what is said of the last one. */
const lastOf = (
  module: Module<object>, times: readonly Milliseconds[], submission: Submission = submissionOf(),
): Verdict => {
  const engine = new PolicyEngine(policy('test', [module]));
  let said: Verdict = pass;
  for (const now of times) {
    said = engine.decide(submission, now);
    engine.learn(submitted(submission, said), now);
  }
  return said;
};
const times = (count: number, at = minutes(1)): Milliseconds[] => Array.from({ length: count }, () => at);

describe('volume', () => {
  test('lets the limit through and names what would go over it', () => {
    const module = volume({ of: 'messages', limit: 3, window: hours(1) });
    expect(lastOf(module, times(3))).toBe(pass);
    expect(lastOf(module, times(4))).toEqual({
      kind: 'defer', reason: { module: 'volume-messages', rule: 'messages/1h', seen: 4, limit: 3 },
    });
    expect(lastOf(module, [...times(4), hours(2)])).toBe(pass);
  });

  test('counts recipients as often as they are given, and bytes in kibibytes rounded up', () => {
    const two = submissionOf({ recipients: [1, 1] });
    expect(lastOf(volume({ of: 'recipients', limit: 5, window: hours(1) }), times(2), two)).toBe(pass);
    expect(lastOf(volume({ of: 'recipients', limit: 5, window: hours(1) }), times(3), two).kind)
      .toBe('defer');
    const bytes = volume({ of: 'bytes', limit: 4_096, window: hours(1) });
    expect(lastOf(bytes, times(4))).toBe(pass);
    expect(lastOf(bytes, times(5))).toMatchObject({ kind: 'defer', reason: { seen: 5_120, limit: 4_096 } });
  });

  test('a refused message takes nothing from the limit, and one sent late or elsewhere does', () => {
    const hour = { of: 'messages', limit: 2, window: hours(1) } as const;
    expect(lastOf(volume(hour), [...times(2), ...times(50, minutes(50)), minutes(69)])).toBe(pass);
    for (const action of [alert, divertTo('high-risk'), paceBy(minutes(5))]) {
      const said = lastOf(volume({ ...hour, action }), [...times(2), ...times(50, minutes(50)), minutes(90)]);
      expect(said.kind).toBe(action.kind);
    }
  });

  test('all accounts of a tenant fill the limit of the tenant', () => {
    const engine = new PolicyEngine(policy('test', [
      volume({ of: 'messages', key: 'tenant', limit: 2, window: hours(1) }),
    ]));
    for (const account of [0, 1]) {
      engine.learn(submitted(submissionOf({ account, tenant: 5 }), pass), minutes(1));
    }
    expect(engine.decide(submissionOf({ account: 2, tenant: 5 }), minutes(2)).kind).toBe('defer');
    expect(engine.decide(submissionOf({ account: 2, tenant: 6 }), minutes(2)).kind).toBe('pass');
  });

  test('of a tenant at one receiver: mail to others takes nothing', () => {
    const engine = new PolicyEngine(policy('test', [
      volume({ of: 'messages', key: 'tenant+receiver', limit: 2, window: hours(1) }),
    ]));
    const to = (...receivers: number[]): Submission => submissionOf({ recipients: receivers, receivers });
    for (const submission of [to(1, 1, 2), to(1)]) engine.learn(submitted(submission, pass), minutes(1));
    expect(engine.decide(to(2), minutes(2))).toBe(pass);
    expect(engine.decide(to(2, 1), minutes(2)).kind).toBe('defer');
  });

  test('by the clock, the count begins anew on the hour, and twice the limit may pass within one', () => {
    const module = volume({ of: 'messages', limit: 3, window: hours(1), byTheClock: true });
    expect(lastOf(module, times(4, minutes(59))).kind).toBe('defer');
    expect(lastOf(module, [...times(3, minutes(59)), ...times(3, minutes(60))])).toBe(pass);
    expect(lastOf(module, [...times(3, minutes(59)), ...times(4, minutes(61))]).kind).toBe('defer');
    const sliding = volume({ of: 'messages', limit: 3, window: hours(1) });
    expect(lastOf(sliding, [...times(3, minutes(59)), minutes(61)]).kind).toBe('defer');
  });

  test('a contract raises the limit, unless the product knows of no contract', () => {
    const granted = submissionOf({ allowance: 100 });
    expect(lastOf(volume({ of: 'messages', limit: 3, window: hours(1) }), times(125), granted)).toBe(pass);
    expect(lastOf(volume({ of: 'messages', limit: 3, window: hours(1) }), times(126), granted).kind)
      .toBe('defer');
    const rigid = volume({ of: 'messages', limit: 3, window: hours(1), ignoresContract: true });
    expect(lastOf(rigid, times(4), granted).kind).toBe('defer');
  });

  test('who was shut for volume and released is not shut again by the same messages', () => {
    const shuts = volume({ of: 'messages', limit: 3, window: hours(1), action: suspend('account') });
    const engine = new PolicyEngine(policy('test', [shuts]));
    for (let turn = 0; turn < 4; turn++) {
      engine.learn(submitted(submissionOf(), engine.decide(submissionOf(), minutes(1))), minutes(1));
    }
    expect(engine.decide(submissionOf(), minutes(2)).kind).toBe('reject');
    engine.learn(released(), minutes(3));
    expect(engine.decide(submissionOf(), minutes(4))).toBe(pass);
  });

  test('refuses parameters out of range, and units it does not know', () => {
    expect(() => volume({ of: 'messages', limit: 0, window: hours(1) }))
      .toThrow('volume-messages: limit is 0; it is a number from 1 to 1000000000.');
    expect(() => volume({ of: 'messages', limit: 1, window: days(32) }))
      .toThrow('it is a span from 1m to 31d');
    expect(() => volume({ of: 'lines' as 'bytes', limit: 1, window: hours(1) }))
      .toThrow('volume: of is lines; it is one of messages, recipients, bytes.');
  });
});
