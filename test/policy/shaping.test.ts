// How fast mail goes to a receiver at a fixed rate, and from which address.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressRest, hours, type Milliseconds, milliseconds, minutes, type PolicyEngine, seconds, shaping,
} from '../../policy/index.ts';
import { attempted, attemptOf, outcome } from '../../laws/build.ts';
import { allAt, engineOf, refusal, send } from './small-host.ts';

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
