// How fast mail goes to a receiver under the shaping modules, played through an engine by a host as small as can
// be: it asks of each message, waits as told, and hands slots back.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressRest, aimd, type Dispatch, hours, type Milliseconds, milliseconds, minutes, type Module, noSlots,
  policy, PolicyEngine, rampUp, seconds, shaping, type Slot,
} from '../../policy/index.ts';
import { attempted, attemptOf, outcome } from './build.ts';

const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('shaped', [module]));

interface Queued {
  readonly number: number;
  at: number;
  slots: readonly Slot[];
  asked: number;
}

/** Sends messages that come at these times; when each goes, in the order they go, and how often it was asked. */
const send = (engine: PolicyEngine, times: readonly number[], pool = 'shared') => {
  const queue: Queued[] = times.map((at, number) => ({ number, at, slots: noSlots, asked: 0 }));
  const gone: { number: number; at: number; asked: number }[] = [];
  while (queue.length > 0) {
    queue.sort((one, two) => one.at - two.at || one.number - two.number);
    const message = queue[0]!;
    const now = message.at as Milliseconds;
    const said = engine.dispatch(attemptOf({ slots: message.slots, pool }), now);
    engine.learn(attempted(said, { pool }, message.slots), now);
    message.asked += 1;
    if (said.kind !== 'wait') {
      gone.push({ number: message.number, at: now, asked: message.asked });
      queue.shift();
      continue;
    }
    expect(said.until).toBeGreaterThan(now);
    message.slots = said.slot === undefined ? noSlots : [said.slot];
    message.at = said.until;
  }
  return gone;
};

const allAt = (count: number, at = 0): number[] => Array.from({ length: count }, () => at);
const refusal = (engine: PolicyEngine, now: number, parts: Parameters<typeof outcome>[1] = {}): void =>
  engine.learn(outcome('deferred', { class: 'rateLimit', ...parts }), now as Milliseconds);

describe('shaping at a fixed rate', () => {
  test('lets one go a minute, in their order, and is asked twice at most about each', () => {
    const gone = send(engineOf(shaping({ rate: 60 })), allAt(200));
    expect(gone.map(({ number }) => number)).toEqual(allAt(200).map((_, number) => number));
    gone.forEach(({ at }, turn) => expect(Math.abs(at - turn * 60_000)).toBeLessThanOrEqual(1));
    expect(Math.max(...gone.map(({ asked }) => asked))).toBe(2);
  });

  test('saves nothing up: after a night of silence the second still waits a minute', () => {
    const gone = send(engineOf(shaping({ rate: 60 })), [0, 36_000_000, 36_000_000]);
    expect(gone.map(({ at }) => Math.round(at / 1_000))).toEqual([0, 36_000, 36_060]);
  });

  test('charges those who waited for one place each: who comes when they are gone goes at once', () => {
    const gone = send(engineOf(shaping({ rate: 60 })), [...allAt(10), minutes(10)]);
    expect(gone.at(-1)).toEqual({ number: 10, at: minutes(10), asked: 1 });
  });

  test('never lets two go closer than the rate allows, whenever they come', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 3_600_000 }), { maxLength: 60 }), (times) => {
      const gone = send(engineOf(shaping({ rate: 60 })), times);
      expect(gone).toHaveLength(times.length);
      gone.slice(1).forEach(({ at }, turn) => expect(at - gone[turn]!.at).toBeGreaterThanOrEqual(59_999));
      expect(gone.every(({ asked }) => asked <= 2)).toBe(true);
    }));
  });

  const kumo = () => engineOf(shaping({ rate: 60, connections: 1, during: minutes(90) }));

  test('waits for a refusal of its classes, and ends an hour and a half after the last one', () => {
    const engine = kumo();
    expect(send(engine, allAt(3)).every(({ at }) => at === 0)).toBe(true);
    refusal(engine, 1_000, { class: 'unknownUser' });
    expect(engine.dispatch(attemptOf(), seconds(2))).toEqual({ kind: 'go' });
    refusal(engine, 2_000);
    refusal(engine, minutes(10));
    expect(engine.dispatch(attemptOf(), minutes(11))).toEqual({ kind: 'go', connections: 1 });
    const late = minutes(10) + minutes(90);
    expect(engine.dispatch(attemptOf(), (late - 1) as Milliseconds)).toEqual({ kind: 'go', connections: 1 });
    expect(engine.dispatch(attemptOf(), late as Milliseconds)).toEqual({ kind: 'go' });
  });

  test('lets all that still wait go when it ends', () => {
    const engine = kumo();
    refusal(engine, 0);
    const gone = send(engine, allAt(300));
    expect(gone.filter(({ at }) => at < minutes(90))).toHaveLength(90);
    expect(gone.filter(({ at }) => at === minutes(90))).toHaveLength(210);
  });

  test('is not prolonged by those it makes wait', () => {
    const [calm, pestered] = [kumo(), kumo()];
    for (const engine of [calm, pestered]) refusal(engine, 0);
    send(pestered, allAt(50, 60_000));
    const end = minutes(90);
    for (const engine of [calm, pestered]) expect(engine.dispatch(attemptOf(), end)).toEqual({ kind: 'go' });
  });

  test('can want several refusals within a time before it slows', () => {
    const engine = engineOf(shaping({ rate: 60, during: minutes(30), refusals: 3, within: minutes(60) }));
    const isSlow = (now: number): boolean => {
      const before = engine.snapshot();
      const second = (send(engine, allAt(2, now))[1]!.at) > now;
      engine.restore(before);
      return second;
    };
    refusal(engine, 0);
    refusal(engine, minutes(1));
    expect(isSlow(minutes(2))).toBe(false);
    refusal(engine, hours(2));
    refusal(engine, hours(2) + 1);
    expect(isSlow(hours(2) + 2)).toBe(false);
    refusal(engine, hours(2) + 3);
    expect(isSlow(hours(2) + 4)).toBe(true);
  });

  test('slows one pool alone where it names one', () => {
    const engine = engineOf(shaping({ rate: 60, during: minutes(90), pool: 'high-risk' }));
    refusal(engine, 0);
    expect(send(engine, allAt(2), 'high-risk')[1]!.at).toBe(0);
    refusal(engine, 0, { pool: 'high-risk' });
    expect(send(engine, allAt(2), 'high-risk')[1]!.at).toBeGreaterThan(0);
    expect(send(engine, allAt(2))[1]!.at).toBe(0);
  });

  test('holds a line for each tenant where it is kept by tenant', () => {
    const engine = engineOf(shaping({ rate: 60, key: 'tenant+receiver' }));
    engine.learn(attempted({ kind: 'go' }), milliseconds(0));
    expect(engine.dispatch(attemptOf(), seconds(1)).kind).toBe('wait');
    expect(engine.dispatch(attemptOf({ tenant: 1 }), seconds(1)).kind).toBe('go');
  });

  test('refuses numbers out of range by name, and connections of a tenant', () => {
    expect(() => shaping({ rate: 0 })).toThrow(/shaping: rate is 0/);
    expect(() => shaping({ name: 'slow', rate: 1, connections: 0 })).toThrow(/slow: connections is 0/);
    expect(() => shaping({ rate: 1, connections: 1, key: 'tenant+receiver' })).toThrow(/connections are/);
    expect(() => shaping({ rate: 1, during: seconds(1) })).toThrow(/during/);
  });
});

const rateOf = (engine: PolicyEngine, name: string): number => {
  const [[, state]] = engine.snapshot().states[name] as [[number, { line: { rate: number } }]];
  return state.line.rate;
};
/** Something is learned, so that the rate is brought up to date. */
const nudge = (engine: PolicyEngine, now: number): void => refusal(engine, now, { class: 'unknownUser' });

describe('additive increase, multiplicative decrease', () => {
  const governor = () => engineOf(aimd({
    most: 3_600, least: 60, keep: 0.5, calmAfter: minutes(5), increase: 600, every: minutes(30),
  }));

  test('halves the rate at a refusal, once for all of one trouble, and never below the least', () => {
    const engine = governor();
    for (const now of [0, 1, 299_999]) refusal(engine, now);
    expect(rateOf(engine, 'aimd')).toBe(1_800);
    for (let turn = 1; turn < 9; turn++) refusal(engine, turn * minutes(5));
    expect(rateOf(engine, 'aimd')).toBe(60);
  });

  test('rises by the same amount each half hour, back to the most and no further', () => {
    const engine = governor();
    refusal(engine, 0);
    const at = (now: number): number => (nudge(engine, now), rateOf(engine, 'aimd'));
    expect([1, minutes(30) - 1, minutes(30), minutes(60), minutes(90), hours(9)].map(at))
      .toEqual([1_800, 1_800, 2_400, 3_000, 3_600, 3_600]);
  });

  test('has those who wait go the sooner as the rate rises, never more than it allows, each asked seldom', () => {
    const engine = governor();
    for (let turn = 0; turn < 8; turn++) refusal(engine, turn * minutes(5));
    const start = minutes(40);
    const gone = send(engine, allAt(2_000, start));
    // 60 an hour at first, 600 more from each half hour on (the last cut was at 35 min), 3,600 at most.
    const allowed = (at: number): number => {
      let sum = 1;
      for (let from = start as number, rate = 60; from < at;) {
        const till = Math.min(at, minutes(35) + (Math.floor((rate - 60) / 600) + 1) * minutes(30));
        const end = rate >= 3_600 ? at : till;
        sum += (end - from) * rate / hours(1);
        [from, rate] = [end, Math.min(3_600, rate + 600)];
      }
      return sum;
    };
    gone.forEach(({ at }, turn) => expect(turn).toBeLessThan(allowed(at) + 0.01));
    // At the least rate 2,000 would take 33 h.
    expect(gone.at(-1)!.at - start).toBeLessThan(hours(6));
    expect(Math.max(...gone.map(({ asked }) => asked))).toBeLessThanOrEqual(10);
  });

  test('keeps to the new rate those who were given a turn at the old one', () => {
    const engine = governor();
    const first = engine.dispatch(attemptOf(), milliseconds(0));
    engine.learn(attempted(first), milliseconds(0));
    const second = engine.dispatch(attemptOf(), milliseconds(0));
    expect(second).toMatchObject({ kind: 'wait', until: 1_000 });
    engine.learn(attempted(second), milliseconds(0));
    refusal(engine, 0);
    const { slot } = second as Dispatch & { kind: 'wait'; slot: Slot };
    expect(engine.dispatch(attemptOf({ slots: [slot] }), milliseconds(1_000))).toMatchObject({ kind: 'wait', slot });
  });

  test('gives credit for the time that was waited at the old rate', () => {
    const engine = governor();
    const told = (now: number): Dispatch => engine.dispatch(attemptOf(), now as Milliseconds);
    for (let turn = 0; turn < 2; turn++) engine.learn(attempted(told(0)), milliseconds(0));
    refusal(engine, 500);
    const slots = [{ module: 'aimd', number: 1 }];
    expect(engine.dispatch(attemptOf({ slots }), milliseconds(600))).toMatchObject({ until: 1_500 });
  });

  test('lets nobody go sooner where the clock steps back behind a cut', () => {
    const engine = governor();
    refusal(engine, hours(5));
    for (let turn = 0; turn < 50; turn++) {
      engine.learn(attempted(engine.dispatch(attemptOf(), hours(5))), hours(5));
    }
    expect(engine.dispatch(attemptOf(), hours(1)).kind).toBe('wait');
  });

  test('refuses steps so small that they would never arrive', () => {
    const wrong = { most: 1_000, least: 1, keep: 0.5, calmAfter: minutes(5), every: minutes(1) };
    expect(() => aimd({ ...wrong, increase: 0.5 })).toThrow(/aimd: increase is 0.5/);
    expect(() => aimd({ ...wrong, increase: 10, least: 2_000 })).toThrow(/least is 2000/);
    expect(() => aimd({ ...wrong, increase: 10, keep: 1 })).toThrow(/keep is 1/);
  });
});

describe('ramp-up', () => {
  const governor = () => engineOf(rampUp({
    most: 1_600, least: 10, keep: 0.5, calmAfter: minutes(5), hold: minutes(60), ramp: minutes(80),
  }));

  test('stays at the cut rate for its time and climbs back in eight even steps', () => {
    const engine = governor();
    refusal(engine, 0);
    const rates = [0, 60, 69, 70, 80, 110, 139, 140, 500]
      .map((now) => (nudge(engine, minutes(now)), rateOf(engine, 'ramp-up')));
    expect(rates).toEqual([800, 800, 800, 900, 1_000, 1_300, 1_500, 1_600, 1_600]);
  });

  test('cuts what the rate has come to where it is refused on the way, and begins anew', () => {
    const engine = governor();
    refusal(engine, 0);
    refusal(engine, minutes(80));
    expect(rateOf(engine, 'ramp-up')).toBe(500);
    nudge(engine, minutes(80 + 60 + 79));
    expect(rateOf(engine, 'ramp-up')).toBeLessThan(1_600);
    nudge(engine, minutes(80 + 60 + 80));
    expect(rateOf(engine, 'ramp-up')).toBe(1_600);
  });
});

describe('an address that a receiver blocks', () => {
  const block = (engine: PolicyEngine, address: string, now: number): void =>
    engine.learn(outcome('bounced', { class: 'dnsblBlock', address }), now as Milliseconds);

  test('is avoided there for six hours from the last block, and nowhere else', () => {
    const engine = engineOf(addressRest());
    block(engine, '192.0.2.10', 0);
    block(engine, '192.0.2.11', hours(1));
    expect(engine.dispatch(attemptOf(), hours(2)))
      .toMatchObject({ kind: 'avoid', addresses: ['192.0.2.10', '192.0.2.11'] });
    expect(engine.dispatch(attemptOf(), hours(6))).toMatchObject({ addresses: ['192.0.2.11'] });
    expect(engine.dispatch(attemptOf({ receiver: 1 }), hours(2))).toEqual({ kind: 'go' });
    expect(engine.dispatch(attemptOf(), hours(7))).toEqual({ kind: 'go' });
  });

  test('is not one of which the host cannot say which it was, nor one whose user is unknown', () => {
    const engine = engineOf(addressRest());
    block(engine, '', 0);
    engine.learn(outcome('bounced', { class: 'unknownUser' }), milliseconds(0));
    expect(engine.dispatch(attemptOf(), milliseconds(1))).toEqual({ kind: 'go' });
  });
});
