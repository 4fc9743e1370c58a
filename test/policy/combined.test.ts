// Rules made of other rules.

import { describe, expect, test } from 'vitest';
import {
  alert, days, forBulk, forNewTenants, hardBounceRatio, holdsQueue, hours, hysteresis, type Milliseconds,
  milliseconds, minutes, type Module, onTrial, pass, policy, PolicyEngine, recipientWindow, registerWatch,
  tokenBucket, volume, whileRaised,
} from '../../policy/index.ts';
import { attemptOf, outcome, poll, released, submissionOf, submitted } from '../../laws/build.ts';

const engineOf = (...modules: Module<object>[]): PolicyEngine => new PolicyEngine(policy('test', modules));
type Parts = NonNullable<Parameters<typeof submissionOf>[0]>;

/** Hands messages in, one a second, and says what became of each. */
const handIn = (engine: PolicyEngine, count: number, start = 0, parts: Parts = {}): string[] =>
  Array.from({ length: count }, (_, turn) => {
    const submission = submissionOf(parts);
    const now = start + turn * 1_000 as Milliseconds;
    const verdict = engine.decide(submission, now);
    engine.learn(submitted(submission, verdict), now);
    return verdict.kind;
  });

const limit = (most: number) => recipientWindow({ limit: most, window: hours(1) });
const bounces = hardBounceRatio({ ratio: 0.1, minimum: 5, window: hours(24) });
const bounce = (engine: PolicyEngine, copies: number, now = 0, account = 0): void =>
  engine.learn(outcome('bounced', { copies, account }), now as Milliseconds);

describe('a rule on trial', () => {
  test('says of each message what it would have said, and stops none', () => {
    const engine = engineOf(onTrial(limit(2)));
    expect(handIn(engine, 3)).toEqual(['pass', 'pass', 'shadow']);
    expect(engine.decide(submissionOf(), milliseconds(4_000))).toEqual({
      kind: 'shadow', would: 'defer',
      reason: { module: 'recipient-window', rule: 'recipients/1h', seen: 4, limit: 2 },
    });
  });

  test('goes on counting what it would have stopped, and leaves the queue alone', () => {
    const trial = onTrial(registerWatch({ avoidFor: hours(1), bulkWaits: hours(1) }));
    const engine = engineOf(trial);
    engine.learn(poll('listed', 'west'), milliseconds(0));
    expect(engine.decide(submissionOf({ list: 7 }), milliseconds(1)).kind).toBe('shadow');
    expect(engine.dispatch(attemptOf({ list: 7 }), milliseconds(1))).toEqual({ kind: 'go' });
  });
});

describe('a rule for some of the mail', () => {
  test('neither meets people’s mail nor counts it where it is for bulk', () => {
    const engine = engineOf(forBulk(limit(2)));
    expect(handIn(engine, 5)).toEqual(Array.from({ length: 5 }, () => 'pass'));
    expect(handIn(engine, 3, 10_000, { list: 7 })).toEqual(['pass', 'pass', 'defer']);
    expect(handIn(engine, 1, 20_000)).toEqual(['pass']);
  });

  test('holds of new tenants for their first days, and never of a customer of old', () => {
    const engine = engineOf(forNewTenants(days(3), limit(2)));
    expect(handIn(engine, 3, 0, { signedUp: -1 })).toEqual(['pass', 'pass', 'pass']);
    expect(handIn(engine, 3, 10_000, { signedUp: 0, account: 1 })).toEqual(['pass', 'pass', 'defer']);
    expect(handIn(engine, 3, days(3), { signedUp: 0, account: 1 })).toEqual(['pass', 'pass', 'pass']);
    expect(() => forNewTenants(minutes(1), limit(2))).toThrow(/recipient-window: age/);
  });
});

describe('a rule that holds the queue', () => {
  test('holds what an account has there from the moment new mail would be refused, until a release', () => {
    const engine = engineOf(holdsQueue(bounces));
    bounce(engine, 4);
    expect(engine.dispatch(attemptOf(), milliseconds(1))).toEqual({ kind: 'go' });
    bounce(engine, 1);
    expect(engine.dispatch(attemptOf(), milliseconds(1))).toEqual({
      kind: 'hold',
      reason: { module: 'hard-bounce-ratio', rule: 'unknown users/outcomes in 24h', seen: 1, limit: 0.1 },
    });
    expect(engine.dispatch(attemptOf({ account: 1 }), milliseconds(1))).toEqual({ kind: 'go' });
    engine.learn(released(), milliseconds(2));
    expect(engine.dispatch(attemptOf(), milliseconds(3))).toEqual({ kind: 'go' });
  });

  test('lets the queue go where it would only remark, pace or divert', () => {
    const alerting = holdsQueue(volume({ of: 'messages', limit: 1, window: hours(1), action: alert }));
    const engine = engineOf(alerting);
    expect(handIn(engine, 3)).toEqual(['pass', 'alert', 'alert']);
    expect(engine.dispatch(attemptOf(), milliseconds(4_000))).toEqual({ kind: 'go' });
  });

  test('is one about an account or a tenant, and has no other say in dispatch', () => {
    const watch = registerWatch({ avoidFor: hours(1), bulkWaits: hours(1) });
    expect(() => holdsQueue(watch)).toThrow(/register-watch: only a rule about an account or .* pool/);
    expect(() => holdsQueue(holdsQueue(bounces))).toThrow(/has a say in dispatch already/);
  });

  test('is not even asked of an account whose record is calm', () => {
    let asked = 0;
    const curious = holdsQueue(bounces);
    const counting: Module<never> = {
      ...curious,
      dispatch: (state, attempt, now) => (asked++, curious.dispatch!(state, attempt, now)),
    } as Module<never>;
    const engine = engineOf(counting);
    bounce(engine, 4);
    engine.dispatch(attemptOf(), milliseconds(1));
    expect(asked).toBe(0);
    bounce(engine, 1);
    engine.dispatch(attemptOf(), milliseconds(1));
    expect(asked).toBe(1);
  });
});

describe('a throttle while a detector is raised', () => {
  const slow = tokenBucket({ rate: 1, burst: 2, longestWait: milliseconds(0) });

  test('slows nobody before that, and counts his mail all the same', () => {
    const engine = engineOf(whileRaised(bounces, slow));
    expect(handIn(engine, 4)).toEqual(['pass', 'pass', 'pass', 'pass']);
    bounce(engine, 5, 4_000);
    expect(engine.decide(submissionOf(), milliseconds(5_000)))
      .toMatchObject({ kind: 'defer', reason: { module: 'token-bucket', seen: 5 } });
    expect(engine.decide(submissionOf({ account: 1 }), milliseconds(5_000)).kind).toBe('pass');
  });

  test('slows nobody of whom the detector has looked closer and found nothing', () => {
    const engine = engineOf(whileRaised(bounces, slow));
    engine.learn(outcome('delivered', { copies: 500 }), milliseconds(0));
    bounce(engine, 5);
    expect(handIn(engine, 4)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  test('ends with the detector’s word', () => {
    const engine = engineOf(whileRaised(bounces, slow));
    handIn(engine, 4);
    bounce(engine, 5);
    engine.learn(released(), milliseconds(5_000));
    expect(engine.decide(submissionOf(), milliseconds(6_000)).kind).toBe('pass');
  });

  test('wants two that keep their states alike', () => {
    const watch = registerWatch({ avoidFor: hours(1), bulkWaits: hours(1) });
    expect(() => whileRaised(bounces, watch)).toThrow(/cannot stand together: one .* by account/);
    const objects: Module<object> = {
      name: 'objects', key: 'account', fresh: () => ({}), decide: () => pass, learn: () => {},
    };
    expect(() => whileRaised(bounces, objects)).toThrow(/one keeps numbers, the other objects/);
  });
});

describe('hysteresis', () => {
  const between = (low: number, high: number) => hysteresis(
    hardBounceRatio({ ratio: high, minimum: 5, window: hours(24) }),
    hardBounceRatio({ name: 'lower', ratio: low, minimum: 5, window: hours(24) }),
  );
  const deliver = (engine: PolicyEngine, copies: number): void =>
    engine.learn(outcome('delivered', { copies }), milliseconds(0));
  const ask = (engine: PolicyEngine): string => {
    const verdict = engine.decide(submissionOf(), milliseconds(1_000));
    engine.learn(submitted(submissionOf(), { kind: 'pass' }), milliseconds(1_000));
    return verdict.kind;
  };

  test('is raised at the one limit and stays so until below the other', () => {
    const engine = engineOf(between(0.05, 0.1));
    deliver(engine, 91);
    bounce(engine, 9);
    expect(ask(engine)).toBe('pass');
    bounce(engine, 2);
    expect(ask(engine)).toBe('suspend');
    deliver(engine, 50);
    expect(ask(engine)).toBe('suspend');
    deliver(engine, 100);
    expect(ask(engine)).toBe('pass');
    bounce(engine, 5);
    expect(ask(engine)).toBe('pass');
  });

  test('speaks under the name that the policy knows it by, raised and until it clears', () => {
    const engine = engineOf(between(0.05, 0.1));
    const modules: string[] = [];
    const hear = (): void => {
      const said = engine.decide(submissionOf(), milliseconds(1_000));
      if (said.kind !== 'pass') modules.push(said.reason.module);
      engine.learn(submitted(submissionOf(), { kind: 'pass' }), milliseconds(1_000));
    };
    deliver(engine, 89);
    bounce(engine, 11);
    hear();
    deliver(engine, 50);
    hear();
    expect(modules).toEqual(['hard-bounce-ratio', 'hard-bounce-ratio']);
  });

  test('is cleared by a release though neither of the two hears it, and may be made of objects', () => {
    const toy = (name: string, speaks: (list: number) => boolean): Module<object> => ({
      name, key: 'account', hears: [], fresh: () => ({}), learn: () => {},
      decide: (_, { list }) =>
        speaks(list) ? { kind: 'defer', reason: { module: name, rule: '', seen: 1, limit: 0 } } : pass,
    });
    const [raise, clear] = [toy('raise', (list) => list === 1), toy('clear', (list) => list !== 2)];
    const engine = engineOf(hysteresis(raise, clear));
    expect([0, 1, 0, 2, 0].flatMap((list) => handIn(engine, 1, 0, { list })))
      .toEqual(['pass', 'defer', 'defer', 'pass', 'pass']);
    handIn(engine, 1, 0, { list: 1 });
    engine.learn(released(), milliseconds(0));
    expect(handIn(engine, 1)).toEqual(['pass']);
  });

  test('is cleared by a release, and keeps its place in a snapshot', () => {
    const engine = engineOf(between(0.05, 0.1));
    deliver(engine, 90);
    bounce(engine, 11);
    ask(engine);
    deliver(engine, 50);
    const copy = engineOf(between(0.05, 0.1));
    copy.restore(JSON.parse(JSON.stringify(engine.snapshot())));
    expect(ask(copy)).toBe('suspend');
    engine.learn(released(), milliseconds(1_000));
    expect(ask(engine)).toBe('pass');
  });
});
