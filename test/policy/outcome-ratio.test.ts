// Shares of what became of the mail: the two stages of a provider, cPanel's and Momentum's rules, hysteresis,
// and whose fault counts.

import { describe, expect, test } from 'vitest';
import {
  alert, days, hold, holdsQueue, hours, type Milliseconds, minutes, outcomeRatio,
  type OutcomeRatioParameters, pass,
  type ReplyClass,
  type Signal, suspend, zero,
} from '../../policy/index.ts';
import { attemptOf, outcome, released, submissionOf } from '../../laws/build.ts';

type Heard = readonly [at: Milliseconds, signal: Signal];

/** What is said at `now` after signals heard at their times. */
const after = (parameters: OutcomeRatioParameters, heard: readonly Heard[], now: Milliseconds = zero) => {
  const module = outcomeRatio(parameters);
  const state = module.fresh();
  for (const [at, signal] of heard) module.learn(state, signal, at);
  return module.decide(state, submissionOf(), now);
};
const good = (copies: number, at: Milliseconds = zero): Heard => [at, outcome('delivered', { copies })];
const bad = (
  copies: number, at: Milliseconds = zero, reply: ReplyClass = 'unknownUser',
  kind: 'bounced' | 'deferred' = 'bounced',
): Heard => [at, outcome(kind, { copies, class: reply })];

describe('a ratio with a minimum volume', () => {
  // coss.com, seven rolling days, at least 200 recipients: a warning at 4 %, suspended at 8 %.
  const coss = { of: 'bounces', volume: 200, window: days(7) } as const;
  const stages = (heard: readonly Heard[]): string[] => [
    after({ ...coss, ratio: 0.04, action: alert }, heard).kind,
    after({ ...coss, ratio: 0.08, action: suspend('tenant') }, heard).kind,
  ];

  test('in two stages warns first and suspends at twice the share', () => {
    expect(stages([good(193), bad(7)])).toEqual(['pass', 'pass']);
    expect(stages([good(192), bad(8)])).toEqual(['alert', 'pass']);
    expect(stages([good(184), bad(16)])).toEqual(['alert', 'suspend']);
  });

  test('says nothing of little mail, however bad', () => {
    expect(stages([bad(199)])).toEqual(['pass', 'pass']);
    expect(after({ ...coss, ratio: 0.04, minimum: 9, action: alert }, [good(192), bad(8)])).toBe(pass);
  });

  test('names the share and its limit', () => {
    expect(after({ ...coss, ratio: 0.04, action: alert }, [good(150), bad(50)])).toEqual({
      kind: 'alert',
      reason: { module: 'bounces-ratio', rule: 'bounces/outcomes in 7d', seen: 0.25, limit: 0.04 },
    });
  });

  test('ends as the window moves on, and at once with a release', () => {
    const parameters = { ...coss, ratio: 0.04, action: alert };
    expect(after(parameters, [bad(300)], days(6)).kind).toBe('alert');
    expect(after(parameters, [bad(300)], days(9))).toBe(pass);
    expect(after(parameters, [bad(300), [zero, released()]])).toBe(pass);
  });
});

describe('what counts', () => {
  const window = hours(24);
  const says = (parameters: Partial<OutcomeRatioParameters>, heard: readonly Heard[]): string =>
    after({ of: 'bounces', ratio: 0.5, window, action: alert, ...parameters }, heard).kind;

  test('of unknown users, no other bounce; of bounces, all but what expired', () => {
    expect(says({ of: 'unknown users' }, [good(10), bad(10)])).toBe('alert');
    expect(says({ of: 'unknown users' }, [good(10), bad(10, zero, 'dnsblBlock')])).toBe('pass');
    expect(says({}, [good(10), bad(10, zero, 'mailboxFull')])).toBe('alert');
    expect(says({}, [good(10), bad(90, zero, 'expired')])).toBe('pass');
  });

  test('only classes that are named, where they are: a neighbour\'s listing is no fault', () => {
    const classes = ['unknownUser', 'spamBlock'] as const;
    expect(says({ classes }, [good(10), bad(90, zero, 'ipBlock')])).toBe('pass');
    expect(says({ classes }, [good(10), bad(10, zero, 'spamBlock')])).toBe('alert');
  });

  test('deferrals are a share of attempts, each try counted', () => {
    const deferred = bad(10, zero, 'spamBlock', 'deferred');
    expect(says({ of: 'deferrals' }, [good(10), deferred])).toBe('alert');
    expect(says({ of: 'deferrals' }, [good(11), deferred])).toBe('pass');
    expect(says({ of: 'deferrals' }, [good(10), bad(10)])).toBe('pass');
    expect(says({ of: 'failures' }, [good(20), bad(10), deferred])).toBe('alert');
    expect(says({ of: 'bounces', against: 'attempts' }, [bad(10), good(5), deferred])).toBe('pass');
    expect(says({ of: 'bounces' }, [bad(10), good(5), deferred])).toBe('alert');
  });

  test('our own deferrals are no replies, and what expired in our queue never counts against anyone', () => {
    expect(says({ of: 'failures' }, [good(10), bad(1_000, zero, 'expired')])).toBe('pass');
  });
});

describe('hysteresis', () => {
  const parameters: OutcomeRatioParameters =
    { of: 'bounces', ratio: 0.1, clearAt: 0.05, volume: 50, window: hours(24), action: alert };
  const raised = [good(90), bad(10)];

  test('once raised, a share stays raised until it is below the lower one', () => {
    expect(after(parameters, raised).kind).toBe('alert');
    expect(after(parameters, [...raised, good(100)]).kind).toBe('alert');
    expect(after(parameters, [...raised, good(101)]).kind).toBe('pass');
    expect(after({ ...parameters, clearAt: 0.1 }, [...raised, good(100)]).kind).toBe('pass');
  });

  test('once cleared, it takes the full share again', () => {
    expect(after(parameters, [...raised, good(101), bad(2)]).kind).toBe('pass');
    expect(after(parameters, [...raised, good(101), bad(14)]).kind).toBe('alert');
  });

  test('a share that was never raised is not raised between the two', () => {
    expect(after(parameters, [good(93), bad(7)]).kind).toBe('pass');
  });
});

describe('products', () => {
  test('cPanel: failed and deferred of the last hour, by share and by number, block for the hour', () => {
    const cpanel: OutcomeRatioParameters = {
      of: 'failures', key: 'tenant', ratio: 0.6, minimum: 5, window: hours(1),
      action: suspend('tenant', hours(1)),
    };
    const both = [bad(3), bad(2, zero, 'greylist', 'deferred'), good(3)];
    expect(after(cpanel, both)).toMatchObject({ kind: 'suspend', until: hours(1), reason: { seen: 0.625 } });
    expect(after(cpanel, [bad(4), good(1)])).toBe(pass);
    expect(after(cpanel, [bad(5), good(4)])).toBe(pass);
  });

  test('Momentum: looked at on the hour, over 2,000 attempts, and in force for the hour that follows', () => {
    const momentum: OutcomeRatioParameters = {
      of: 'bounces', against: 'attempts', ratio: 0.1, volume: 2_000, window: hours(1), sweeps: true,
      action: suspend('account', hours(4)),
    };
    const heard = [good(1_700, minutes(10)), bad(300, minutes(20))];
    expect(after(momentum, heard, minutes(59))).toBe(pass);
    expect(after(momentum, heard, minutes(60)).kind).toBe('suspend');
    expect(after(momentum, [...heard, good(9_000, minutes(70))], minutes(119)).kind).toBe('suspend');
    expect(after(momentum, [...heard, good(9_000, minutes(70))], minutes(120))).toBe(pass);
    expect(after(momentum, heard, minutes(120))).toBe(pass);
    expect(after(momentum, [good(1_699, minutes(10)), bad(300, minutes(20))], minutes(60))).toBe(pass);
  });
});

test('can hold what is in the queue while it would stop new mail', () => {
  const module = holdsQueue(outcomeRatio({ of: 'bounces', ratio: 0.5, window: hours(1), action: hold }));
  const state = module.fresh();
  expect(module.dispatch!(state, attemptOf(), zero)).toEqual({ kind: 'go' });
  module.learn(state, outcome('bounced'), zero);
  expect(module.dispatch!(state, attemptOf(), zero))
    .toMatchObject({ kind: 'hold', reason: { seen: 1, limit: 0.5 } });
});

test('refuses parameters that contradict each other', () => {
  const parameters: OutcomeRatioParameters = { of: 'bounces', ratio: 0.1, window: hours(1), action: alert };
  expect(() => outcomeRatio({ ...parameters, clearAt: 0.2 }))
    .toThrow('bounces-ratio: clearAt is 0.2; it is a number from 0.0001 to 0.1.');
  expect(() => outcomeRatio({ ...parameters, clearAt: 0.05, sweeps: true })).toThrow('Leave it out.');
  expect(() => outcomeRatio({ ...parameters, of: 'failures', against: 'outcomes' }))
    .toThrow('failures-ratio: against is outcomes; it is one of attempts.');
  expect(() => outcomeRatio({ ...parameters, of: 'opens' as 'bounces' })).toThrow('of is opens');
});
