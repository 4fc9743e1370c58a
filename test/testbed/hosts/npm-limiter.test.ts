// A limiter from npm counts in the time of the run, and gives the time of the process back.

import { describe, expect, test } from 'vitest';
import { hours, milliseconds } from '../../../policy/index.ts';
import { Clock } from '../../../testbed/clock/clock.ts';
import { processClock } from '../../../testbed/clock/process-clock.ts';
import { rateLimiterFlexible } from '../../../testbed/hosts/rate-limiter-flexible.ts';
import {
  smallWorld, submission, verdictsAt, windowHeld, windowStuck, windowTimes, withHost,
} from './asking.ts';

const start = () => rateLimiterFlexible.start({ limit: 10, window: hours(1) }, smallWorld());

describe('rate-limiter-flexible', () => {
  test('counts in the time of the run', async () => {
    expect(await withHost(start(), (host) => verdictsAt(host, windowTimes))).toEqual(windowHeld);
  });

  test('does not where the time stands: the proof can fail', async () => {
    const still = windowTimes.map(() => 0);
    expect(await withHost(start(), (host) => verdictsAt(host, still))).toEqual(windowStuck);
  });

  test('forgets an account that the desk has released', async () => {
    await withHost(start(), async (host) => {
      const eleven = windowTimes.slice(0, 11);
      expect((await verdictsAt(host, eleven)).at(-1)).toBe('defer');
      const { tenant, account } = submission(1);
      host.learn!({ kind: 'released', tenant, account }, milliseconds(0));
      expect(await verdictsAt(host, [0])).toEqual(['pass']);
    });
  });

  test('gives the time back when the run is over', async () => {
    const before = Date.now();
    await withHost(start(), async () => expect(Date.now()).toBeGreaterThan(before + hours(24)));
    expect(Date.now()).toBeLessThan(before + hours(24));
  });
});

describe('the clock of our own process', () => {
  test('fires timers as it passes them, in their order, where those are faked', () => {
    const clock = new Clock(processClock('all'), Date.UTC(2030, 0, 1));
    const fired: string[] = [];
    try {
      setTimeout(() => fired.push(`two ${Date.now() - clock.epoch}`), 2_000);
      setTimeout(() => fired.push(`one ${Date.now() - clock.epoch}`), 1_000);
      clock.set(1_500);
      expect(fired).toEqual(['one 1000']);
      clock.set(9_000);
      expect(fired).toEqual(['one 1000', 'two 2000']);
    } finally {
      clock.close();
    }
  });

  test('is one at a time', () => {
    const clock = processClock('date');
    expect(() => processClock('date')).toThrow('faked already');
    clock.close();
  });
});
