// The proof that a daemon's windows go by our clock: ten pass, the eleventh is refused, and the hour's end
// frees the account; and its control, without a clock, where the hour never ends.

import { describe, expect, test } from 'vitest';
import { hours, minutes } from '../../../policy/index.ts';
import { faketimeLibrary } from '../../../testbed/clock/faketime-clock.ts';
import type { ClockKind } from '../../../testbed/hosts/daemon-clock.ts';
import type { RunningHost } from '../../../testbed/hosts/host.ts';
import { policydRateLimit, startPolicydRateLimit } from '../../../testbed/hosts/policyd-rate-limit.ts';
import { postfwd, startPostfwd } from '../../../testbed/hosts/postfwd.ts';
import { postgrey, startPostgrey } from '../../../testbed/hosts/postgrey.ts';
import { second, smallWorld, verdictsAt, windowHeld, windowStuck, windowTimes, withHost } from './asking.ts';
import { canRun } from './programs.ts';

const daemons = {
  postfwd: {
    profile: postfwd, times: windowTimes, held: windowHeld, stuck: windowStuck,
    start: (kind) => startPostfwd({ limit: 10, warnAt: 1_000, window: hours(1) }, smallWorld(), kind),
  },
  'policyd-rate-limit': {
    profile: policydRateLimit, times: windowTimes, held: windowHeld, stuck: windowStuck,
    start: (kind) =>
      startPolicydRateLimit({ limit: 10, dayLimit: 1_000, window: hours(1) }, smallWorld(), kind),
  },
  postgrey: {
    profile: postgrey, times: [0, 299 * second, 301 * second],
    held: ['defer', 'defer', 'pass'], stuck: ['defer', 'defer', 'defer'],
    start: (kind) => startPostgrey({ delay: minutes(5), autoWhitelist: 0 }, smallWorld(), kind),
  },
} satisfies Record<string, {
  readonly start: (kind: ClockKind) => Promise<RunningHost>;
} & Record<string, unknown>>;

describe.each(Object.entries(daemons))('%s', (name, { profile, times, held, stuck, start }) => {
  const isHere = canRun(name, profile);
  const same = { recipients: [5 as never] };

  test.skipIf(!isHere)('counts in the time of the run, under our own clock', async () => {
    expect(await withHost(start('shm'), (host) => verdictsAt(host, times, same))).toEqual(held);
  });

  test.skipIf(!isHere || faketimeLibrary() === undefined)('counts in it under libfaketime', async () => {
    expect(await withHost(start('faketime'), (host) => verdictsAt(host, times, same))).toEqual(held);
  });

  test.skipIf(!isHere)('does not without a clock: the proof can fail', async () => {
    expect(await withHost(start('real'), (host) => verdictsAt(host, times, same))).toEqual(stuck);
  });
});
