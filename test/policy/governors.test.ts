// Rates that fall when a receiver asks for it and rise again: by fixed amounts, or on a timed way back.

import { describe, expect, test } from 'vitest';
import {
  aimd, type Dispatch, hours, type Milliseconds, milliseconds, minutes, type PolicyEngine, rampUp, type Slot,
} from '../../policy/index.ts';
import { attempted, attemptOf } from '../../laws/build.ts';
import { allAt, engineOf, refusal, send } from './small-host.ts';

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

  test('stops at the most where the last step would pass it', () => {
    const engine = engineOf(aimd({
      most: 1_000, least: 10, keep: 0.5, calmAfter: minutes(5), increase: 300, every: minutes(30),
    }));
    refusal(engine, 0);
    nudge(engine, hours(9));
    expect(rateOf(engine, 'aimd')).toBe(1_000);
  });

  test('has those who wait go sooner as the rate rises, never more than it allows', () => {
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
    const again = engine.dispatch(attemptOf({ slots: [slot] }), milliseconds(1_000));
    expect(again).toMatchObject({ kind: 'wait', slot });
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
