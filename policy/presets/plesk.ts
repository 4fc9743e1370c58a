// Plesk, a hosting panel: hourly limits of mailbox and subscription, the stricter of which holds.

import { reject } from '../actions.ts';
import { policy } from '../module.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const plesk: Preset = {
  product: 'Plesk, outgoing mail control',
  source: 'a host\'s page: 100 messages an hour and domain; mailbox <= domain <= subscription (excerpt)',
  read: '2026-11-20',
  leavesOut: 'the hourly notice to the administrator; scripts are counted apart there, with the rest here',
  policy: policy('plesk', {
    mailboxPerHour: {
      default: 100, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages an account may send within an hour',
    },
    domainPerHour: {
      default: 100, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages all accounts of a tenant may send within an hour',
    },
  }, (p) => [
    volume({
      name: 'mailbox-hour', of: 'messages', limit: p.mailboxPerHour, window: hours(1), action: reject,
    }),
    volume({
      name: 'domain-hour', key: 'tenant', of: 'messages', limit: p.domainPerHour, window: hours(1),
      action: reject,
    }),
  ]),
};
