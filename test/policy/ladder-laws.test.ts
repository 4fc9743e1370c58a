// The rules of the action ladder keep the laws that every module keeps.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressRest, aimd, alert, forBulk, forNewTenants, hardBounceRatio, holdsQueue, hours, hysteresis,
  milliseconds, minutes, onTrial, rampUp, recipientWindow, shaping, strikes, suspend, tokenBucket,
  whileRaised,
} from '../../policy/index.ts';
import { attemptOf } from '../../laws/build.ts';
import { anHourAndMore, assertModuleLaws } from '../../laws/module-laws.ts';
import { engineOf, play, stepsOf } from '../../laws/traffic.ts';

const bounces = (ratio: number) => hardBounceRatio({ minimum: 2, ratio, window: hours(1) });
const governed = { most: 60, least: 6, keep: 0.5, calmAfter: minutes(5), on: ['dnsblBlock'] } as const;
const anHour = { recoversAfter: anHourAndMore, bound: 400 };

describe('laws', () => {
  test('strikes keep the laws', () => {
    const of = ['another one'];
    const base = { of, count: 2, window: hours(1), apart: milliseconds(0) };
    assertModuleLaws(() => strikes({ ...base, action: suspend('account', minutes(10)) }), anHour);
    assertModuleLaws(() => strikes({ ...base, key: 'tenant', action: alert }), anHour);
  });
  test('shaping, always and for a while, keeps the laws', () => {
    assertModuleLaws(() => shaping({ rate: 60 }), anHour);
    assertModuleLaws(() => shaping({ rate: 60, during: minutes(30), on: ['dnsblBlock'] }), anHour);
    assertModuleLaws(() => shaping({ rate: 6, key: 'tenant+receiver' }), anHour);
  });
  test('the governed rates keep the laws', () => {
    assertModuleLaws(() => aimd({ ...governed, increase: 10, every: minutes(10) }), anHour);
    assertModuleLaws(() => rampUp({ ...governed, hold: minutes(10), ramp: minutes(30) }), anHour);
  });
  test('a clock that steps back lets no attempt go sooner', () => {
    const back = fc.constantFrom(1, 1_000, 60_000, 3_600_000);
    const makers = [
      () => shaping({ rate: 6 }), () => shaping({ rate: 6, during: minutes(30), on: ['dnsblBlock'] }),
      () => aimd({ ...governed, increase: 10, every: minutes(10) }),
      () => rampUp({ ...governed, hold: minutes(10), ramp: minutes(30) }),
    ];
    fc.assert(fc.property(fc.constantFrom(...makers), stepsOf(60), back, (make, steps, step) => {
      const engine = engineOf(make());
      const { now } = play(engine, steps);
      for (const receiver of [0, 1, 2, 3]) {
        if (engine.dispatch(attemptOf({ receiver }), now).kind !== 'wait') continue;
        const before = Math.max(0, now - step) as typeof now;
        expect(engine.dispatch(attemptOf({ receiver }), before).kind).toBe('wait');
      }
    }));
  });
  test('an address that rests keeps the laws', () => {
    assertModuleLaws(() => addressRest({ restFor: minutes(30) }), anHour);
  });
  test('a rule that holds the queue keeps the laws', () => {
    assertModuleLaws(() => holdsQueue(bounces(0.3)), { ...anHour, stricter: () => holdsQueue(bounces(0.2)) });
  });
  test('a rule on trial, and one for some of the mail, keep the laws', () => {
    const strict = () => recipientWindow({ limit: 3, window: hours(1) });
    const loose = () => recipientWindow({ limit: 5, window: hours(1) });
    assertModuleLaws(() => onTrial(loose()), { ...anHour, stricter: () => onTrial(strict()) });
    assertModuleLaws(() => forBulk(loose()), { ...anHour, stricter: () => forBulk(strict()) });
    assertModuleLaws(() => forNewTenants(hours(2), loose()), anHour);
  });
  test('a throttle while a detector is raised keeps the laws', () => {
    const bucket = () => tokenBucket({ rate: 10, burst: 3, longestWait: minutes(20) });
    assertModuleLaws(() => whileRaised(bounces(0.3), bucket()), { recoversAfter: hours(8), bound: 400 });
  });
  test('hysteresis keeps the laws', () => {
    assertModuleLaws(() => hysteresis(bounces(0.5), { ...bounces(0.2), name: 'lower' }), anHour);
  });
});
