// The clock of software in our own process, such as a limiter from npm: Date, and timers where it needs them,
// are faked while it is open.

import { type Clock as FakeClock, type FakeMethod, install } from '@sinonjs/fake-timers';
import type { ClockBackend } from './clock.ts';

/**
 * `date`: only Date is faked, and real sockets go on working. `all`: timers as well; they fire, in their
 * order, when the clock moves past them, and whoever waits for a real timer meanwhile waits for good.
 */
export type Faked = 'date' | 'all';

const timers: FakeMethod[] = [
  'Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'hrtime',
];

/** Fakes the time of this thread until it is closed. Throws a TypeError where it is faked already. */
export const processClock = (faked: Faked): ClockBackend => {
  if (isFaked) throw new TypeError('the time of this thread is faked already; close that clock first.');
  const fake: FakeClock = install({ now: 0, toFake: faked === 'date' ? ['Date'] : timers });
  isFaked = true;
  return {
    environment: {},
    put(unixMs) {
      // The way from 1970 to the run is no time that passes: nothing could be due in it.
      if (faked === 'date' || fake.now === 0) fake.setSystemTime(unixMs);
      else fake.tick(unixMs - fake.now);
    },
    close() {
      if (!isFaked) return;
      fake.uninstall();
      isFaked = false;
    },
  };
};

let isFaked = false;
