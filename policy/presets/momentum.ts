// Momentum's adaptive delivery: hourly sweeps over what became of the mail, a throttle at a low share, a stop
// of four hours at a high one, and only where there is a lot of mail to judge by.

import { paceBy, suspend } from '../actions.ts';
import { policy } from '../module.ts';
import { complaintRatio } from '../modules/complaint-ratio.ts';
import { outcomeRatio } from '../modules/outcome-ratio.ts';
import { days, hours, minutes } from '../units.ts';
import type { Preset } from './preset.ts';

export const momentum: Preset = {
  product: 'Momentum 4, adaptive delivery',
  source: 'its reference: bounces (codes 10 and 24) low 3 % throttle, high 10 % suspend 4 h, at least 2,000 '
    + 'attempts; complaints 0.2 % throttle, 0.5 % suspend 4 h, at least 20,000 delivered; hourly',
  read: '2026-11-20',
  leavesOut: 'it slows a binding and a receiver down by degrees, here a tenant\'s mail leaves half an hour '
    + 'later; it sweeps complaints by the hour, here they are taken over a day as they come; of its two '
    + 'codes of bounces only 10, unknown users, counts here',
  policy: policy('momentum', {
    bounceLow: { default: 0.03, min: 0.0001, max: 1, unit: 'share', help: 'bounces at which mail is slowed' },
    bounceHigh: {
      default: 0.1, min: 0.0001, max: 1, unit: 'share',
      help: 'bounces at which mail is stopped',
    },
    attempts: {
      default: 2_000, min: 1, max: 1_000_000, unit: 'attempts', whole: true,
      help: 'attempts of an hour below which bounces are not looked at',
    },
    complaintLow: { default: 0.002, min: 0.00001, max: 1, unit: 'share', help: 'complaints that slow mail' },
    complaintHigh: { default: 0.005, min: 0.00001, max: 1, unit: 'share', help: 'complaints that stop mail' },
    delivered: {
      default: 20_000, min: 1, max: 1_000_000, unit: 'copies', whole: true,
      help: 'copies delivered below which complaints are not looked at',
    },
    stop: { default: hours(4), min: minutes(1), max: days(2), unit: 'span', help: 'how long a stop lasts' },
  }, (p) => [
    outcomeRatio({
      name: 'bounces-low', key: 'tenant', of: 'unknown users', against: 'attempts', ratio: p.bounceLow,
      volume: p.attempts, window: hours(1), sweeps: true, action: paceBy(minutes(30)),
    }),
    outcomeRatio({
      name: 'bounces-high', key: 'tenant', of: 'unknown users', against: 'attempts', ratio: p.bounceHigh,
      volume: p.attempts, window: hours(1), sweeps: true, action: suspend('tenant', p.stop),
    }),
    complaintRatio({
      name: 'complaints-low', ratio: p.complaintLow, minimum: 1, volume: p.delivered, window: hours(24),
      action: paceBy(minutes(30)),
    }),
    complaintRatio({
      name: 'complaints-high', ratio: p.complaintHigh, minimum: 1, volume: p.delivered, window: hours(24),
      action: suspend('tenant', p.stop),
    }),
  ]),
};
