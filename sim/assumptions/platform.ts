// Assumed constants of sim/world/platform and sim/world/desk.

import { all, always, hasDesk, hasDeskAndRegisters, hasIncident, type When } from './cast.ts';
import { constantsIn } from './constant.ts';

const seesOwnTraps: When = ({ plan }) => plan.signals.ownTraps > 0;

export const platformConstants = [
  ...constantsIn('platform/outbound.ts',
    ['leastExchangeMs', '200', 1, always, 'least milliseconds of an SMTP exchange'],
    ['meanExchangeMs', '700', 2, always, 'mean milliseconds of an exchange beyond the least']),
  ...constantsIn('platform/lane.ts',
    ['openingMs', '400', 1, always, 'milliseconds to open a connection', 'round trips of 60 ms']),
  ...constantsIn('platform/delays.ts',
    ['delayThrough', 'sigma: middleMs > 0 ? Math.log(highMs / middleMs) / high : 0', 2, always,
      'shape of all delays of signals: lognormal through two points',
      'the presets give two points and no shape']),
  ...constantsIn('platform/signals.ts',
    ['journeys', '0.003', 3, always, 'share of accounts a day that log in from a new place on a journey',
      'about once a year each; why such a login proves nothing'],
    ['ownTrapDelay', 'delayThrough(60_000, 300_000, 1_800_000)', 2, seesOwnTraps,
      'milliseconds until our own traps are read: least, median, 95 %']),
  ...constantsIn('platform/submission.ts',
    ['clientRetry', 'minutes(15)', 2, always, 'wait of a client that is deferred',
      'mail programs and small relays try again within 5 to 30 minutes']),
];

export const deskConstants = [
  ...constantsIn('desk/evidence.ts',
    ['leastSuspicion', '10', 4, hasDesk, 'sum of evidence below which the desk accuses nobody',
      'ten hard bounces too many, or two complaints'],
    ['weights', '{ complaint: 5, report: 5, trap: 4, scan: 0.5, login: 3 }', 4, hasDesk,
      'what a piece of evidence weighs against a hard bounce', 'attribution rests on it'],
    ['settled', '7', 2, hasDesk, 'days until the usual volume of a customer is known'],
    ['remembered', '3 * dayMs', 2, hasDesk, 'time for which a shut account is the first one suspected']),
  ...constantsIn('desk/notes.ts',
    ['trapsToLook', '3', 2, all(hasDesk, seesOwnTraps),
      'hits of our own traps in two days that make a person look']),
  ...constantsIn('desk/refusals.ts',
    ['loudEnough', '12', 3, hasDesk, 'deferrals for the address that make a person look'],
    ['bounceCounts', '4', 2, hasDesk, 'deferrals that a bounce counts for'],
    ['takenEnough', '5', 2, hasDesk,
      'messages taken in a row that say that a receiver takes the address again']),
  ...constantsIn('desk/desk.ts',
    ['secondLook', 'hours(4)', 3, hasDeskAndRegisters,
      'wait before a listing without a cause found is appealed']),
  ...constantsIn('desk/accounts.ts',
    ['medianRecoveryMs', '13 * 3_600_000', 2, hasIncident(['compromised', 'infected']),
      'median milliseconds until an owner has his account back', 'Bursztein et al. 2014'],
    ['recoverySigma', '0.8', 1, hasIncident(['compromised', 'infected']), 'spread (log) of that time']),
  ...constantsIn('desk/caseload.ts',
    ['readingMs', '2 * 60_000', 2, hasDesk, 'work on one held message'],
    ['answeringMs', '10 * 60_000', 2, hasDesk, 'work on a ticket or a report']),
  ...constantsIn('desk/tickets.ts',
    ['writesIn', '0.1', 2, hasDesk, 'share of bounced messages whose writer asks the support'],
    ['writesAllTheSame', '0.25', 1, hasDesk,
      'share of those who write although a notice tells how it stands'],
    ['newsMs', '3 * 86_400_000', 1, hasDesk, 'time for which a notice counts']),
];
