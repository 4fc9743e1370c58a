// mox, a mail server for the self-hosting: two limits an account, on by default.

import { policy } from '../module.ts';
import { firstTimeRecipients } from '../modules/first-time-recipients.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const mox: Preset = {
  product: 'mox',
  source: 'its configuration reference: MaxOutgoingMessagesPerDay 1000, MaxFirstTimeRecipientsPerDay 200',
  read: '2026-11-20',
  leavesOut: 'it looks through all it ever sent for who is new; ours remembers 2,048 people',
  policy: policy('mox', {
    messagesPerDay: {
      default: 1_000, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages an account may send within 24 hours',
    },
    firstTimePerDay: {
      default: 200, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to for the first time within 24 hours',
    },
  }, (p) => [
    volume({ name: 'messages-day', of: 'messages', limit: p.messagesPerDay, window: hours(24) }),
    firstTimeRecipients({ limit: p.firstTimePerDay, window: hours(24) }),
  ]),
};
