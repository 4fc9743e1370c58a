// Postal, a mail server for those who send: a limit an hour for each server (here a tenant), told of at nine
// tenths and kept beyond; and a stop for whose mail its own scan takes for spam.

import { alert, hold } from '../actions.ts';
import { policy } from '../module.ts';
import { evidence } from '../modules/evidence.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const postal: Preset = {
  product: 'Postal',
  source: 'its sources: send_limit over 60 minutes, a warning at 90 %, beyond it Hold. It ships without a '
    + 'limit: 500 an hour is ours',
  read: '2026-11-20',
  leavesOut: 'its spam threshold fails single messages; here whoever had five in an hour has the rest kept',
  policy: policy('postal', {
    sendLimit: {
      default: 500, min: 2, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages all accounts of a tenant may send within an hour; more are kept for a person',
    },
    spamPerHour: {
      default: 5, min: 1, max: 1_000_000, unit: 'spam verdicts', whole: true,
      help: 'spam verdicts of an account within an hour from which its mail is kept',
    },
  }, (p) => [
    volume({
      name: 'send-limit-approaching', key: 'tenant', of: 'messages', limit: Math.floor(p.sendLimit * 0.9),
      window: hours(1), action: alert,
    }),
    volume({
      name: 'send-limit', key: 'tenant', of: 'messages', limit: p.sendLimit, window: hours(1), action: hold,
    }),
    evidence({
      name: 'outbound-spam', weights: { 'spam verdicts': 1 }, limit: p.spamPerHour, window: hours(1),
      action: hold,
    }),
  ]),
};
