// Haraka's limit plugin with the rate of its own example; it ships switched off.

import { policy } from '../module.ts';
import { volume } from '../modules/volume.ts';
import { minutes } from '../units.ts';
import type { Preset } from './preset.ts';

export const harakaLimit: Preset = {
  product: 'Haraka 3, plugin limit',
  source: 'its limit.ini: rate_rcpt_sender, 50 recipients in 5 minutes; DENYSOFT',
  read: '2026-11-20',
  leavesOut: 'limits by host (a router of many is one host), on connections and errors, and the tarpit of 3 '
    + 's; a window begins with the first message there, by the clock here',
  policy: policy('haraka-limit', {
    recipientsPerFiveMinutes: {
      default: 50, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within 5 minutes',
    },
  }, (p) => [
    volume({
      name: 'rate-rcpt-sender', of: 'recipients', limit: p.recipientsPerFiveMinutes, window: minutes(5),
      byTheClock: true, ignoresContract: true,
    }),
  ]),
};
