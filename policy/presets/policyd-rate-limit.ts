// policyd-rate-limit, a policy daemon of Debian's: two windows an authenticated user, counted in recipients.

import { policy } from '../module.ts';
import { volume } from '../modules/volume.ts';
import { hours, minutes } from '../units.ts';
import type { Preset } from './preset.ts';

export const policydRateLimit: Preset = {
  product: 'policyd-rate-limit 1.0.1.1',
  source: 'its default configuration: limits 10 in 60 s and 150 in 86,400 s; answers defer_if_permit',
  read: '2026-11-20',
  leavesOut: 'where its database is down it lets all mail pass',
  policy: policy('policyd-rate-limit', {
    perMinute: {
      default: 10, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within 60 seconds',
    },
    perDay: {
      default: 150, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within 24 hours',
    },
  }, (p) => [
    volume({ name: 'recipients-minute', of: 'recipients', limit: p.perMinute, window: minutes(1) }),
    volume({ name: 'recipients-day', of: 'recipients', limit: p.perDay, window: hours(24) }),
  ]),
};
