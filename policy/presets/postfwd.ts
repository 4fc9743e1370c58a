// postfwd, a policy daemon with rules of one's own; these have the shape of its manual's examples: warn
// first, then refuse.

import { alert } from '../actions.ts';
import { policy } from '../module.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const postfwd: Preset = {
  product: 'postfwd 1.35, as in the examples of its manual',
  source: 'postfwd(8): rate(sasl_username/N/3600/...), rcpt(...); the numbers are the operator\'s, here ours',
  read: '2026-11-20',
  leavesOut: 'scores, lists of registers and all else that a rule of one\'s own may ask for',
  policy: policy('postfwd', {
    messagesPerHour: {
      default: 100, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages of an account within an hour beyond which postmaster is warned',
    },
    recipientsPerHour: {
      default: 300, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within an hour',
    },
  }, (p) => [
    volume({
      name: 'rate-sasl-username', of: 'messages', limit: p.messagesPerHour, window: hours(1), action: alert,
      byTheClock: true, ignoresContract: true,
    }),
    volume({
      name: 'rcpt-sasl-username', of: 'recipients', limit: p.recipientsPerHour, window: hours(1),
      byTheClock: true, ignoresContract: true,
    }),
  ]),
};
