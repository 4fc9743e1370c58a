// What went wrong in others' limiters and shapers, by their own trackers, told as what must be so here. Each
// of these fails if we have the bug.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptEverything, days, hours, type Milliseconds, minutes, policy, PolicyEngine, presets, rampUp,
  replyRules, seconds, shaping, tokenBucket, tokenBucketLimiter, type Verdict, volume, zero,
} from '../../policy/index.ts';
import { runSeed } from '../../sim/index.ts';
import { request, smallScenarios } from '../run/small.ts';
import { attemptOf, outcome, released, scanned, submissionOf, submitted } from '../../laws/build.ts';
import { allAt, engineOf as shapedBy, refusal, send } from './small-host.ts';
import { gap } from '../../laws/traffic.ts';

/** One message to one recipient; what is said of it, and learned. */
const sendOne = (engine: PolicyEngine, now: number, recipient = 1): Verdict => {
  const submission = submissionOf({ recipients: [recipient] });
  const verdict = engine.decide(submission, now as Milliseconds);
  engine.learn(submitted(submission, verdict), now as Milliseconds);
  return verdict;
};

describe('rspamd#2733: a burst of 20 let 203 pass, for good mail widened the bucket tenfold unseen', () => {
  test('a burst of 20 lets 20 pass at once, however long and well the account behaved before', () => {
    const bucket = tokenBucket({ rate: 60, burst: 20, longestWait: zero });
    const engine = new PolicyEngine(policy('burst', [bucket]));
    for (let at = 0; at < 2_000; at += 1) {
      sendOne(engine, minutes(2 * at));
      engine.learn(outcome('delivered'), minutes(2 * at));
    }
    const blast = Array.from({ length: 500 }, () => sendOne(engine, days(4)));
    expect(blast.filter(({ kind }) => kind === 'pass')).toHaveLength(20);
  });

  test('no span of t hours sees more than burst + rate * t, of the limiter and of the preset', () => {
    fc.assert(fc.property(fc.array(gap, { maxLength: 120 }), (gaps) => {
      const limiter = tokenBucketLimiter({ rate: 60, burst: 5 });
      const state = limiter.fresh(zero);
      const preset = presets['rspamd-ratelimit']!.policy.withSettings!({ burst: 5, perMinute: 1 });
      const engine = new PolicyEngine(preset);
      let now = 0;
      const passed: [number[], number[]] = [[], []];
      for (const wait of gaps) {
        now += wait;
        if (limiter.take(state, 1, now as Milliseconds).allowed) passed[0].push(now);
        if (sendOne(engine, now).kind === 'pass') passed[1].push(now);
      }
      for (const times of passed) {
        times.forEach((from, first) => times.slice(first).forEach((to, more) => {
          expect(more + 1).toBeLessThanOrEqual(5 + (to - from) / 60_000 + 1e-6);
        }));
      }
    }));
  });
});

describe('rspamd#6059, rspamd#5480: of several buckets only the last was enforced', () => {
  const limits = fc.uniqueArray(
    fc.record({
      limit: fc.integer({ min: 1, max: 8 }),
      window: fc.constantFrom(minutes(1), minutes(10), hours(1), hours(24)),
    }),
    { minLength: 2, maxLength: 4, selector: ({ window }) => window },
  );

  test('whatever limits stand together, in whatever order, none is ever exceeded', () => {
    fc.assert(fc.property(limits, fc.array(gap, { maxLength: 120 }), (set, gaps) => {
      const engine = new PolicyEngine(policy('several', set.map(({ limit, window }, index) =>
        volume({ name: `limit-${index}`, of: 'messages', limit, window }))));
      let now = 0;
      const passed = gaps.flatMap((wait) => sendOne(engine, (now += wait)).kind === 'pass' ? [now] : []);
      for (const { limit, window } of set) {
        for (const end of passed) {
          expect(passed.filter((at) => at <= end && at > end - window).length).toBeLessThanOrEqual(limit);
        }
      }
    }));
  });

  test('30 in a minute is enforced beside 100 in an hour, whichever comes first', () => {
    const perMinute = volume({ name: 'minute', of: 'messages', limit: 30, window: minutes(1) });
    const perHour = volume({ name: 'hour', of: 'messages', limit: 100, window: hours(1) });
    for (const modules of [[perMinute, perHour], [perHour, perMinute]]) {
      const engine = new PolicyEngine(policy('two', modules));
      const verdicts = Array.from({ length: 40 }, (_, at) => sendOne(engine, seconds(at)));
      expect(verdicts.filter(({ kind }) => kind === 'pass')).toHaveLength(30);
    }
  });
});

describe('rspamd#4187: a message was counted twice in one limit', () => {
  test('a message counts once in each limit, whatever is heard of it afterwards', () => {
    const engine = new PolicyEngine(policy('two', [
      volume({ name: 'minute', of: 'messages', limit: 10, window: minutes(1) }),
      volume({ name: 'tenant', key: 'tenant', of: 'messages', limit: 10, window: minutes(1) }),
      tokenBucket({ rate: 1, burst: 10, longestWait: zero }),
    ]));
    const kinds = Array.from({ length: 11 }, () => {
      const { kind } = sendOne(engine, 0);
      for (const what of ['deferred', 'delivered', 'bounced'] as const) engine.learn(outcome(what), zero);
      return kind;
    });
    expect(kinds).toEqual([...Array.from({ length: 10 }, () => 'pass'), 'defer']);
  });
});

describe('rspamd#4637, rspamd#2360: a limit once hit was never let go again', () => {
  test.each(Object.entries(presets))('%s lets an account send again that hammered it', (_, preset) => {
    const engine = new PolicyEngine(preset.policy);
    for (let at = 0; at < 5_000; at += 1) {
      const now = seconds(17 * at);
      sendOne(engine, now, at);
      // Whatever a rule may hold against it, so that those that shut an account do.
      if (at % 5 === 0) engine.learn(outcome('bounced', { class: 'unknownUser' }), now);
      if (at % 5 === 1) engine.learn(scanned(true), now);
    }
    engine.learn(released(), days(2));
    expect(sendOne(engine, days(40)).kind).toBe('pass');
  });
});

describe('kumomta PR 594: snapping back to full speed provokes the receiver again', () => {
  /** Messages that leave soon after a throttle of an hour and a half ends. */
  const soonAfter = (span: Milliseconds, modules: Parameters<typeof shapedBy>[0]): number => {
    const engine = shapedBy(modules);
    refusal(engine, 0);
    return send(engine, allAt(3_000)).filter(({ at }) => at >= minutes(90) && at < minutes(90) + span).length;
  };

  test('a ramp lets a small part of the queue go where a fixed throttle lets go all of it at once', () => {
    const fixed = soonAfter(minutes(15), shaping({ rate: 60, during: minutes(90) }));
    const ramp = (span: Milliseconds): number => soonAfter(span, rampUp({
      most: 6_000, least: 60, keep: 0.01, calmAfter: minutes(5), hold: minutes(90), ramp: hours(4),
    }));
    expect(fixed).toBeGreaterThan(2_800);
    expect(ramp(minutes(15))).toBeLessThan(fixed / 10);
    // Past its first step as well, after half an hour, and with that one alone.
    expect(ramp(minutes(45))).toBeLessThan(fixed / 5);
  });
});

describe('kumomta#290: a rule that suspends a tenant did nothing in some scopes, and nobody was told', () => {
  const rule = { match: 'you are blocked', action: { kind: 'suspend' }, during: hours(2) } as const;
  const told = (key: 'receiver' | 'tenant+receiver') => {
    const engine = shapedBy(replyRules({ key, rules: [rule] }));
    engine.learn(outcome('bounced', { tenant: 1, receiver: 2, text: 'you are blocked' }), zero);
    return (tenant: number, receiver: number): string =>
      engine.dispatch(attemptOf({ tenant, receiver }), minutes(1)).kind;
  };

  test('by receiver it stops all tenants there, by tenant and receiver that tenant, elsewhere nobody', () => {
    const [all, one] = [told('receiver'), told('tenant+receiver')];
    expect([all(1, 2), all(5, 2), all(1, 3)]).toEqual(['wait', 'wait', 'go']);
    expect([one(1, 2), one(5, 2), one(1, 3)]).toEqual(['wait', 'go', 'go']);
  });

  test('a rule for a receiver by its name, as an operator writes it, acts in a run, and there alone', () => {
    const scenario = smallScenarios().find(({ name }) => name === 'compromised-account')!;
    const waits = (...receivers: string[]): number => {
      const anything = { match: '.', receivers, action: { kind: 'suspend' }, during: days(1) } as const;
      const named = policy('named', [replyRules({ rules: [anything] })]);
      return runSeed(request(scenario, '1', named)).metrics['queue.peak'].value!;
    };
    const { name } = scenario.plan.receivers[0]!;
    expect(waits(name.toUpperCase())).toBeGreaterThan(3 * waits('nobody'));
  });
});

describe('kumomta#396: a throttle moves the pressure to the queue, where nobody looked', () => {
  test('what a throttle keeps back is measured in every run, receiver by receiver', () => {
    const scenario = smallScenarios().find(({ name }) => name === 'compromised-account')!;
    const throttle = policy('throttle', [shaping({ rate: 6 })]);
    const [open, slow] = [acceptEverything, throttle].map((one) => runSeed(request(scenario, '1', one)));
    const peaks = [open, slow].map((result) => result!.metrics['queue.peak'].value!);
    expect(peaks[1]).toBeGreaterThan(3 * peaks[0]!);
    const deepest = slow!.queues.reduce((one, two) => (two.peak > one.peak ? two : one));
    expect([deepest.peak, deepest.oldest].every((value) => value > 0)).toBe(true);
  });
});
