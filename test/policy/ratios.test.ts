// The two ratios: who is shut, by how much evidence, and whose mail is never held against them.

import { describe, expect, test } from 'vitest';
import {
  alert, complaintRatio, days, hardBounceRatio, hours, type Milliseconds, type Module, never, pass,
  type ReplyClass, type Signal, zero,
} from '../../policy/index.ts';
import { complaint, outcome, poll, released, submissionOf } from './build.ts';

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

  test('receivers beyond those it tells apart are counted as one, not lost', () => {
    const many = Array.from({ length: 100 }, (_, receiver) => delivered(receiver, 30));
    expect(after(module, [...many, ...complaints(10, 90)]).kind).toBe('suspend');
    // The 24th and all after it are 77 receivers with 2,310 copies: 1,100 more bring ten reports below 0.3 %.
    expect(after(module, [...many, delivered(95, 1_100), ...complaints(10, 90)])).toBe(pass);
    expect(after(module, [...many, delivered(7, 1_100), ...complaints(10, 90)]).kind).toBe('suspend');
  });

  test('a listing of the shared address is no concern of a tenant', () => {
    expect(after(module, [poll('listed', 'west')])).toBe(pass);
  });

  test('a release starts afresh', () => {
    expect(after(module, [...complaints(50), released()])).toBe(pass);
  });
});
