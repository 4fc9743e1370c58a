// What a script writes: a plan, plain data, nothing of the script left in it.

import { describe, expect, test } from 'vitest';
import {
  backscatter, careless, compromised, cron, infected, metric, neighbour, newsletter, office, quiet,
  receiverUpgrade, registerFault, registerUpgrade, scenario, shop, spammer, type World,
} from '../../sim/plan/script.ts';
import { PlanMistakes } from '../../sim/plan/problems.ts';
import { readPlan } from '../../sim/plan/read.ts';

const story = { title: 'A title', question: 'A question?', length: '3d' } as const;

const small = (build: (w: World) => void) => scenario({ ...story, build }).plan;

test('the script of the style guide writes a plan that is read without a mistake', () => {
  const { plan } = scenario({
    title: 'One weak password among 120 offices',
    question: 'How long does one stolen password hurt everyone behind the address?',
    length: '3d',
    warmup: '1d',
    seeds: 50,
    build(w) {
      const shared = w.pool('shared', ['192.0.2.10']);
      const offices = w.tenants(120, office({ pool: shared, perDay: 40 }));
      const west = w.register('psbl');
      w.receiver('gmail', { share: '55%' });
      w.receiver('cpanel-spamcop', { share: '45%', consults: [west] });
      w.at('1d20h', compromised(w.pick(offices), { how: 'weak-password', rate: '4000/h', ramp: '15m' }));
    },
    gates: [metric('time_to_block').p95.atMost('4h'), metric('fp.tenants').rate.atMost('0%')],
  });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  const read = readPlan(plan, 'x.ts');
  expect(read.tenants).toMatchObject([
    { name: 'offices', count: 120, pool: 'shared', stream: { kind: 'office', perDay: 40 } },
  ]);
  expect(read.receivers[1]).toMatchObject({ name: 'cpanel-spamcop', share: 0.45, consults: ['psbl'] });
  expect(read.incidents).toMatchObject([
    {
      kind: 'compromised',
      at: 158_400_000,
      who: { group: 'offices', member: 'any' },
      rate: 4_000,
      length: 259_200_000,
    },
  ]);
  expect(read.gates).toEqual([
    { metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h', severity: 'fail' },
    { metric: 'fp.tenants', statistic: 'mean', rule: 'atMost', limit: '0%', severity: 'fail' },
  ]);
});

describe('each word of the script becomes its part of the plan', () => {
  test('groups of one kind are named apart, and a given name holds', () => {
    const plan = small((w) => {
      const pool = w.pool('shared', []);
      w.tenants(1, quiet({ pool }));
      w.tenants(2, quiet({ pool, accounts: 3, allowance: '60/h' }));
      w.tenants(3, newsletter({ pool, name: 'letters', size: 9, first: '1h', pace: '9/h', list: 'stale' }));
      w.trace('t.csv', { senders: 4, pool, speed: 2 });
    });
    expect(plan.tenants).toEqual([
      { name: 'quiet', count: 1, pool: 'shared', stream: { kind: 'quiet' } },
      {
        name: 'quiet-2',
        count: 2,
        pool: 'shared',
        accounts: 3,
        allowance: '60/h',
        stream: { kind: 'quiet' },
      },
      {
        name: 'letters',
        count: 3,
        pool: 'shared',
        stream: { kind: 'newsletter', size: 9, first: '1h', pace: '9/h', list: { kind: 'stale' } },
      },
      { name: 'senders', count: 4, pool: 'shared', stream: { kind: 'trace', file: 't.csv', speed: 2 } },
    ]);
  });

  test('incidents name tenants, receivers and registers by reference', () => {
    const plan = small((w) => {
      const pool = w.pool('shared', []);
      const group = w.tenants(3, quiet({ pool, name: 'them' }));
      const register = w.register('psbl', { name: 'west', coverage: '10%' });
      const provider = w.receiver('gmail', { share: '100%', name: 'big' });
      w.at(
        '1h',
        careless(w.member(group, 2), {
          size: 9,
          pace: '9/h',
          provider,
          list: { kind: 'stale', unknown: '30%' },
        }),
      );
      w.at('2h', spammer(w.pick(group), { warmupRate: '1/h', rate: '9/h', length: '1h' }));
      w.at('3h', registerUpgrade(register, { trapThreshold: 1 }));
    });
    expect(plan.registers).toEqual([{ name: 'west', preset: 'psbl', coverage: '10%' }]);
    expect(plan.incidents).toEqual([
      {
        kind: 'careless',
        at: '1h',
        who: { group: 'them', member: 2 },
        size: 9,
        pace: '9/h',
        provider: 'big',
        list: { kind: 'stale', unknown: '30%' },
      },
      {
        kind: 'spammer',
        at: '2h',
        who: { group: 'them', member: 'any' },
        warmupRate: '1/h',
        rate: '9/h',
        length: '1h',
      },
      { kind: 'register-upgrade', at: '3h', register: 'west', to: { trapThreshold: 1 } },
    ]);
  });

  test('pools have spare addresses, registers versions, receivers ways of their own', () => {
    const plan = small((w) => {
      const [cold, dynamic, nameless] = [['192.0.2.11'], ['192.0.2.11'], ['192.0.2.11']];
      w.pool('shared', ['192.0.2.10', '192.0.2.11'], { cold, dynamic, nameless, warmup: 'sparkpost-30d' });
      const two = w.register('uceprotect-2', { rule: { version: 'seen 2010-09 .. 2021-01-20' } });
      w.receiver('small-postfix', { share: '100%', consults: [two], onListing: 'score', caught: '99%' });
    });
    expect(plan.pools).toEqual([
      {
        name: 'shared',
        addresses: ['192.0.2.10', '192.0.2.11'],
        cold: ['192.0.2.11'], dynamic: ['192.0.2.11'], nameless: ['192.0.2.11'], warmup: 'sparkpost-30d',
      },
    ]);
    expect(plan.registers).toEqual([
      { name: 'uceprotect-2', preset: 'uceprotect-2', rule: { version: 'seen 2010-09 .. 2021-01-20' } },
    ]);
    expect(plan.receivers).toEqual([
      {
        name: 'small-postfix',
        preset: 'small-postfix',
        share: '100%',
        consults: ['uceprotect-2'],
        onListing: 'score',
        caught: '99%',
      },
    ]);
  });

  test('shops and scripts are groups, whose mix names receivers by reference', () => {
    const plan = small((w) => {
      const pool = w.pool('shared', []);
      const gmail = w.receiver('gmail', { share: '100%' });
      w.tenants(2, shop({ pool, perDay: 300, urgent: '80%', mix: [[gmail, '100%']] }));
      w.tenants(3, cron({ pool, every: '1h', messages: 4 }));
    });
    expect(plan.tenants).toEqual([
      {
        name: 'shops',
        count: 2,
        pool: 'shared',
        urgent: '80%',
        mix: { gmail: '100%' },
        stream: { kind: 'shop', perDay: 300 },
      },
      { name: 'scripts', count: 3, pool: 'shared', stream: { kind: 'script', every: '1h', messages: 4 } },
    ]);
  });

  test('incidents without an end go on until the run ends, upgrades for good', () => {
    const plan = small((w) => {
      const pool = w.pool('shared', []);
      const group = w.tenants(9, quiet({ pool }));
      const psbl = w.register('psbl');
      const site = w.receiver('small-postfix', { share: '100%' });
      const who = w.pick(group);
      w.at('1h', infected(who, { rate: '9/h', accounts: 1 }));
      w.at('1h', backscatter(who, { rate: '9/h' }));
      w.at('1h', backscatter(who, { rate: '9/h', length: '1h' }));
      w.at('1h', receiverUpgrade(site, { consults: [psbl], connections: 5 }));
      w.at('1h', registerUpgrade(psbl, { window: '5d' }, { length: '1d' }));
      w.at('1h', registerFault(psbl, 'resolver-blocked', { length: '4h', receiver: site }));
      w.at('1h', registerFault(psbl, 'ns-blackhole', { length: '4h' }));
      w.at('1h', neighbour(['192.0.2.99'], { rate: '20/h', length: '3d' }));
    });
    const who = { group: 'quiet', member: 'any' };
    expect(plan.incidents).toEqual([
      { kind: 'infected', at: '1h', who, rate: '9/h', accounts: 1, length: '3d' },
      { kind: 'backscatter', at: '1h', who, rate: '9/h', length: '3d' },
      { kind: 'backscatter', at: '1h', who, rate: '9/h', length: '1h' },
      {
        kind: 'receiver-upgrade',
        at: '1h',
        receiver: 'small-postfix',
        to: { consults: ['psbl'], connections: 5 },
      },
      { kind: 'register-upgrade', at: '1h', register: 'psbl', to: { window: '5d' }, length: '1d' },
      {
        kind: 'register-fault',
        at: '1h',
        register: 'psbl',
        fault: 'resolver-blocked',
        length: '4h',
        receiver: 'small-postfix',
      },
      { kind: 'register-fault', at: '1h', register: 'psbl', fault: 'ns-blackhole', length: '4h' },
      { kind: 'neighbour', at: '1h', addresses: ['192.0.2.99'], rate: '20/h', length: '3d' },
    ]);
  });

  test('desk, queue and signals are told once or in pieces', () => {
    const plan = small((w) => {
      w.signals({ loginSeen: '20%' });
      w.signals({ ownTraps: '1%' });
      w.desk({ staff: 1 });
      w.desk({ poll: '5m' });
      w.outbound({ connections: 5 });
    });
    expect(plan.desk).toEqual({ staff: 1, poll: '5m' });
    expect(plan.outbound).toEqual({ connections: 5 });
    expect(plan.signals).toEqual({ loginSeen: '20%', ownTraps: '1%' });
  });
});

test('what a script does to its own arrays afterwards does not reach the plan', () => {
  const addresses = ['192.0.2.10'];
  const plan = small((w) => void w.pool('shared', addresses));
  addresses.push('10.0.0.1');
  expect(plan.pools).toEqual([{ name: 'shared', addresses: ['192.0.2.10'] }]);
});

test('a misspelt metric, where no compiler looked, is told with the nearest name', () => {
  const gates = [metric('time_to_blok' as 'time_to_block').p95.atMost('4h')];
  const read = () => readPlan(scenario({ ...story, gates, build: () => undefined }).plan, 'x.ts');
  expect(read).toThrow(PlanMistakes);
  expect(read).toThrow(
    'gates[0].metric is "time_to_blok"; it is the name of a metric. Did you mean "time_to_block"?',
  );
});

test('a script that would write its plan too late is refused', () => {
  // oxlint-disable-next-line typescript/no-misused-promises -- the mistake that is to be refused
  expect(() => scenario({ ...story, build: async () => Promise.resolve() })).toThrow('build is asynchronous');
});
