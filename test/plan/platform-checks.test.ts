// What can be wrong with our own side: pools, the desk, the signals; and how it is told.

import { describe, expect, test } from 'vitest';
import { type Change, holds } from './refused.ts';
import { goodPlan, told } from './sample.ts';

const pool = (change: object, ...registers: readonly string[]): Change => ({
  pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'], ...change }],
  ...(registers.length === 0 ? {} : {
    registers: ['psbl', ...registers].map((preset) => ({ name: preset, preset })),
  }),
});

describe('of a pool is refused', () => {
  holds([
    [
      'a cold address that is not its own',
      pool({ cold: ['198.51.100.1'] }),
      'pools[0].cold[0] is "198.51.100.1"; it is one of the addresses of pool "shared": 192.0.2.10, ' +
        '192.0.2.11. Add it to the addresses too.',
    ],
    [
      'an address that is cold twice',
      pool({ cold: ['192.0.2.10', '192.0.2.10'] }),
      'pools[0].cold[1] is "192.0.2.10" again; an address is cold once.',
    ],
    [
      'a dynamic address that is not its own',
      pool({ dynamic: ['198.51.100.1'] }, 'spamhaus-zen'),
      'pools[0].dynamic[0] is "198.51.100.1"; it is one of the addresses of pool "shared": 192.0.2.10, ' +
        '192.0.2.11. Add it to the addresses too.',
    ],
    [
      'an address that is nameless twice',
      pool({ nameless: ['192.0.2.10', '192.0.2.10'] }, 'spamrats-noptr'),
      'pools[0].nameless[1] is "192.0.2.10" again; an address is nameless once.',
    ],
    [
      'a dynamic address where no register goes by that',
      pool({ dynamic: ['192.0.2.10'] }, 'spamrats-noptr'),
      'pools[0].dynamic makes no difference; no register of this plan lists an address for that. Add ' +
        'spamhaus-pbl or spamhaus-zen or spamrats-dyna, or leave it out.',
    ],
    [
      'a nameless address where no register goes by that',
      pool({ nameless: ['192.0.2.10'] }, 'spamhaus-zen'),
      'pools[0].nameless makes no difference; no register of this plan lists an address for that. Add ' +
        'spamrats-noptr, or leave it out.',
    ],
    [
      'a dynamic address that is none',
      pool({ dynamic: ['192.0.2.300'] }, 'spamhaus-pbl'),
      'pools[0].dynamic[0] is "192.0.2.300"; it is an IPv4 address such as 192.0.2.10.',
    ],
    [
      'a schedule without an address to warm up',
      pool({ warmup: 'sparkpost-30d' }),
      'pools[0].warmup is "sparkpost-30d"; pool "shared" has no cold address to warm up. Name them in ' +
        'cold, or leave the schedule out.',
    ],
    [
      'a misspelt schedule',
      pool({ cold: ['192.0.2.10'], warmup: 'sparkpost-30' }),
      'pools[0].warmup is "sparkpost-30"; it is one of none, sparkpost-30d, sendgrid-like-17d. Did you ' +
        'mean "sparkpost-30d"?',
    ],
  ]);
});

describe('of the desk and the signals is refused', () => {
  holds([
    [
      'a way round through a pool that is not there',
      { desk: { urgentRoute: 'alternative' } },
      'desk.urgentRoute is "alternative"; that is a pool of this name, and this plan has none. Add a pool ' +
        "called 'alternative', or take 'freemail'.",
    ],
    [
      'money for removal where no register takes any',
      { desk: { paysForRemoval: true } },
      'desk.paysForRemoval is true; no register of this plan takes money. Those that do are uceprotect-1, ' +
        'uceprotect-2, uceprotect-3, backscatterer.',
    ],
    [
      'money for removal as a sum',
      { desk: { paysForRemoval: 90 } } as unknown as Change,
      'desk.paysForRemoval is 90; it is true or false.',
    ],
    [
      'a route that there is not',
      { desk: { urgentRoute: 'freemial' } },
      'desk.urgentRoute is "freemial"; it is one of none, alternative, freemail. Did you mean "freemail"?',
    ],
    [
      'a signal that there is not',
      { signals: { loginsSeen: '50%' } },
      'signals.loginsSeen is not a field here. Did you mean "loginSeen"?',
    ],
  ]);

  test('the alternative pool is a way round where the plan has it', () => {
    const plan = goodPlan();
    const pools = [...plan.pools, { name: 'alternative', addresses: ['198.51.100.10'] }];
    expect(told({ ...plan, pools, desk: { urgentRoute: 'alternative' } })).toEqual([]);
  });
});
