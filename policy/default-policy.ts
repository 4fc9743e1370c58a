// What we would deploy in front of offices, shops and newsletters that share an address. Each number says
// whence it comes; "the Enron trace" is scenarios/traces/enron.csv, 152 people who really sent that mail over
// 3.6 years.

import { policy } from './module.ts';
import { holdsQueue } from './modules/combined/index.ts';
import { complaintRatio } from './modules/complaint-ratio.ts';
import { firstTimeRecipients } from './modules/first-time-recipients.ts';
import { hardBounceRatio } from './modules/hard-bounce-ratio.ts';
import { recipientWindow } from './modules/recipient-window.ts';
import { registerWatch } from './modules/register-watch.ts';
import { tokenBucket } from './modules/token-bucket.ts';
import { days, hours, minutes, zero } from './units.ts';

export const defaultPolicy = policy('default', {
  messagesPerHour: {
    // CSF alerts at 100 messages an hour (RT_AUTHRELAY_LIMIT) and Plesk refuses at 100 an hour and domain.
    default: 100, min: 1, max: 100_000, unit: 'messages/h',
    help: 'steady rate of an account; what comes faster waits',
  },
  burst: {
    // Over three times the busiest hour of anyone in the Enron trace (17 messages), so people wait for
    // nothing.
    default: 60, min: 1, max: 100_000, unit: 'messages',
    help: 'messages of an account that go at once before the rate holds',
  },
  longestWait: {
    // Long enough for a mail merge of 110 to go out unattended; short enough that no message surprises by its
    // age.
    default: minutes(30), min: zero, max: days(5), unit: 'span',
    help: 'longest that a message waits for the rate; beyond it the account is told to come back',
  },
  recipientsPerHour: {
    // policyd-rate-limit's 150 (of a day, there); 2.6 times the busiest hour in the Enron trace (57
    // recipients).
    default: 150, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within an hour',
  },
  recipientsPerDay: {
    // UwUMail and Microsoft's recommended policy take 500 for an hour; 3 times the busiest day in the Enron
    // trace (169).
    default: 500, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within 24 hours',
  },
  firstTimePerDay: {
    // mox's default. The most that anyone in the Enron trace met in a day is 54.
    default: 200, min: 1, max: 10_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to for the first time within 24 hours',
  },
  bounceRatio: {
    // Amazon SES pauses at 10 % hard bounces; honest lists have 0.09 % to 1.3 % (presets/calibration.json).
    default: 0.1, min: 0.0001, max: 1, unit: 'share',
    help: 'unknown users among the outcomes of 24 hours at which an account is shut',
  },
  bounceMinimum: {
    // A DirectAdmin host's 25 bounces a day. BlockCracking's 100 an hour would let 400 more through of a bad
    // list.
    default: 25, min: 1, max: 1_000_000, unit: 'unknown users', whole: true,
    help: 'unknown users below which their share is not looked at',
  },
  complaintRatio: {
    // Gmail: "never 0.30 % or more"; Amazon SES pauses at 0.5 %, Momentum suspends at 0.5 %.
    default: 0.003, min: 0.00001, max: 1, unit: 'share',
    help: 'complaints a delivered copy, over 7 days, at which a tenant is shut',
  },
  complaintMinimum: {
    // Ours: a list whose true ratio is 0.1 % has 10 complaints in 3,333 copies by luck twice in 1,000 times
    // (Poisson).
    default: 10, min: 1, max: 1_000_000, unit: 'complaints', whole: true,
    help: 'complaints below which their ratio is not looked at',
  },
  avoidFor: {
    // ZoneMTA keeps a listed address from the refusing receiver for 6 hours.
    default: hours(6), min: minutes(1), max: days(2), unit: 'span',
    help: 'how long a receiver that refused for a block is avoided',
  },
  bulkWaits: {
    // Ours: four desk polls; most short listings (SpamCop, on two reports) last at most 12 hours.
    default: hours(1), min: minutes(1), max: days(1), unit: 'span',
    help: 'how long bulk mail waits at a time while the pool is listed',
  },
}, (p) => [
  tokenBucket({ rate: p.messagesPerHour, burst: p.burst, longestWait: p.longestWait }),
  recipientWindow({ name: 'recipients-hour', limit: p.recipientsPerHour, window: hours(1) }),
  recipientWindow({ name: 'recipients-day', limit: p.recipientsPerDay, window: hours(24) }),
  firstTimeRecipients({ limit: p.firstTimePerDay, window: hours(24) }),
  holdsQueue(hardBounceRatio({ ratio: p.bounceRatio, minimum: p.bounceMinimum, window: hours(24) })),
  // coss.com's seven rolling days; 95 % of complaints come within 3 days (presets/signals.json,
  // arf-complaint).
  holdsQueue(complaintRatio({ ratio: p.complaintRatio, minimum: p.complaintMinimum, window: days(7) })),
  // A platform without such a pool sends on from its own: hosts pass over a pool they do not have.
  registerWatch({ avoidFor: p.avoidFor, alternative: 'alternative', bulkWaits: p.bulkWaits }),
]);
