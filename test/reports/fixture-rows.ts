// How the fixture's receivers answered in one seed, and which rules spoke.

import type { ReceiverRow, RuleRow } from '../../sim/index.ts';

export const makeReceivers = (escaped: number, bounced: number): ReceiverRow[] => [
  {
    receiver: 'gmail',
    reply: '250 2.0.0 OK',
    class: 'accepted',
    wanted: 9_200,
    abusive: Math.round(escaped * 0.6),
  },
  {
    receiver: 'gmail',
    reply: '550 5.1.1 The email account that you tried to reach does not exist',
    class: 'unknownUser',
    wanted: 22,
    abusive: 60,
  },
  {
    receiver: 'gmail',
    reply: '421 4.7.28 Our system has detected an unusual rate of unsolicited mail',
    class: 'rateLimit',
    wanted: 41,
    abusive: 12,
  },
  {
    receiver: 'cpanel-spamcop',
    reply: '250 OK id=1',
    class: 'accepted',
    wanted: 7_300,
    abusive: Math.round(escaped * 0.4),
  },
  {
    receiver: 'cpanel-spamcop',
    reply: '550 Message rejected because 192.0.2.10 is blacklisted at west',
    class: 'dnsblBlock',
    wanted: bounced,
    abusive: 8,
  },
];

export const makeRules = (never: boolean): RuleRow[] => [
  {
    rule: 'hard-bounce-ratio hard bounces/24h',
    verdict: 'suspend',
    abusive: never ? 0 : 1,
    culpritWanted: 0,
    innocent: 1,
    innocentTenants: 1,
  },
  {
    rule: 'recipient-window recipients/24h',
    verdict: 'defer',
    abusive: 700,
    culpritWanted: 2,
    innocent: 17,
    innocentTenants: 1,
  },
  {
    rule: 'first-time-recipients first-time/1h',
    verdict: 'pace',
    abusive: 2_100,
    culpritWanted: 4,
    innocent: 9,
    innocentTenants: 1,
  },
];
