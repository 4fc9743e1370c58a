// Haraka's limit plugin, unmodified and in our own process, counts in the time of the run.

import { describe, expect, test } from 'vitest';
import { type AddressKey, hours, milliseconds } from '../../../policy/index.ts';
import { harakaLimit } from '../../../testbed/hosts/haraka-limit.ts';
import {
  smallWorld, submission, verdictsAt, windowHeld, windowStuck, windowTimes, withHost,
} from './asking.ts';
import { canRun } from './programs.ts';

const isHere = canRun('haraka-limit', harakaLimit);
const start = () => harakaLimit.start({ limit: 10, window: hours(1) }, smallWorld());

describe.skipIf(!isHere)("Haraka's limit plugin", () => {
  test('counts in the time of the run', async () => {
    expect(await withHost(start(), (host) => verdictsAt(host, windowTimes))).toEqual(windowHeld);
  });

  test('does not where the time stands: the proof can fail', async () => {
    const still = windowTimes.map(() => 0);
    expect(await withHost(start(), (host) => verdictsAt(host, still))).toEqual(windowStuck);
  });

  test('counts every recipient, and says why it refuses the eleventh', async () => {
    await withHost(start(), async (host) => {
      const recipients = Array.from({ length: 11 }, (_, key) => key as AddressKey);
      expect(await host.judge(submission(1, { recipients }), milliseconds(0))).toEqual({
        kind: 'defer',
        reason: { module: 'haraka-limit', rule: 'denysoft: rcpt rate limit exceeded', seen: 1, limit: 0 },
      });
    });
  });
});
