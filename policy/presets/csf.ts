// ConfigServer Firewall (csf/lfd), on many shared hosts: it counts, and writes to the administrator. By
// default it blocks nothing.

import { alert } from '../actions.ts';
import { policy } from '../module.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const csf: Preset = {
  product: 'ConfigServer Security & Firewall (csf/lfd)',
  source: 'csf.conf: RT_AUTHRELAY_LIMIT 100 an hour, RT_AUTHRELAY_BLOCK 0 (alert only), LF_DISTSMTP 0 (off)',
  read: '2026-11-20',
  leavesOut: 'the alert on a long queue (LF_QUEUE_ALERT 2000), which names no account; scripts\' own limit',
  policy: policy('csf', {
    messagesPerHour: {
      default: 100, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages of an account within an hour beyond which the administrator is told',
    },
  }, (p) => [
    volume({
      name: 'rt-authrelay', of: 'messages', limit: p.messagesPerHour, window: hours(1), byTheClock: true,
      action: alert, ignoresContract: true,
    }),
  ]),
};
