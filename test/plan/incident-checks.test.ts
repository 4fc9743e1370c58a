// What can be wrong with one incident, and how it is told.

import { describe, expect, test } from 'vitest';
import {
  careless, fault, harder, type Incidents, infected, neighbour, spammer, stolen, stricter, who, withIncidents,
} from './incidents.ts';

type Row = readonly [what: string, incidents: Incidents, line: string];
const holds = (rows: readonly Row[]): void => {
  test.each(rows)('%s', (_what, incidents, line) => {
    const lines = withIncidents(incidents);
    expect(lines.join('\n')).toContain(`x.ts: ${line}`);
    expect(lines).toHaveLength(1);
  });
};

test('one incident of each kind is right', () => {
  const each: Incidents = [
    stolen('1d', who(0)),
    infected({ accounts: 2 }),
    careless({ ...who(2), rounds: 2, every: '1d' }),
    spammer({ at: '8d', ...who(0), warmup: '1d', tactic: 'accounts', spread: 2 }),
    { kind: 'backscatter', at: '1d', ...who(0, 'one'), rate: '9/h', length: '1d' },
    stricter('1d', { trapThreshold: 2 }),
    harder('1d', { greylist: '5m', consults: ['psbl'] }),
    fault('1d'),
    fault('1d', { fault: 'resolver-blocked', receiver: 'small-postfix' }),
    fault('1d', { fault: 'any-A-is-listed' }),
    neighbour(),
  ];
  expect(withIncidents(each)).toEqual([]);
});

describe('of a culprit is refused', () => {
  holds([
    [
      'malware on more accounts than there are',
      [infected({ accounts: 3 })],
      'incidents[0].accounts (infected) is 3; a tenant of group "offices" has 2 accounts. Give the group ' +
        'more accounts, or take fewer.',
    ],
    [
      'malware that sends nothing',
      [infected({ rate: '0/h' })],
      'incidents[0].rate (infected) is 0; it is above 0. Drop the incident to mute it.',
    ],
    [
      'a spread over more accounts than there are',
      [spammer({ tactic: 'accounts', spread: 3 })],
      'incidents[0].spread (spammer) is 3; a tenant of group "offices" has 2 accounts.',
    ],
    [
      'a spread over more tenants than there are',
      [spammer({ tactic: 'tenants', spread: 4 })],
      'incidents[0].spread (spammer) is 4; group "offices" has 3 tenants. Take fewer.',
    ],
    [
      'a spread over one',
      [spammer({ tactic: 'tenants' })],
      'incidents[0].spread (spammer) is 1; tactic "tenants" spreads over 2 or more. Say over how many, or ' +
        "take 'blast'.",
    ],
    [
      'a spread of what goes out at once',
      [spammer({ spread: 2 })],
      'incidents[0].spread (spammer) is 2; tactic "blast" sends from one account. Take the tactic ' +
        "'accounts' or 'tenants'.",
    ],
    [
      'a tactic that there is not',
      [spammer({ tactic: 'dripp' })],
      'incidents[0].tactic is "dripp"; it is one of blast, drip, accounts, tenants. Did you mean "drip"?',
    ],
    [
      'a round after the end',
      [careless({ rounds: 3, every: '5d' })],
      'incidents[0].rounds (careless) is 3, so that the last one begins at 11d; the run ends at 10d. Take ' +
        'fewer, or lengthen the run.',
    ],
    [
      'rounds without a pause',
      [careless({ rounds: 2, every: '0s' })],
      'incidents[0].every (careless) is 0; it is above 0.',
    ],
    [
      'an attacker who pauses for no time',
      [stolen('1d', { whenBlocked: 'pause', pause: '0s' })],
      "incidents[0].pause (compromised) is 0; it is above 0. An attacker who never pauses is 'keep'.",
    ],
    [
      'a reaction that there is not',
      [stolen('1d', { whenBlocked: 'moves' })],
      'incidents[0].whenBlocked is "moves"; it is one of keep, stop, pause, move. Did you mean "move"?',
    ],
    [
      'an attacker who has nowhere to move to',
      [stolen('1d', { ...who(0, 'one'), whenBlocked: 'move' })],
      'incidents[0].whenBlocked (compromised) is "move"; group "one" has one account in all, and none to ' +
        "move to. Give the group more, or take 'stop' or 'pause'.",
    ],
    [
      'backscatter that lasts no time',
      [{ kind: 'backscatter', at: '1d', ...who(), rate: '9/h', length: '0s' }],
      'incidents[0].length (backscatter) is 0; it is above 0.',
    ],
    [
      'an incident that there is not',
      [infected({ kind: 'infectd' })],
      'incidents[0].kind is "infectd"; it is one of compromised, infected, careless,',
    ],
  ]);
});

describe('at a register or receiver is refused', () => {
  holds([
    [
      'an unknown fault',
      [fault('1d', { fault: 'ns-blackhol' })],
      'incidents[0].fault is "ns-blackhol"; it is one of 11 known names. Did you mean "ns-blackhole"?',
    ],
    [
      'a fault of a register that is not there',
      [fault('1d', { register: 'psb' })],
      'incidents[0].register is "psb"; it is the name of a register of this plan. Did you mean "psbl"?',
    ],
    [
      'a fault of a receiver that is not there',
      [fault('1d', { fault: 'resolver-blocked', receiver: 'gmal' })],
      'incidents[0].receiver is "gmal"; it is the name of a receiver of this plan. Did you mean "gmail"?',
    ],
    [
      "a register's own fault at one receiver",
      [fault('1d', { receiver: 'small-postfix' })],
      'incidents[0].receiver is given for "ns-blackhole"; one receiver alone can suffer resolver-blocked, ' +
        'quota-exceeded, any-A-is-listed; all others befall everyone who asks. Leave it out.',
    ],
    [
      "a resolver's fault where nobody asks",
      [fault('1d', { fault: 'quota-exceeded', register: 'unasked' })],
      'incidents[0].register is "unasked"; no receiver of this plan asks it. Name the register among what ' +
        'a receiver consults, or drop the incident.',
    ],
    [
      "a resolver's fault at a receiver that does not ask",
      [fault('1d', { fault: 'any-A-is-listed', receiver: 'gmail' })],
      'incidents[0].receiver is "gmail", which does not ask "psbl"; it is asked by small-postfix.',
    ],
    [
      'a fault of no length',
      [fault('1d', { length: '0s' })],
      'incidents[0].length (register-fault) is 0; it is above 0. Drop the incident to mute it.',
    ],
    [
      'a neighbour that is ours',
      [neighbour({ addresses: ['192.0.2.10'] })],
      'incidents[0].addresses[0] (neighbour) is "192.0.2.10"; it is a neighbour\'s, and this one is ours.',
    ],
    [
      'a neighbour from elsewhere',
      [neighbour({ addresses: ['198.51.100.1'] })],
      'incidents[0].addresses[0] (neighbour) is "198.51.100.1"; it lies in the /16 of one of ours: ' +
        '192.0.0.0/16. Farther away, it is no neighbour to a range listing.',
    ],
    [
      'a neighbour named twice',
      [neighbour({ addresses: ['192.0.2.99', '192.0.2.99'] })],
      'incidents[0].addresses[1] (neighbour) is "192.0.2.99" again; an address is named once.',
    ],
    [
      'an upgrade of a receiver that is not there',
      [harder('1d', { caught: '99%' }, { receiver: 'gmal' })],
      'incidents[0].receiver is "gmal"; it is the name of a receiver of this plan. Did you mean "gmail"?',
    ],
    [
      'an upgrade of a receiver to nothing',
      [harder('1d', {})],
      'incidents[0].to changes nothing; it is at least one of consults, threshold, perIpPerHour,',
    ],
    [
      'an upgrade to a register that is not there',
      [harder('1d', { consults: ['psb'] })],
      'incidents[0].to.consults[0] is "psb"; it is the name of a register of this plan. Did you mean "psbl"?',
    ],
    [
      'an upgrade that greylists longer than we try',
      [harder('1d', { greylist: '6d' })],
      'incidents[0].to.greylist is 6d; it is shorter than outbound.giveUp, 5d',
    ],
    [
      'an upgrade out of range',
      [harder('1d', { connections: 0 })],
      'incidents[0].to.connections is 0; it is a whole number from 1 to 100 000.',
    ],
    [
      "an upgrade that means nothing to the register's model",
      [stricter('1d', { minSpam: 5 })],
      'incidents[0].to.minSpam means nothing to "psbl", which decides by "trapHit"',
    ],
    [
      'an upgrade of no length',
      [stricter('1d', { trapThreshold: 2 }, { length: '0s' })],
      'incidents[0].length (register-upgrade) is 0; it is above 0. Leave it out where the change ' +
        'is for good.',
    ],
  ]);

  test('a fault of a register that only the desk looks at is none: its poll sees it', () => {
    expect(withIncidents([fault('1d', { register: 'unasked' })])).toEqual([]);
  });
  test('a fault of a register that a receiver asks from an upgrade on is none', () => {
    const asked = harder('12h', { consults: ['unasked'] });
    const blocked = fault('1d', { fault: 'resolver-blocked', register: 'unasked' });
    expect(withIncidents([asked, blocked])).toEqual([]);
  });
});

test('all mistakes of a plan are told at once, each by its path', () => {
  const lines = withIncidents(
    [
      infected({ accounts: 9, rate: '0/h' }),
      fault('20d', { register: 'psb' }),
      neighbour({ addresses: ['nowhere'] }),
    ],
    {
      desk: { urgentRoute: 'alternative', poll: '0s' },
      pools: [{ name: 'shared', addresses: ['10.0.0.1'] }],
    },
  );
  const paths = lines.map((line) => line.split(' ')[1]!).sort();
  expect(paths).toEqual([
    'desk.poll', 'desk.urgentRoute', 'incidents[0].accounts', 'incidents[0].rate', 'incidents[1].at',
    'incidents[1].register', 'incidents[2].addresses[0]', 'pools[0].addresses[0]',
  ]);
});
