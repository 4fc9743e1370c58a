// Rules over what receivers say: which replies set one off, whom it holds back, for how long.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Dispatch, hours, type Milliseconds, minutes, never, type ReceiverId, type ReplyRule, replyRules,
  type ReplyRulesParameters, type Signal, zero,
} from '../../policy/index.ts';
import { patternOf } from '../../policy/modules/reply-patterns.ts';
import { attemptOf, outcome } from '../../laws/build.ts';

const yahoo = 3 as ReceiverId;
const tss04: ReplyRule =
  { match: '\\[TSS04\\]', after: { replies: 2, within: hours(1) }, action: { kind: 'suspend' },
  during: hours(2) };
const deferral = (text: string, more: Parameters<typeof outcome>[1] = {}): Signal =>
  outcome('deferred', { receiver: yahoo, class: 'reputationDefer', text, ...more });
const busy = deferral('[TSS04] messages from 192.0.2.10 temporarily deferred');

/** What is said of an attempt at `now` after replies heard at their times. */
const after = (
  parameters: ReplyRulesParameters, heard: readonly (readonly [Milliseconds, Signal])[], now: Milliseconds,
  attempt = attemptOf({ receiver: yahoo }),
): Dispatch => {
  const module = replyRules(parameters);
  const state = module.fresh();
  for (const [at, signal] of heard) module.learn(state, signal, at);
  return module.dispatch!(state, attempt, now);
};

describe('a rule by text', () => {
  const rules = [tss04];

  test('is set off by the second such reply within the hour, and ends after its time', () => {
    expect(after({ rules }, [[zero, busy]], minutes(1))).toEqual({ kind: 'go' });
    expect(after({ rules }, [[zero, busy], [minutes(61), busy]], minutes(62))).toEqual({ kind: 'go' });
    const both = [[zero, busy], [minutes(50), busy]] as const;
    expect(after({ rules }, both, minutes(51))).toEqual({
      kind: 'wait', until: minutes(170),
      reason: { module: 'reply-rules', rule: 'replies like \\[TSS04\\]', seen: 2, limit: 2 },
    });
    expect(after({ rules }, both, minutes(169)).kind).toBe('wait');
    expect(after({ rules }, both, minutes(170))).toEqual({ kind: 'go' });
  });

  test('begins anew with each further reply: the receiver prolongs it, our waiting does not', () => {
    const heard = [[zero, busy], [minutes(1), busy], [minutes(90), busy]] as const;
    expect(after({ rules }, heard, minutes(91))).toMatchObject({ kind: 'wait', until: minutes(210) });
    const module = replyRules({ rules });
    const state = module.fresh();
    for (const [at, signal] of heard.slice(0, 2)) module.learn(state, signal, at);
    const said = module.dispatch!(state, attemptOf({ receiver: yahoo }), minutes(2));
    const { tenant, account, pool, receiver, slots } = attemptOf({ receiver: yahoo });
    const attempted = { kind: 'attempted', tenant, account, pool, receiver, slots, said } as const;
    for (let at = 2; at < 100; at++) module.learn(state, attempted, minutes(at));
    expect(module.dispatch!(state, attemptOf({ receiver: yahoo }), minutes(121))).toEqual({ kind: 'go' });
  });

  test('reads codes and text whatever their case, and nothing beyond the first 256 characters', () => {
    const one = (match: string, text: string): string =>
      after({ rules: [{ ...tss04, match, after: { replies: 1, within: hours(1) } }] },
        [[zero, deferral(text)]], minutes(1)).kind;
    expect(one('^550 5\\.1\\.1 too', 'TOO much')).toBe('wait');
    expect(one('spamhaus', `${'x'.repeat(240)} SpamHaus`)).toBe('wait');
    expect(one('spamhaus', `${'x'.repeat(256)} SpamHaus`)).toBe('go');
  });

  test('what expired in our own queue sets nothing off, whatever it says', () => {
    const expired = deferral('[TSS04] ours', { class: 'expired' });
    expect(after({ rules }, [[zero, expired], [zero, expired]], minutes(1))).toEqual({ kind: 'go' });
  });

  test('of a pool hears and holds back that pool alone', () => {
    const other = deferral('[TSS04]', { pool: 'other' });
    const parameters = { rules, pool: 'shared' };
    expect(after(parameters, [[zero, other], [zero, other]], minutes(1))).toEqual({ kind: 'go' });
    const elsewhere = attemptOf({ receiver: yahoo, pool: 'other' });
    expect(after(parameters, [[zero, busy], [zero, busy]], minutes(1), elsewhere)).toEqual({ kind: 'go' });
  });

  test('of some receivers acts on their replies by name, and on nobody else\'s', () => {
    const rules = [{ ...tss04, receivers: ['Yahoo', 'another'] }];
    const from = (receiverName?: string): string => {
      const reply = deferral('[TSS04]', receiverName === undefined ? {} : { receiverName });
      return after({ rules }, [[zero, reply], [zero, reply]], minutes(1)).kind;
    };
    expect(['yahoo', 'YAHOO', 'another'].map(from)).toEqual(['wait', 'wait', 'wait']);
    expect(['gmail', 'yahoo.test', ''].map(from)).toEqual(['go', 'go', 'go']);
    // A host whose receivers have no names.
    expect(from()).toBe('go');
    const named = (...receivers: unknown[]) => () =>
      replyRules({ rules: [{ ...tss04, receivers: receivers as string[] }] });
    expect(named()).toThrow('reply-rules: rules[0]: receivers.length is 0');
    expect(named('yahoo', '')).toThrow('rules[0]: a receiver is ""; it is a name such as "gmail".');
    expect(named(' yahoo')).toThrow('a receiver is " yahoo"');
    expect(named(7)).toThrow('a receiver is 7');
    expect(named(...Array.from({ length: 64 }, () => 'one'))).not.toThrow();
    expect(named(...Array.from({ length: 65 }, () => 'one'))).toThrow('receivers.length is 65');
  });

  test('counts over any hour, not by the clock (oracle: look back from each reply)', () => {
    const gaps = fc.array(fc.constantFrom(0, 1, 10, 29, 30, 31, 59, 60, 61), { maxLength: 14 });
    const replies = fc.integer({ min: 1, max: 5 });
    fc.assert(fc.property(gaps, replies, (between, count) => {
      const rule = { ...tss04, after: { replies: count, within: hours(1) }, during: minutes(1) };
      let now = 0;
      const times = between.map((gap) => (now += gap));
      const heard = times.map((time) => [minutes(time), busy] as const);
      // Set off where so many lie within the hour; what follows within its minute prolongs it.
      let until = -1;
      for (const [at, time] of times.entries()) {
        const inTheHour = times.slice(0, at + 1).filter((one) => time - one <= 60).length;
        if (inTheHour >= count || time < until) until = time + 1;
      }
      expect(after({ rules: [rule] }, heard, minutes(now)).kind).toBe(now < until ? 'wait' : 'go');
    }));
  });
});

describe('a rule that slows', () => {
  const slow: ReplyRule =
    { match: 'too (fast|many)', action: { kind: 'slow', rate: 60, connections: 1 }, during: minutes(90) };

  test('lets one message a minute go, each in its turn, over one connection', () => {
    const module = replyRules({ rules: [slow] });
    const state = module.fresh();
    module.learn(state, deferral('too fast'), zero);
    const ask = (): Dispatch => {
      const attempt = attemptOf({ receiver: yahoo });
      const said = module.dispatch!(state, attempt, minutes(1));
      const { tenant, account, pool, receiver, slots } = attempt;
      module.learn(state, { kind: 'attempted', tenant, account, pool, receiver, slots, said }, minutes(1));
      return said;
    };
    expect(ask()).toEqual({ kind: 'go', connections: 1 });
    const [second, third] = [ask(), ask()];
    expect(second).toMatchObject({ kind: 'wait', reason: { rule: 'attempts/1h', limit: 60 } });
    // A thousandth of a place, 60 ms, is the line's rounding.
    for (const [said, due] of [[second, minutes(2)], [third, minutes(3)]] as const) {
      expect(Math.abs(due - (said as { until: number }).until)).toBeLessThanOrEqual(60);
    }
    expect(module.dispatch!(state, attemptOf({ receiver: yahoo }), minutes(90))).toEqual({ kind: 'go' });
  });

  test('gives way to a suspension, and the lowest of two rates holds', () => {
    const slower: ReplyRule = { ...slow, match: 'far too', action: { kind: 'slow', rate: 6 },
      during: hours(1) };
    const stop: ReplyRule = { ...slow, match: 'stop', action: { kind: 'suspend' }, during: minutes(5) };
    const rules = [slow, stop, slower];
    const heard = [[zero, deferral('far too many')]] as const;
    const stopped = [...heard, [zero, deferral('stop')]] as const;
    expect(after({ rules }, stopped, minutes(1))).toMatchObject({ kind: 'wait', until: minutes(5) });
    const module = replyRules({ rules });
    const state = module.fresh();
    module.learn(state, heard[0][1], zero);
    expect(state.line.rate).toBe(6);
    module.learn(state, deferral('nothing'), minutes(61));
    expect(state.line.rate).toBe(60);
  });

  test('acts on the tenant who was answered alone, where it is told so', () => {
    expect(replyRules({ key: 'tenant+receiver', rules: [tss04] }).key).toBe('tenant+receiver');
    expect(() => replyRules({ key: 'tenant+receiver', rules: [slow] }))
      .toThrow('connections are a receiver\'s');
  });
});

test('KumoMTA\'s rules of replies can be said: six texts, what they set off, and for how long', () => {
  const names = { gmail: 1 as ReceiverId, yahoo };
  const nameOf = (receiver: ReceiverId): string => receiver === yahoo ? 'yahoo' : 'gmail';
  const slowly: ReplyRule['action'] = { kind: 'slow', rate: 60, connections: 1 };
  const twice = { replies: 2, within: hours(1) };
  const stop: ReplyRule['action'] = { kind: 'suspend' };
  const rules: ReplyRule[] = [
    { match: 'poor reputation|IP.{0,16}blocked', action: slowly, during: minutes(90) },
    { match: 'unusual rate', receivers: ['gmail'], after: twice, action: { kind: 'slow', rate: 600 },
      during: minutes(30) },
    { match: '\\[TSS04\\]', receivers: ['yahoo'], after: twice, action: stop, during: hours(2) },
    { match: '\\[TSS05\\]', receivers: ['yahoo'], after: twice, action: stop, during: hours(4) },
    { match: 'spamhaus', after: { replies: 5, within: hours(1) }, action: stop, during: hours(2) },
  ];
  const parameters = { rules };
  const times = (count: number, text: string, receiver = yahoo) =>
    Array.from({ length: count }, () =>
      [zero, deferral(text, { receiver, receiverName: nameOf(receiver) })] as const);
  expect(after(parameters, times(1, 'Your IP has been blocked'), zero))
    .toEqual({ kind: 'go', connections: 1 });
  expect(after(parameters, times(2, '[TSS05] deferred'), zero)).toMatchObject({ until: hours(4) });
  const unusual = times(2, 'an unusual rate of mail', names.gmail);
  expect(after(parameters, unusual, zero)).toEqual({ kind: 'go' });
  expect(after(parameters, times(2, '[TSS05] deferred', names.gmail), zero)).toEqual({ kind: 'go' });
  expect(after(parameters, times(4, 'listed by Spamhaus'), zero)).toEqual({ kind: 'go' });
  expect(after(parameters, times(5, 'listed by Spamhaus'), zero)).toMatchObject({ until: hours(2) });
});

describe('a pattern', () => {
  test('that could take years is refused, and so is what is none', () => {
    const refused = ['(a+)+', '(a|b)*c', '((x)*y)+', '(.*)*', '(a{2,9}){3}', '(\\w+\\s?)*x', '(a)\\1',
      '(?=x)', '.*.*.*', '(', '', 'a?'.repeat(19), `${'a{0,16}'.repeat(5)}b`, '(a|b)'.repeat(19), '(a?){30}',
      '.*.*(a|b){0,1}a{1,16}'];
    for (const match of refused) {
      expect(() => replyRules({ rules: [{ ...tss04, match }] }), match)
        .toThrow('reply-rules: rules[0]: match is');
    }
    for (const match of ['(a|b)?', '\\[TSS0[45]\\]', '[(+*]+', 'a{1,16}b{2}c*', '4\\.7\\.(28|650).*rate',
      '\\(a+\\)+', '(?:Our|The) (?:system|server)s? .{1,45}? unusual .*', '.*.*a{1,16}']) {
      expect(() => patternOf('rule', match), match).not.toThrow();
    }
  });

  test('that is allowed is done with any text soon', () => {
    const parts = fc.constantFrom('a', 'b', '.', '[ab]', '(a)', '(b?)', '*', '+', '{2,}', '{3}', '?', '|',
      '(', ')', '\\w');
    const hostile = fc.constantFrom(`${'a'.repeat(255)}!`, 'ab'.repeat(128), 'b'.repeat(256));
    fc.assert(fc.property(fc.array(parts, { minLength: 1, maxLength: 14 }), hostile, (pieces, text) => {
      let pattern: RegExp;
      try {
        pattern = patternOf('rule', pieces.join(''));
      } catch {
        return;
      }
      const before = performance.now();
      pattern.test(text);
      expect(performance.now() - before).toBeLessThan(1_000);
    }), { numRuns: 500 });
  });
});

test('refuses rules out of range, and names them', () => {
  const rules = (rule: Partial<ReplyRule>) => () => replyRules({ rules: [tss04, { ...tss04, ...rule }] });
  expect(rules({ during: never })).toThrow('reply-rules: rules[1]: during is');
  expect(rules({ action: { kind: 'slow', rate: 0 } }))
    .toThrow('rules[1]: rate is 0; it is a number from 0.01');
  expect(rules({ after: { replies: 0, within: hours(1) } })).toThrow('rules[1]: after.replies is 0');
  expect(rules({ after: { replies: 1_001, within: hours(1) } })).toThrow('after.replies is 1001');
  expect(rules({ action: { kind: 'stop' } as never }))
    .toThrow('rules[1]: action is stop; it is one of suspend, slow.');
  expect(() => replyRules({ rules: [] })).toThrow('reply-rules: rules.length is 0');
});
