// A plan that says everything a plan can say, for tests of how it is shown.

import { type Plan, type PlanInput, readPlan } from '../../sim/index.ts';

const who = (group: string, member: number | 'any' = 'any') => ({ who: { group, member } });

export const fullPlan = (): Plan => readPlan(fullInput(), 'plan');

export const fullInput = (): PlanInput => ({
  title: 'Everything at once',
  question: 'Is every part of a plan told in words?',
  length: '40d',
  warmup: '1d',
  seeds: 3,
  pools: [
    {
      name: 'shared',
      addresses: ['192.0.2.10', '192.0.2.11'],
      cold: ['192.0.2.11'],
      warmup: 'sendgrid-like-17d',
    },
    {
      name: 'alternative',
      addresses: ['198.51.100.10'],
      cold: ['198.51.100.10'],
      dynamic: ['198.51.100.10'],
      nameless: ['198.51.100.10'],
    },
  ],
  registers: [
    { name: 'css', preset: 'spamhaus-css', coverage: '10%' },
    { name: 'xbl', preset: 'spamhaus-xbl' },
    { name: 'sbl', preset: 'spamhaus-sbl' },
    { name: 'pbl', preset: 'spamhaus-pbl' },
    { name: 'zen', preset: 'spamhaus-zen' },
    { name: 'spamcop', preset: 'spamcop-scbl' },
    { name: 'level-2', preset: 'uceprotect-2', rule: { version: 'seen 2010-09 .. 2021-01-20' } },
    { name: 'mailspike', preset: 'mailspike', rule: { minRatio: '30%' } },
    { name: 'talos', preset: 'talos-sbrs' },
    { name: 'noptr', preset: 'spamrats-noptr' },
    { name: 'noip', preset: 'abusix-noip' },
    { name: 'backscatterer', preset: 'backscatterer' },
    { name: 'ivm', preset: 'invaluement-ivmsip' },
  ],
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '50%', caught: '99.9%', wrong: '0.05%' },
    { name: 'postscreen-of-a-very-long-name', preset: 'postscreen-strict', share: '20%', threshold: 4 },
    { name: 'scorer', preset: 'spamassassin-scoring', share: '10%' },
    {
      name: 'site', preset: 'small-postfix', share: '20%', consults: ['css'],
      onListing: 'defer', greylist: '5m',
    },
  ],
  tenants: [
    {
      name: 'offices', count: 20, accounts: 3, pool: 'shared',
      stream: { kind: 'office', perDay: 40, zone: -5 },
    },
    {
      name: 'letters',
      count: 2,
      pool: 'shared',
      allowance: '5000/h',
      stream: {
        kind: 'newsletter', size: 7_000, first: '2h', pace: '2000/h', duplicates: '2%',
        list: { kind: 'stale', unknown: '20%' },
      },
    },
    {
      name: 'shops',
      count: 4,
      pool: 'shared',
      urgent: '80%',
      mix: { gmail: '90%', site: '10%' },
      stream: { kind: 'shop', perDay: 300 },
    },
    { name: 'jobs', count: 5, pool: 'shared', stream: { kind: 'script', every: '30m', messages: 2 } },
    { name: 'people', count: 2, pool: 'shared', stream: { kind: 'trace', file: 'log.csv', speed: 2 } },
    { name: 'newcomers', count: 9, accounts: 2, pool: 'alternative', stream: { kind: 'quiet' } },
  ],
  incidents: [
    { kind: 'neighbour', at: '30d', addresses: ['192.0.2.99'], rate: '40/h', length: '3d' },
    {
      kind: 'compromised', at: '2d', ...who('offices'), how: 'outdated-script', rate: '900/h',
      length: '38d',
      whenBlocked: 'move',
    },
    {
      kind: 'infected', at: '3d', ...who('offices', 1), accounts: 2, rate: '600/h', length: '2d',
      whenBlocked: 'pause',
    },
    { kind: 'careless', at: '4d', ...who('letters', 0), size: 9_000, pace: '3000/h', provider: 'gmail' },
    {
      kind: 'careless', at: '4d', ...who('letters', 1), size: 9_000, pace: '3000/h',
      rounds: 3, every: '9d',
      duplicates: '20%', bounces: 'ignored', list: { kind: 'purchased' },
    },
    {
      kind: 'spammer', at: '5d', ...who('newcomers', 0), tactic: 'accounts', spread: 2, warmup: '2d',
      warmupRate: '6/d', rate: '900/h', length: '1d', whenBlocked: 'stop',
    },
    {
      kind: 'spammer', at: '6d', ...who('newcomers'), tactic: 'tenants', spread: 5, warmupRate: '2/h',
      rate: '900/h', length: '1d',
    },
    { kind: 'backscatter', at: '7d', ...who('jobs', 4), rate: '90/h', length: '2d', traps: '5%' },
    {
      kind: 'register-upgrade', at: '8d', register: 'css',
      to: { trapThreshold: 1, window: '30d', expiry: '9d' },
    },
    {
      kind: 'register-upgrade', at: '9d', register: 'spamcop',
      to: { score: 0.003, coverage: '50%' }, length: '5d',
    },
    {
      kind: 'receiver-upgrade', at: '10d', receiver: 'site', length: '12h',
      to: { consults: ['css', 'zen'], threshold: 2, perIpPerHour: 60, connections: 2, greylist: '0s' },
    },
    {
      kind: 'receiver-upgrade', at: '11d', receiver: 'gmail',
      to: { consults: [], unknownUsers: '2%', wrong: '1%' },
    },
    { kind: 'register-fault', at: '12d', register: 'css', fault: 'list-world-127.0.0.2', length: '6h' },
    {
      kind: 'register-fault', at: '13d', register: 'css', fault: 'resolver-blocked',
      receiver: 'site', length: '6h',
    },
  ],
  desk: { staff: 1, opens: '9h30m', closes: '17h', weekends: true, urgentRoute: 'alternative',
    paysForRemoval: true },
  gates: [
    { metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' },
    { metric: 'fp.tenants', statistic: 'mean', rule: 'atMost', limit: '1%', severity: 'warn' },
  ],
});
