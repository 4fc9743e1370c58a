// Two incidents that cannot both be true, and how it is told; and pairs that look alike and can.

import { describe, expect, test } from 'vitest';
import {
  careless, fault, harder, type Incidents, infected, spammer, stolen, stricter, who, withIncidents,
} from './incidents.ts';

type Row = readonly [what: string, incidents: Incidents, line: string];
const holds = (rows: readonly Row[]): void => {
  test.each(rows)('%s', (_what, incidents, line) => {
    const lines = withIncidents(incidents);
    expect(lines.join('\n')).toContain(`x.ts: ${line}`);
    expect(lines).toHaveLength(1);
  });
};

describe('two incidents that contradict each other are refused', () => {
  holds([
    [
      'at one tenant, by number',
      [stolen('1d'), careless({ at: '1d1h' })],
      'incidents[1].at (careless) is 1d1h; incidents[0] (compromised) befalls tenant offices-1 ' +
        'too and lasts ' +
        'until 1d2h, and one would undo the other. Name another tenant, or place it later.',
    ],
    [
      'at one tenant, written in the other order',
      [careless({ at: '1d1h' }), stolen('1d')],
      'incidents[0].at (careless) is 1d1h; incidents[1] (compromised) befalls tenant offices-1 too',
    ],
    [
      'at the only tenant there is, drawn or named',
      [stolen('1d', who('any', 'one')), infected(who(0, 'one'))],
      'incidents[1].at (infected) is 1d; incidents[0] (compromised) befalls tenant one-0 too and lasts',
    ],
    [
      'at a tenant still warming up to spam',
      [spammer({ at: '1d', warmup: '3d' }), stolen('3d')],
      'incidents[1].at (compromised) is 3d; incidents[0] (spammer) befalls tenant offices-1 too and lasts ' +
        'until 4d2h',
    ],
    [
      'between the rounds of a careless list',
      [careless({ rounds: 2, every: '4d' }), stolen('3d')],
      'incidents[1].at (compromised) is 3d; incidents[0] (careless) befalls tenant offices-1 too and lasts ' +
        'until 5d2h',
    ],
    [
      'in a group with too few tenants for all',
      [
        stolen('1d', who('any')),
        stolen('1d1h', who('any')),
        spammer({ at: '1d1h', ...who('any'), tactic: 'tenants', spread: 2 }),
      ],
      'incidents[2].who (spammer) takes 2 of group "offices" while incidents[0], incidents[1] ' +
        'have 2; it has ' +
        '3 tenants. Give the group more tenants, or place it later.',
    ],
    [
      'as faults of one register',
      [fault('1d'), fault('1d1h', { fault: 'stale-mirror' })],
      'incidents[1].at (register-fault) is 1d1h; incidents[0] (register-fault) befalls register "psbl" too ' +
        'and lasts until 1d2h, and one would undo the other. Place it later, or drop one.',
    ],
    [
      'as faults of one resolver, one of them of all',
      [
        fault('1d', { fault: 'resolver-blocked' }),
        fault('1d2h', { fault: 'quota-exceeded', receiver: 'small-postfix' }),
      ],
      'incidents[1].at (register-fault) is 1d2h; incidents[0] (register-fault) befalls register "psbl" too',
    ],
    [
      'as changes of one register, the first passing',
      [stricter('1d', { trapThreshold: 2 }, { length: '2d' }), stricter('2d', { window: '5d' })],
      'incidents[1].at (register-upgrade) is 2d; incidents[0] (register-upgrade) befalls ' +
        'register "psbl" too ' +
        'and lasts until 3d',
    ],
    [
      'as changes of one register at one instant',
      [stricter('1d', { trapThreshold: 2 }), stricter('1d', { trapThreshold: 3 })],
      'incidents[1].at (register-upgrade) is 1d; incidents[0] (register-upgrade) befalls ' +
        'register "psbl" too ' +
        'and is at 1d too, and one would undo the other.',
    ],
    [
      'as changes of one receiver, the first passing',
      [harder('1d', { caught: '99%' }, { length: '2d' }), harder('2d', { wrong: '5%' }, { length: '3d' })],
      'incidents[1].at (receiver-upgrade) is 2d; incidents[0] (receiver-upgrade) befalls ' +
        'receiver "gmail" too',
    ],
    [
      "as a change to the register's rule of today",
      [stricter('1d', { trapThreshold: 1, window: '24h' })],
      'incidents[0].to changes nothing; register "psbl" has trapThreshold 1, window 1d by then already. ' +
        'Change something, or drop it.',
    ],
    [
      'as a change to what an earlier one brought',
      [stricter('1d', { coverage: '50%' }), stricter('2d', { coverage: '50%' })],
      'incidents[1].to changes nothing; register "psbl" has coverage 50% by then already.',
    ],
    [
      'as a change of a receiver to its settings of today',
      [harder('1d', { perIpPerHour: 20_000, connections: 5 })],
      'incidents[0].to changes nothing; receiver "gmail" has perIpPerHour 20000, connections 5 ' +
        'by then already.',
    ],
    [
      "as a change to the version of today",
      [stricter('1d', { version: 'after 2021-01-20, seen 2024-10-06' }, { register: 'level-2' })],
      'incidents[0].to changes nothing; register "level-2" has version after 2021-01-20, seen 2024-10-06',
    ],
  ]);

  const together: readonly (readonly [what: string, incidents: Incidents])[] = [
    ['one after the other at one tenant', [stolen('1d'), stolen('1d3h')]],
    ['at once, at two tenants', [stolen('1d'), stolen('1d', who(2))]],
    ['at once, at tenants that luck keeps apart', [stolen('1d', who('any')), stolen('1d', who('any'))]],
    ['as a fault of a register and of a resolver', [fault('1d'), fault('1d', { fault: 'resolver-blocked' })]],
    [
      'as faults of two resolvers',
      [
        fault('1d', { fault: 'resolver-blocked', receiver: 'small-postfix' }),
        fault('1d', { fault: 'resolver-blocked', receiver: 'gmail' }),
        harder('1h', { consults: ['psbl'] }),
      ],
    ],
    ['as faults of two registers', [fault('1d'), fault('1d', { register: 'level-2' })]],
    ['as two lasting changes', [stricter('1d', { trapThreshold: 2 }), stricter('2d', { trapThreshold: 1 })]],
    ['as a change that only begins again', [
      stricter('1d', { trapThreshold: 2 }, { length: '1d' }),
      stricter('4d', { trapThreshold: 2 }),
    ]],
  ];
  test.each(together)('but not %s', (_what, incidents) => {
    expect(withIncidents(incidents)).toEqual([]);
  });
});
