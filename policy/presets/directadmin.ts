// DirectAdmin with BlockCracking, and the rule it comes from: who writes to too many people that do not exist
// has his mail kept until somebody has looked.

import { hold, reject, suspend } from '../actions.ts';
import { policy } from '../module.ts';
import { evidence } from '../modules/evidence.ts';
import { volume } from '../modules/volume.ts';
import { days, hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const directadmin: Preset = {
  product: 'DirectAdmin with BlockCracking',
  source: 'a host\'s page: 10,000 messages a day and user, 1,000 an address, over 25 bounces a day (excerpt)',
  read: '2026-11-20',
  leavesOut: 'scripts and logins are counted apart there; it shuts until the password is changed, here '
    + 'until the desk has looked',
  policy: policy('directadmin', {
    userPerDay: {
      default: 10_000, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages all accounts of a tenant may send in a day by the clock',
    },
    addressPerDay: {
      default: 1_000, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages an account may send in a day by the clock',
    },
    nonexistentPerDay: {
      default: 26, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients that do not exist, within 24 hours, at which an account is shut',
    },
  }, (p) => [
    volume({
      name: 'user-day', key: 'tenant', of: 'messages', limit: p.userPerDay, window: days(1), byTheClock: true,
      action: reject,
    }),
    volume({
      name: 'address-day', of: 'messages', limit: p.addressPerDay, window: days(1), byTheClock: true,
      action: reject,
    }),
    evidence({
      name: 'block-cracking', weights: { 'unknown users': 1 }, limit: p.nonexistentPerDay, window: hours(24),
      action: suspend('account'),
    }),
  ]),
};

export const blockCracking: Preset = {
  product: 'Exim BlockCracking, as first published',
  source: 'exim-users, 2011-04-11: 100 nonexistent recipients in an hour by one authenticated user (excerpt)',
  read: '2026-11-20',
  leavesOut: 'it counts recipients that do not exist as Exim verifies them by callout, before it takes the '
    + 'message; here they are known when they bounce',
  policy: policy('blockcracking', {
    nonexistentPerHour: {
      default: 100, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients that do not exist, within an hour, at which an account\'s mail is frozen',
    },
  }, (p) => [
    evidence({
      name: 'block-cracking', weights: { 'unknown users': 1 }, limit: p.nonexistentPerHour, window: hours(1),
      action: hold,
    }),
  ]),
};
