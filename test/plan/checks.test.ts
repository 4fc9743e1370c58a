// What parts of a plan say of one another: each contradiction, and how it is told.

import { describe, expect, test } from 'vitest';
import { spoilt } from './sample.ts';

describe('what parts of a plan say of one another is held together', () => {
  const contrary: readonly (readonly [what: string, change: Parameters<typeof spoilt>[0], line: string])[] = [
    [
      'shares that do not sum to the whole',
      (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], share: '55.5%' }] }),
      'x.ts: receivers have shares of 55.5 % in all; they share 100 % of all recipients. Give out ' +
        'the missing 44.5 %.',
    ],
    [
      'a name given twice',
      (plan) => ({ ...plan, registers: [...plan.registers!, { name: 'psbl', preset: 'nixspam' }] }),
      'x.ts: registers[1].name is "psbl", as is registers[0].name; names are unique. Give one another name.',
    ],
    [
      'a pool that is not there',
      (plan) => ({ ...plan, tenants: plan.tenants.map((group) => ({ ...group, pool: 'shard' })) }),
      'x.ts: tenants[0].pool (group "offices") is "shard"; it is the name of a pool of this plan. ' +
        'Did you mean "shared"?',
    ],
    [
      'a register that is not there',
      (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], share: '100%', consults: ['psl'] }] }),
      'x.ts: receivers[0].consults[0] is "psl"; it is the name of a register of this plan. Did you ' +
        'mean "psbl"?',
    ],
    [
      'a group that is not there',
      (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], who: { group: 'ofices' } }] }),
      'x.ts: incidents[0].who.group is "ofices"; it is the name of a group of tenants of this plan. ' +
        'Did you mean "offices"?',
    ],
    [
      'a tenant beyond the group',
      (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], who: { group: 'offices', member: 2 } }] }),
      'x.ts: incidents[0].who.member is 2; group "offices" has 2 tenants, numbered from 0 to 1. Take ' +
        "one of them, or 'any'.",
    ],
    [
      'an incident when the run is over',
      (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], at: '3d' }] }),
      'x.ts: incidents[0].at (compromised) is 3d; the run ends at 3d. Place it before the end, or ' +
        'lengthen the run.',
    ],
    [
      'a warm-up as long as the run',
      { warmup: '3d' },
      'x.ts: warmup is 3d; it ends before the run does, at 3d. Shorten it, or lengthen the run.',
    ],
    [
      'a campaign that starts after its period',
      (plan) => ({
        ...plan,
        tenants: [
          plan.tenants[0],
          {
            ...plan.tenants[1],
            stream: { kind: 'newsletter', size: 3, every: '1d', first: '1d', pace: '1/h' },
          },
        ],
      }),
      'x.ts: tenants[1].stream.first (group "letters") is 1d; it falls within one period, before 1d.',
    ],
    [
      'a blast after the end',
      (plan) => ({
        ...plan,
        incidents: [
          {
            kind: 'spammer',
            at: '1d',
            who: { group: 'offices' },
            warmupRate: '1/h',
            rate: '9/h',
            length: '1h',
          },
        ],
      }),
      'x.ts: incidents[0].warmup (spammer) is 3d, so that the blast begins at 4d; the run ends at ' +
        '3d. Shorten it, or lengthen the run.',
    ],
    [
      'an upgrade of nothing',
      (plan) => ({ ...plan, incidents: [{ kind: 'register-upgrade', at: '1d', register: 'psbl', to: {} }] }),
      'x.ts: incidents[0].to changes nothing; it is at least one of trapThreshold, window, ' +
        'expiry, coverage, ' +
        'minRatio, minSpam, score, version.',
    ],
    [
      'an upgrade of a register that is not there',
      (plan) => ({
        ...plan,
        incidents: [
          {
            kind: 'register-upgrade',
            at: '1d',
            register: 'psb',
            to: { trapThreshold: 1 },
          },
        ],
      }),
      'x.ts: incidents[0].register is "psb"; it is the name of a register of this plan. Did you mean "psbl"?',
    ],
    [
      'a provider that is not there',
      (plan) => ({
        ...plan,
        incidents: [
          {
            kind: 'careless',
            at: '1d',
            who: { group: 'offices' },
            size: 9,
            pace: '9/h',
            provider: 'gmal',
          },
        ],
      }),
      'x.ts: incidents[0].provider is "gmal"; it is the name of a receiver of this plan. Did you ' +
        'mean "gmail"?',
    ],
    [
      'a metric that does not exist',
      { gates: [{ metric: 'time_to_blok', statistic: 'p95', rule: 'atMost', limit: '4h' }] },
      'x.ts: gates[0].metric is "time_to_blok"; it is the name of a metric. Did you mean "time_to_block"?',
    ],
    [
      'a limit in another unit',
      { gates: [{ metric: 'fp.tenants', statistic: 'mean', rule: 'atMost', limit: '4h' }] },
      'x.ts: gates[0].limit (of fp.tenants) is "4h", which is not a share; it is a share from \'0%\' ' +
        "to '100%'.",
    ],
    [
      'a desk that closes before it opens',
      { desk: { opens: '18h', closes: '8h' } },
      "x.ts: desk.opens is 18h; it is before closes, 8h. A desk that never closes opens at '0h' and " +
        "closes at '24h'.",
    ],
  ];
  test.each(contrary)('%s', (_what, change, line) => {
    const lines = spoilt(change);
    expect(lines.join('\n')).toContain(line);
    expect(lines).toHaveLength(new Set(lines).size);
  });

  test.each([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '100.64.0.1',
    '224.0.0.1',
    '169.254.1.1',
  ])('the private address %s', (address) => {
    expect(spoilt({ pools: [{ name: 'shared', addresses: [address] }] })).toHaveLength(1);
  });
  test.each([
    '192.0.2.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '9.255.255.255',
    '11.0.0.0',
    '223.255.255.255',
  ])('the address %s is none', (address) => {
    expect(spoilt({ pools: [{ name: 'shared', addresses: [address] }] })).toEqual([]);
  });
});
