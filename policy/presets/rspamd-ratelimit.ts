// Rspamd's ratelimit module with the bucket of its documentation's example; it ships switched off.

import { policy } from '../module.ts';
import { tokenBucket } from '../modules/token-bucket.ts';
import { zero } from '../units.ts';
import type { Preset } from './preset.ts';

export const rspamdRatelimit: Preset = {
  product: 'Rspamd 3, ratelimit',
  source: 'the documentation\'s example of a user bucket: burst 100, rate 1 a minute; soft reject (4xx)',
  read: '2026-11-20',
  leavesOut: 'the dynamic part, by which each good message widens the bucket by 2 % (to ten times) and each '
    + 'bad one narrows it; off here, as in a static configuration',
  policy: policy('rspamd-ratelimit', {
    burst: {
      default: 100, min: 1, max: 1_000_000, unit: 'messages', help: 'messages a full bucket takes at once',
    },
    perMinute: {
      default: 1, min: 0.001, max: 10_000, unit: 'messages/min', help: 'messages that leak out of the bucket',
    },
  }, (p) => [
    tokenBucket({ name: 'user-bucket', rate: p.perMinute * 60, burst: p.burst, longestWait: zero }),
  ]),
};
