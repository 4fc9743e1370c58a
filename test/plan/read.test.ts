// Reading a plan: what a right one becomes, and what each mistake is told as.

import { describe, expect, test } from 'vitest';
import { readPlan } from '../../sim/plan/read.ts';
import { goodPlan, spoilt, told } from './sample.ts';

describe('a plan that is right', () => {
  test('becomes milliseconds, events an hour, fractions and defaults', () => {
    const plan = readPlan(goodPlan(), 'x.ts');
    expect(plan.length).toBe(259_200_000);
    expect(plan.incidents[0]).toMatchObject({
      at: 158_400_000,
      rate: 40,
      ramp: 900_000,
      list: { kind: 'harvested' },
    });
    expect(plan.receivers.map((receiver) => receiver.share)).toEqual([0.6, 0.4]);
    expect(plan.outbound).toEqual({
      connections: 20,
      firstRetry: 300_000,
      longestRetry: 4_000_000,
      scan: 300_000,
      giveUp: 432_000_000,
    });
    expect(plan.tenants[0]).toMatchObject({
      accounts: 1,
      stream: { book: 150, newcomers: 0.06, list: { kind: 'opt-in' } },
    });
  });

  test('may write shares in thirds', () => {
    const thirds = ['33.3%', '33.3%', '33.4%'].map((share, index) => ({
      name: `r${index}`,
      preset: 'gmail',
      share,
    }));
    expect(spoilt({ receivers: thirds })).toEqual([]);
    const rough = ['33.3%', '33.3%', '33.3%'].map((share, index) => ({
      name: `r${index}`,
      preset: 'gmail',
      share,
    }));
    expect(spoilt({ receivers: rough })).toEqual([]);
  });
});

describe('a field that cannot be read is told with place, value and what is allowed', () => {
  const spoiling: readonly (readonly [what: string, change: Parameters<typeof spoilt>[0], line: string])[] = [
    [
      'a negative number',
      (plan) => ({
        ...plan,
        tenants: [{ ...plan.tenants[0], stream: { kind: 'office', perDay: -4 } }],
        incidents: [],
      }),
      'x.ts: tenants[0].stream.perDay (group "offices") is -4; it is a number above 0, at most 100 000.',
    ],
    [
      'a negative rate',
      (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], rate: '-4/h' }] }),
      'x.ts: incidents[0].rate is "-4/h", which is below zero; it is a rate such as \'4000/h\' (per ' +
        's, m, h, d or w), 0 or more.',
    ],
    [
      'a time in words',
      { length: '4 hours' },
      "x.ts: length is \"4 hours\", which is not a time; it is a time such as '90m', '20h' or " +
        "'1d20h' (w, d, h, m, s, ms; largest first).",
    ],
    [
      'a time as a number',
      { length: 4 },
      "x.ts: length is 4; it is a time such as '90m', '20h' or '1d20h' (w, d, h, m, s, ms; largest first).",
    ],
    [
      'a share over the whole',
      { receivers: [{ name: 'gmail', preset: 'gmail', share: '120%' }] },
      "x.ts: receivers[0].share is \"120%\", which is out of range; it is a share from '0%' to '100%'.",
    ],
    ['a missing field', { title: undefined }, 'x.ts: title is missing; it is a text, not empty.'],
    ['an unknown field', { seed: 3 }, 'x.ts: seed is not a field here. Did you mean "seeds"?'],
    [
      'an unknown register',
      { registers: [{ name: 'psbl', preset: 'psb' }] },
      'x.ts: registers[0].preset is "psb"; it is one of 34 known names. Did you mean "psbl"?',
    ],
    [
      'an unknown receiver',
      (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], preset: 'gmial', share: '100%' }] }),
      'x.ts: receivers[0].preset is "gmial"; it is one of 27 known names. Did you mean "gmail"?',
    ],
    [
      'an unknown kind',
      (plan) => ({
        ...plan,
        tenants: [{ ...plan.tenants[0], stream: { kind: 'ofice', perDay: 4 } }],
        incidents: [],
      }),
      'x.ts: tenants[0].stream.kind (group "offices") is "ofice"; it is one of office, newsletter, ' +
        'shop, script, trace, quiet. Did you mean "office"?',
    ],
    [
      'a name with capitals',
      { pools: [{ name: 'Shared', addresses: ['192.0.2.10'] }] },
      'x.ts: pools[0].name is "Shared"; it is a name of lower-case letters, digits and hyphens.',
    ],
    [
      'no address',
      { pools: [{ name: 'shared', addresses: ['mail.example'] }] },
      'x.ts: pools[0].addresses[0] is "mail.example"; it is an IPv4 address such as 192.0.2.10.',
    ],
  ];
  test.each(spoiling)('%s', (_what, change, line) => {
    expect(spoilt(change)).toContain(line);
  });

  test('what is no plan at all', () => {
    expect(told(null)).toEqual(['x.ts: the plan is null; it is a record of fields.']);
    expect(told([])).toEqual(['x.ts: the plan is an empty list; it is a record of fields.']);
    expect(told({})).toHaveLength(6);
  });

  test('a misspelt field is one mistake, not also a missing one', () => {
    const lines = spoilt((plan) => ({
      ...plan,
      tenants: [{ ...plan.tenants[0], stream: { kind: 'office', perday: 4 } }],
      incidents: [],
    }));
    expect(lines).toEqual([
      'x.ts: tenants[0].stream.perday (group "offices") is not a field here. Did you mean "perDay"?',
    ]);
  });

  test('a value cannot act on the terminal that shows it', () => {
    const [line] = spoilt({ length: '\u001b[31m\u009b2J\u202e' });
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

test('all mistakes are told at once, those of reading and those of sense', () => {
  const lines = spoilt((plan) => ({
    ...plan,
    length: '3 days',
    tenants: [
      { ...plan.tenants[0], count: 0 },
      { ...plan.tenants[1], pool: 'shard' },
    ],
    incidents: [{ ...plan.incidents![0], who: { group: 'nobody' } }],
    gates: [{ metric: 'x', statistic: 'p95', rule: 'atMost', limit: '4h' }],
  }));
  expect(lines.map((line) => line.split(' ')[1])).toEqual([
    'length',
    'tenants[0].count',
    'tenants[1].pool',
    'incidents[0].who.group',
    'gates[0].metric',
  ]);
});
