// Spans are whole milliseconds or an error; a policy's modules have one name each.

import { expect, test } from 'vitest';
import {
  acceptEverything, days, defaultPolicy, hours, later, milliseconds, minutes, never, policy, seconds,
  tokenBucket, zero,
} from '../../policy/index.ts';

test('spans are counted in whole milliseconds', () => {
  expect([seconds(1.5), minutes(1), hours(1), days(1)]).toEqual([1_500, 60_000, 3_600_000, 86_400_000]);
});

test('what is no span is refused by its value', () => {
  for (const wrong of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    expect(() => milliseconds(wrong)).toThrow(RangeError);
    expect(() => milliseconds(wrong)).toThrow(String(wrong));
  }
  expect(() => hours(-1)).toThrow(RangeError);
  for (const span of [seconds, minutes, hours, days]) expect(() => span(-1e-9)).toThrow(RangeError);
  expect([milliseconds(-0), seconds(-0), seconds(0.0001)]).toEqual([0, 0, 0]);
});

test('later stays at never', () => {
  expect(later(hours(1), minutes(1))).toBe(3_660_000);
  expect(later(never, minutes(1))).toBe(never);
  expect(later(zero, never)).toBe(never);
});

test('two modules of one name are refused', () => {
  const bucket = tokenBucket({ rate: 1, burst: 1, longestWait: zero });
  expect(() => policy('twice', [bucket, bucket])).toThrow(/twice: two modules are called "token-bucket"/);
});

test('the policies we ship have their names', () => {
  expect([acceptEverything.name, acceptEverything.modules.length]).toEqual(['accept-everything', 0]);
  expect(defaultPolicy.name).toBe('default');
  expect(defaultPolicy.modules.map((module) => module.name)).toEqual([
    'token-bucket', 'recipients-hour', 'recipients-day', 'first-time-recipients', 'hard-bounce-ratio',
    'complaint-ratio', 'register-watch',
  ]);
});
