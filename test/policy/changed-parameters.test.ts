// An operator changes a number of a rule, or takes a rule out, and mail goes on: what a module makes of the
// states that it left with other parameters.

import { describe, expect, test } from 'vitest';
import {
  aimd, days, type Dispatch, hours, milliseconds, minutes, type Module, pass, type PolicyEngine, rampUp,
  type ReplyRule, replyRules, shaping, type Snapshot, volume,
} from '../../policy/index.ts';
import { attempted, attemptOf, outcome, submissionOf, submitted } from '../../laws/build.ts';
import { engineOf, refusal } from './small-host.ts';

/** Another engine, with another module, that goes on from where this one is. */
const changedTo = (module: Module<object>, before: PolicyEngine): PolicyEngine => {
  const engine = engineOf(module);
  engine.restore(JSON.parse(JSON.stringify(before.snapshot())) as Snapshot);
  return engine;
};

describe('rules by text', () => {
  const shut: ReplyRule = { match: 'shut', action: { kind: 'suspend' }, during: hours(5) };
  const hear = (engine: PolicyEngine, text: string, minute: number): void =>
    engine.learn(outcome('deferred', { text }), minutes(minute));
  const saysAt = (engine: PolicyEngine, minute: number): Dispatch['kind'] =>
    engine.dispatch(attemptOf(), minutes(minute)).kind;
  const busy = (replies: number): ReplyRule =>
    ({ ...shut, match: 'busy', after: { replies, within: hours(1) } });

  test('of which the one was taken out that was heard: the states are refused by name', () => {
    const engine = engineOf(replyRules({ rules: [shut, busy(2)] }));
    hear(engine, 'busy', 0);
    const without = replyRules({ rules: [shut] });
    expect(() => changedTo(without, engine)).toThrow('module reply-rules: the snapshot does not fit: ');
    const heard = engineOf(replyRules({ rules: [shut, busy(2)] }));
    hear(heard, 'shut', 0);
    expect(saysAt(changedTo(without, heard), 1)).toBe('wait');
  });

  test('of which one is set off by fewer replies than before: by the next', () => {
    const engine = engineOf(replyRules({ rules: [busy(9)] }));
    for (let minute = 0; minute < 8; minute++) hear(engine, 'busy', minute);
    const changed = changedTo(replyRules({ rules: [busy(3)] }), engine);
    expect(saysAt(changed, 8)).toBe('go');
    hear(changed, 'busy', 8);
    expect(saysAt(changed, 9)).toBe('wait');
  });

  test('of which one takes more replies than before: by that many', () => {
    const engine = engineOf(replyRules({ rules: [busy(3)] }));
    for (let minute = 0; minute < 2; minute++) hear(engine, 'busy', minute);
    const changed = changedTo(replyRules({ rules: [busy(4)] }), engine);
    hear(changed, 'busy', 2);
    expect(saysAt(changed, 3)).toBe('go');
    hear(changed, 'busy', 3);
    expect(saysAt(changed, 4)).toBe('wait');
  });
});

/** How many of those that are tried each second go within the hour that begins `from`. */
const goneIn = (engine: PolicyEngine, from: number): number => {
  let gone = 0;
  for (let now = from; now < from + hours(1); now += 1_000) {
    const said = engine.dispatch(attemptOf(), milliseconds(now));
    if (said.kind !== 'go') continue;
    gone += 1;
    engine.learn(attempted(said), milliseconds(now));
  }
  return gone;
};

describe('a rate that was changed holds for receivers that were written to before', () => {
  const cut = { least: 1, keep: 0.5, calmAfter: minutes(1) };
  const makes: readonly (readonly [string, refusals: number, (most: number) => Module<object>])[] = [
    ['shaping', 0, (rate) => shaping({ rate })],
    ['shaping after a refusal', 1, (rate) => shaping({ rate, during: hours(100) })],
    ['aimd', 0, (most) => aimd({ ...cut, most, increase: most / 10, every: minutes(9) })],
    ['aimd after a cut', 1, (most) => aimd({ ...cut, most, increase: most / 10, every: minutes(9) })],
    ['ramp-up', 0, (most) => rampUp({ ...cut, most, hold: minutes(5), ramp: minutes(40) })],
    ['ramp-up after a cut', 1, (most) => rampUp({ ...cut, most, hold: minutes(5), ramp: minutes(40) })],
  ];
  test.each(makes)('%s', (_, refusals, make) => {
    for (const [before, after] of [[360, 36], [36, 360]] as const) {
      const engine = engineOf(make(before));
      for (let turn = 0; turn < refusals; turn++) refusal(engine, 0);
      for (let hour = 0; hour < 3; hour++) goneIn(engine, hours(hour));
      const changed = changedTo(make(after), engine);
      goneIn(changed, hours(3));
      goneIn(changed, hours(19));
      expect(goneIn(changed, hours(20))).toBe(after);
    }
  });

  test('shaping that slows always from now on, or no longer always', () => {
    const always = engineOf(shaping({ rate: 36 }));
    const forAWhile = engineOf(shaping({ rate: 36, during: hours(2) }));
    for (const engine of [always, forAWhile]) {
      refusal(engine, 0);
      goneIn(engine, 0);
    }
    expect(goneIn(changedTo(shaping({ rate: 36 }), forAWhile), hours(5))).toBe(36);
    const noLonger = changedTo(shaping({ rate: 36, during: hours(2) }), always);
    expect(goneIn(noLonger, hours(1))).toBe(3_600);
    refusal(noLonger, hours(2));
    expect([2, 3, 4].map((hour) => goneIn(noLonger, hours(hour)))).toEqual([36, 36, 3_600]);
  });
});

test('a window by the clock that was an hour and is a day ends at midnight from the next one on', () => {
  const of = (window: number): Module<object> =>
    volume({ of: 'messages', limit: 2, window: milliseconds(window), byTheClock: true });
  const send = (engine: PolicyEngine, now: number): string => {
    const verdict = engine.decide(submissionOf(), milliseconds(now));
    engine.learn(submitted(submissionOf(), verdict), milliseconds(now));
    return verdict === pass ? 'pass' : verdict.kind;
  };
  const hourly = engineOf(of(hours(1)));
  send(hourly, days(3) + hours(14));
  const daily = changedTo(of(days(1)), hourly);
  send(daily, days(3) + hours(16));
  for (const day of [4, 5, 8]) {
    const said = [10, 20, 23.9].map((hour) => send(daily, days(day) + hours(hour)));
    expect(said).toEqual(['pass', 'pass', 'defer']);
  }
});
