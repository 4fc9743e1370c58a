// The two ratios: who is shut, by how much evidence, and whose mail is never held against them.

import { describe, expect, test } from 'vitest';
import {
  alert, complaintRatio, days, hardBounceRatio, hours, type Milliseconds, minutes, type Module, never, pass,
  policy, PolicyEngine, type ReplyClass, type Signal, zero,
} from '../../policy/index.ts';
import { complaint, outcome, poll, released, submissionOf } from '../../laws/build.ts';

/** What a module says after signals heard at time 0. */
const after = <State extends object>(
  module: Module<State>, signals: readonly Signal[], now: Milliseconds = zero,
) => {
  const state = module.fresh();
  for (const signal of signals) module.learn(state, signal, zero);
  return module.decide(state, submissionOf(), now);
};

describe('the hard-bounce ratio', () => {
  const module = hardBounceRatio({ ratio: 0.1, minimum: 20, window: hours(24) });
  const good = outcome('delivered', { copies: 180 });
  const bad = (copies: number, reply: ReplyClass = 'unknownUser'): Signal =>
    outcome('bounced', { copies, class: reply });

  test('shuts the account for good at both minimum and ratio, and says the share', () => {
    expect(after(module, [good, bad(20)])).toEqual({
      kind: 'suspend', scope: 'account', until: never,
      reason: { module: 'hard-bounce-ratio', rule: 'unknown users/outcomes in 24h', seen: 0.1, limit: 0.1 },
    });
  });

  test('leaves it alone one bounce below either', () => {
    expect(after(module, [bad(19)])).toBe(pass);
    expect(after(module, [good, outcome('delivered'), bad(20)])).toBe(pass);
  });

  test('bounces that speak of the address, not of the list, never shut anyone', () => {
    expect(after(module, [bad(500, 'dnsblBlock'), bad(500, 'ipBlock'), bad(500, 'expired')])).toBe(pass);
    expect(after(module, [outcome('deferred', { copies: 500 })])).toBe(pass);
  });

  test('forgets after the window, and at once after a release', () => {
    expect(after(module, [bad(20)], hours(28)).kind).toBe('pass');
    expect(after(module, [bad(20)], hours(23)).kind).toBe('suspend');
    expect(after(module, [bad(20), released()])).toBe(pass);
  });

  test('refuses parameters out of range', () => {
    expect(() => hardBounceRatio({ ratio: 10, minimum: 20, window: hours(24) }))
      .toThrow('hard-bounce-ratio: ratio is 10; it is a number from 0.0001 to 1.');
  });
});

describe('the complaint ratio', () => {
  const module = complaintRatio({ ratio: 0.003, minimum: 10, window: days(7) });
  const complaints = (count: number, receiver = 1): Signal[] =>
    Array.from({ length: count }, () => complaint({ receiver }));
  const delivered = (receiver: number, copies: number): Signal => outcome('delivered', { receiver, copies });

  test('waits for the volume it is to judge by, and takes the action it is given', () => {
    const warning =
      complaintRatio({ ratio: 0.003, minimum: 1, volume: 20_000, window: days(7), action: alert });
    expect(after(warning, [delivered(1, 19_999), ...complaints(100)])).toBe(pass);
    // A receiver without a loop adds nothing to what is judged by.
    expect(after(warning, [delivered(1, 19_999), delivered(2, 50_000), ...complaints(100)])).toBe(pass);
    expect(after(warning, [delivered(1, 20_000), ...complaints(100)])).toMatchObject({
      kind: 'alert', reason: { seen: 0.005, limit: 0.003 },
    });
  });

  test('shuts the tenant at both minimum and ratio', () => {
    const reason = { seen: 10 / 3_000, limit: 0.003 };
    expect(after(module, [delivered(1, 3_000), ...complaints(10)]))
      .toMatchObject({ kind: 'suspend', scope: 'tenant', until: never, reason });
    expect(after(module, [delivered(1, 10), ...complaints(9)])).toBe(pass);
    expect(after(module, [delivered(1, 3_400), ...complaints(10)])).toBe(pass);
  });

  test('mail to receivers that never report does not dilute it', () => {
    const sent = [delivered(1, 3_000), delivered(2, 1_000_000)];
    expect(after(module, [...sent, ...complaints(10)]).kind).toBe('suspend');
  });

  test('mail to each receiver that reports counts, from before its first report on', () => {
    const sent = [delivered(1, 3_000), delivered(2, 3_000)];
    expect(after(module, [...sent, ...complaints(9), ...complaints(1, 2)])).toBe(pass);
  });

  test('complaints that outlive their messages in the window are no division by zero', () => {
    expect(after(module, complaints(10))).toMatchObject({ kind: 'suspend', reason: { seen: 1 } });
  });

  test('of a hundred receivers those that got the most are told apart, and all that report', () => {
    const many = Array.from({ length: 100 }, (_, receiver) => delivered(receiver, 30));
    // 3,400 copies there bring ten reports below 0.3 %; 3,400 elsewhere do not.
    for (const signals of [[...many, delivered(90, 3_400)], [delivered(90, 3_400), ...many]]) {
      expect(after(module, [...signals, ...complaints(10, 90)])).toBe(pass);
      expect(after(module, [...signals, ...complaints(10, 7)]).kind).toBe('suspend');
    }
  });

  test('a listing of the shared address is no concern of a tenant', () => {
    expect(after(module, [poll('listed', 'west')])).toBe(pass);
  });

  test('a release starts afresh', () => {
    expect(after(module, [...complaints(50), released()])).toBe(pass);
  });
});

describe('complaints of a tenant with many receivers', () => {
  const brake = (): PolicyEngine => new PolicyEngine(policy('test', [
    complaintRatio({ ratio: 0.01, minimum: 5, window: days(7) }),
  ]));
  const deliver = (engine: PolicyEngine, receiver: number, copies: number): void =>
    engine.learn(outcome('delivered', { tenant: 2, account: 3, receiver, copies }), zero);
  const complain = (engine: PolicyEngine, receiver: number, count: number): void => {
    const one = complaint({ tenant: 2, account: 3, receiver });
    for (let turn = 0; turn < count; turn++) engine.learn(one, zero);
  };
  const says = (engine: PolicyEngine) => engine.decide(submissionOf({ tenant: 2, account: 3 }), minutes(1));

  test('are not diluted by mail to receivers of his own, before, among or after the others', () => {
    for (const order of [[0, 1], [1, 0], [1, 0, 1]]) {
      const engine = brake();
      for (const turn of order) {
        // A thousand to each of sixty domains that a spammer owns, and a hundred to people.
        if (turn === 1) for (let own = 100; own < 160; own++) deliver(engine, own, 1_000);
        else {
          deliver(engine, 7, 100);
          complain(engine, 7, 5);
        }
      }
      expect(says(engine), order.join()).toMatchObject({ kind: 'suspend' });
    }
  });

  test('are held against the mail of the receiver that reports, however many others there are', () => {
    const engine = brake();
    deliver(engine, 7, 1_000);
    for (let other = 100; other < 160; other++) deliver(engine, other, 1);
    complain(engine, 7, 5);
    expect(says(engine)).toBe(pass);
    complain(engine, 7, 5);
    expect(says(engine)).toMatchObject({ kind: 'suspend', reason: { seen: 0.01, limit: 0.01 } });
  });

  test('count where each of 24 receivers has reported before, too', () => {
    const engine = brake();
    for (let one = 0; one < 24; one++) {
      deliver(engine, one, 100);
      complain(engine, one, 1);
    }
    const seen = (): number => {
      const said = says(engine);
      return said.kind === 'pass' ? 0 : said.reason.seen;
    };
    expect(seen()).toBe(24 / 2_400);
    deliver(engine, 50, 1_000);
    complain(engine, 50, 12);
    expect(seen()).toBe(36 / 2_400);
    deliver(engine, 23, 100);
    expect(seen()).toBe(36 / 2_500);
  });
});
