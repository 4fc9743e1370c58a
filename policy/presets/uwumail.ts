// UwUMail: limits of recipients; three strikes, or too many addresses that do not exist, shut an account for
// an hour.

import { defer, suspend } from '../actions.ts';
import { policy } from '../module.ts';
import { evidence } from '../modules/evidence.ts';
import { volume } from '../modules/volume.ts';
import { days, hours, minutes } from '../units.ts';
import type { Preset } from './preset.ts';
import { settledOnceShut } from './settled.ts';

export const uwumail: Preset = {
  product: 'UwUMail 0.28',
  source: 'its release notes: 500 recipients an hour, 2,000 a day; 3 strikes (spam refusals, a limit hit, '
    + 'complaints) or 25 hard bounces within 60 minutes shut an account for 60 minutes',
  read: '2026-11-22',
  leavesOut: 'mail within the server goes on there; its scan refuses single messages, here a verdict is '
    + 'only a strike; a limit hit is a strike there too, once a window',
  policy: policy('uwumail', {
    perHour: {
      default: 500, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within an hour',
    },
    perDay: {
      default: 2_000, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within 24 hours',
    },
    hardBounces: {
      default: 25, min: 1, max: 1_000_000, unit: 'unknown users', whole: true,
      help: 'unknown users within an hour at which an account is shut',
    },
    strikes: { default: 3, min: 1, max: 32, unit: 'strikes', whole: true, help: 'strikes within an hour' },
    shutFor: {
      default: minutes(60), min: minutes(1), max: days(31), unit: 'span',
      help: 'how long it is shut',
    },
  }, (p) => [
    volume({ name: 'recipients-hour', of: 'recipients', limit: p.perHour, window: hours(1), action: defer }),
    volume({ name: 'recipients-day', of: 'recipients', limit: p.perDay, window: hours(24), action: defer }),
    settledOnceShut(evidence({
      name: 'hard-bounces', weights: { 'unknown users': 1 }, limit: p.hardBounces, window: hours(1),
      action: suspend('account', p.shutFor),
    })),
    settledOnceShut(evidence({
      name: 'spam-and-complaints', weights: { 'spam verdicts': 1, complaints: 1 }, limit: p.strikes,
      window: hours(1), action: suspend('account', p.shutFor),
    })),
  ]),
};
