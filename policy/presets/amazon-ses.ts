// Amazon SES: no limit on content or people, only on what becomes of the mail. At one share an account is
// reviewed, at a higher one its sending is paused.

import { alert, suspend } from '../actions.ts';
import { policy } from '../module.ts';
import { complaintRatio } from '../modules/complaint-ratio.ts';
import { outcomeRatio } from '../modules/outcome-ratio.ts';
import { days } from '../units.ts';
import type { Preset } from './preset.ts';

export const amazonSes: Preset = {
  product: 'Amazon SES, reputation thresholds',
  source: 'its documents: bounces 5 % review, 10 % pause; complaints 0.1 % review, 0.5 % pause; hard '
    + 'bounces only, and only receivers with a feedback loop count. The volume they are taken over is not '
    + 'published: 1,000 outcomes and 7 days are ours',
  read: '2026-11-20',
  leavesOut: 'the sending quota and its growth; a review here is a case for the desk; those reviewed before '
    + 'are paused sooner there',
  policy: policy('amazon-ses', {
    bounceReview: {
      default: 0.05, min: 0.0001, max: 1, unit: 'share',
      help: 'hard bounces at which it looks',
    },
    bouncePause: {
      default: 0.1, min: 0.0001, max: 1, unit: 'share',
      help: 'hard bounces at which it pauses',
    },
    complaintReview: {
      default: 0.001, min: 0.00001, max: 1, unit: 'share',
      help: 'complaints at which it looks',
    },
    complaintPause: {
      default: 0.005, min: 0.00001, max: 1, unit: 'share',
      help: 'complaints at which it pauses',
    },
    volume: {
      default: 1_000, min: 1, max: 1_000_000, unit: 'copies', whole: true,
      help: 'copies below which no share is looked at (theirs is not published)',
    },
    window: {
      default: days(7), min: days(1), max: days(31), unit: 'span',
      help: 'time the shares are taken over',
    },
  }, (p) => [
    outcomeRatio({
      name: 'bounce-review', key: 'tenant', of: 'unknown users', ratio: p.bounceReview, volume: p.volume,
      window: p.window, action: alert,
    }),
    outcomeRatio({
      name: 'bounce-pause', key: 'tenant', of: 'unknown users', ratio: p.bouncePause, volume: p.volume,
      window: p.window, action: suspend('tenant'),
    }),
    complaintRatio({
      name: 'complaint-review', ratio: p.complaintReview, minimum: 1, volume: p.volume, window: p.window,
      action: alert,
    }),
    complaintRatio({
      name: 'complaint-pause', ratio: p.complaintPause, minimum: 1, volume: p.volume, window: p.window,
    }),
  ]),
};
