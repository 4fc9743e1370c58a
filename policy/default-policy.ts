// What we would deploy in front of offices, shops and newsletters that share an address. Each number says
// whence it comes; "the Enron trace" is scenarios/traces/enron.csv, 152 people who really sent that mail over
// 3.6 years.

import { policy } from './module.ts';
import { complaintRatio } from './modules/complaint-ratio.ts';
import { firstTimeRecipients } from './modules/first-time-recipients.ts';
import { hardBounceRatio } from './modules/hard-bounce-ratio.ts';
import { recipientWindow } from './modules/recipient-window.ts';
import { registerWatch } from './modules/register-watch.ts';
import { tokenBucket } from './modules/token-bucket.ts';
import { days, hours, minutes } from './units.ts';

export const defaultPolicy = policy('default', [
  tokenBucket({
    // CSF alerts at 100 messages an hour (RT_AUTHRELAY_LIMIT) and Plesk refuses at 100 an hour and domain.
    rate: 100,
    // Over three times the busiest hour of anyone in the Enron trace (17 messages), so people wait for
    // nothing.
    burst: 60,
    // Long enough for a mail merge of 110 to go out unattended; short enough that no message surprises by its
    // age.
    longestWait: minutes(30),
  }),
  recipientWindow({
    name: 'recipients-hour',
    // policyd-rate-limit's 150 (of a day, there); 2.6 times the busiest hour in the Enron trace (57
    // recipients).
    limit: 150,
    window: hours(1),
  }),
  recipientWindow({
    name: 'recipients-day',
    // UwUMail and Microsoft's recommended policy take 500 for an hour; 3 times the busiest day in the Enron
    // trace (169).
    limit: 500,
    window: hours(24),
  }),
  firstTimeRecipients({
    // mox's default. The most that anyone in the Enron trace met in a day is 54.
    limit: 200,
    window: hours(24),
  }),
  hardBounceRatio({
    // Amazon SES pauses at 10 % hard bounces; honest lists have 0.09 % to 1.3 % (presets/calibration.json).
    ratio: 0.1,
    // A DirectAdmin host's 25 bounces a day. BlockCracking's 100 an hour would let 400 more through of a bad
    // list.
    minimum: 25,
    window: hours(24),
  }),
  complaintRatio({
    // Gmail: "never 0.30 % or more"; Amazon SES pauses at 0.5 %, Momentum suspends at 0.5 %.
    ratio: 0.003,
    // Ours: a list whose true ratio is 0.1 % has 10 complaints in 3,333 copies by luck twice in 1,000 times
    // (Poisson).
    minimum: 10,
    // coss.com's seven rolling days; 95 % of complaints come within 3 days (presets/signals.json,
    // arf-complaint).
    window: days(7),
  }),
  registerWatch({
    // ZoneMTA keeps a listed address from the refusing receiver for 6 hours.
    avoidFor: hours(6),
    // A platform without such a pool sends on from its own: hosts pass over a pool they do not have.
    alternative: 'alternative',
    // Ours: four desk polls; most short listings (SpamCop, on two reports) last at most 12 hours.
    bulkWaits: hours(1),
  }),
]);
