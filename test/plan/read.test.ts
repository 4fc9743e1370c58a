// Reading a plan: what a right one becomes, and what each mistake is told as.

import { describe, expect, test } from 'vitest';
import { PlanMistakes } from '../../sim/plan/problems.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { goodPlan } from './sample.ts';

/** The lines of the error; empty where the plan is right. */
const told = (input: unknown): readonly string[] => {
  try {
    readPlan(input, 'x.ts');
    return [];
  } catch (error) {
    if (error instanceof PlanMistakes) return error.message.split('\n');
    throw error;
  }
};

/** What is told of the good plan with one part changed. */
const spoilt = (change: Record<string, unknown> | ((plan: PlanInput) => unknown)): readonly string[] => {
  const plan = goodPlan();
  if (typeof change !== 'function') return told({ ...plan, ...change });
  return told(change(plan) ?? plan);
};

describe('a plan that is right', () => {
  test('becomes milliseconds, events an hour, fractions and defaults', () => {
    const plan = readPlan(goodPlan(), 'x.ts');
    expect(plan.length).toBe(259_200_000);
    expect(plan.incidents[0]).toMatchObject({ at: 158_400_000, rate: 40, ramp: 900_000, list: { kind: 'harvested' } });
    expect(plan.receivers.map((receiver) => receiver.share)).toEqual([0.6, 0.4]);
    expect(plan.outbound).toEqual({
      connections: 20, firstRetry: 300_000, longestRetry: 4_000_000, scan: 300_000, giveUp: 432_000_000,
    });
    expect(plan.tenants[0]).toMatchObject({ accounts: 1, stream: { book: 150, newcomers: 0.06, list: { kind: 'opt-in' } } });
  });

  test('may write shares in thirds', () => {
    const thirds = ['33.3%', '33.3%', '33.4%'].map((share, index) => ({ name: `r${index}`, preset: 'gmail', share }));
    expect(spoilt({ receivers: thirds })).toEqual([]);
    const rough = ['33.3%', '33.3%', '33.3%'].map((share, index) => ({ name: `r${index}`, preset: 'gmail', share }));
    expect(spoilt({ receivers: rough })).toEqual([]);
  });
});

describe('a field that cannot be read is told with place, value and what is allowed', () => {
  const spoiling: readonly (readonly [what: string, change: Parameters<typeof spoilt>[0], line: string])[] = [
    ['a negative number', (plan) => ({ ...plan, tenants: [{ ...plan.tenants[0], stream: { kind: 'office', perDay: -4 } }], incidents: [] }),
      'x.ts: tenants[0].stream.perDay (group "offices") is -4; it is a number above 0, at most 100 000.'],
    ['a negative rate', (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], rate: '-4/h' }] }),
      'x.ts: incidents[0].rate is "-4/h", which is below zero; it is a rate such as \'4000/h\' (per s, m, h, d or w), 0 or more.'],
    ['a time in words', { length: '4 hours' },
      'x.ts: length is "4 hours", which is not a time; it is a time such as \'90m\', \'20h\' or \'1d20h\' (w, d, h, m, s, ms; largest first).'],
    ['a time as a number', { length: 4 },
      'x.ts: length is 4; it is a time such as \'90m\', \'20h\' or \'1d20h\' (w, d, h, m, s, ms; largest first).'],
    ['a share over the whole', { receivers: [{ name: 'gmail', preset: 'gmail', share: '120%' }] },
      'x.ts: receivers[0].share is "120%", which is out of range; it is a share from \'0%\' to \'100%\'.'],
    ['a missing field', { title: undefined }, 'x.ts: title is missing; it is a text, not empty.'],
    ['an unknown field', { seed: 3 }, 'x.ts: seed is not a field here. Did you mean "seeds"?'],
    ['an unknown register', { registers: [{ name: 'psbl', preset: 'psb' }] },
      'x.ts: registers[0].preset is "psb"; it is one of 34 known names. Did you mean "psbl"?'],
    ['an unknown receiver', (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], preset: 'gmial', share: '100%' }] }),
      'x.ts: receivers[0].preset is "gmial"; it is one of 27 known names. Did you mean "gmail"?'],
    ['an unknown kind', (plan) => ({ ...plan, tenants: [{ ...plan.tenants[0], stream: { kind: 'ofice', perDay: 4 } }], incidents: [] }),
      'x.ts: tenants[0].stream.kind (group "offices") is "ofice"; it is one of office, newsletter, trace, quiet. Did you mean "office"?'],
    ['a name with capitals', { pools: [{ name: 'Shared', addresses: ['192.0.2.10'] }] },
      'x.ts: pools[0].name is "Shared"; it is a name of lower-case letters, digits and hyphens.'],
    ['no address', { pools: [{ name: 'shared', addresses: ['mail.example'] }] },
      'x.ts: pools[0].addresses[0] is "mail.example"; it is an IPv4 address such as 192.0.2.10.'],
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
    const lines = spoilt((plan) => ({ ...plan, tenants: [{ ...plan.tenants[0], stream: { kind: 'office', perday: 4 } }], incidents: [] }));
    expect(lines).toEqual(['x.ts: tenants[0].stream.perday (group "offices") is not a field here. Did you mean "perDay"?']);
  });

  test('a value cannot act on the terminal that shows it', () => {
    const [line] = spoilt({ length: '\u001b[31m\u009b2J\u202e' });
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('what parts of a plan say of one another is held together', () => {
  const contrary: readonly (readonly [what: string, change: Parameters<typeof spoilt>[0], line: string])[] = [
    ['shares that do not sum to the whole', (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], share: '55.5%' }] }),
      'x.ts: receivers have shares of 55.5 % in all; they share 100 % of all recipients. Give out the missing 44.5 %.'],
    ['a name given twice', (plan) => ({ ...plan, registers: [...plan.registers!, { name: 'psbl', preset: 'nixspam' }] }),
      'x.ts: registers[1].name is "psbl", as is registers[0].name; names are unique. Give one another name.'],
    ['a pool that is not there', (plan) => ({ ...plan, tenants: plan.tenants.map((group) => ({ ...group, pool: 'shard' })) }),
      'x.ts: tenants[0].pool (group "offices") is "shard"; it is the name of a pool of this plan. Did you mean "shared"?'],
    ['a register that is not there', (plan) => ({ ...plan, receivers: [{ ...plan.receivers[0], share: '100%', consults: ['psl'] }] }),
      'x.ts: receivers[0].consults[0] is "psl"; it is the name of a register of this plan. Did you mean "psbl"?'],
    ['a group that is not there', (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], who: { group: 'ofices' } }] }),
      'x.ts: incidents[0].who.group is "ofices"; it is the name of a group of tenants of this plan. Did you mean "offices"?'],
    ['a tenant beyond the group', (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], who: { group: 'offices', member: 2 } }] }),
      'x.ts: incidents[0].who.member is 2; group "offices" has 2 tenants, numbered from 0 to 1. Take one of them, or \'any\'.'],
    ['an incident when the run is over', (plan) => ({ ...plan, incidents: [{ ...plan.incidents![0], at: '3d' }] }),
      'x.ts: incidents[0].at (compromised) is 3d; the run ends at 3d. Place it before the end, or lengthen the run.'],
    ['a warm-up as long as the run', { warmup: '3d' },
      'x.ts: warmup is 3d; it ends before the run does, at 3d. Shorten it, or lengthen the run.'],
    ['a campaign that starts after its period', (plan) => ({ ...plan, tenants: [plan.tenants[0], {
      ...plan.tenants[1], stream: { kind: 'newsletter', size: 3, every: '1d', first: '1d', pace: '1/h' } }] }),
      'x.ts: tenants[1].stream.first (group "letters") is 1d; it falls within one period, before 1d.'],
    ['a blast after the end', (plan) => ({ ...plan, incidents: [{
      kind: 'spammer', at: '1d', who: { group: 'offices' }, warmupRate: '1/h', rate: '9/h', length: '1h' }] }),
      'x.ts: incidents[0].warmup (spammer) is 3d, so that the blast begins at 4d; the run ends at 3d. Shorten it, or lengthen the run.'],
    ['an upgrade of nothing', (plan) => ({ ...plan, incidents: [{ kind: 'register-upgrade', at: '1d', register: 'psbl', to: {} }] }),
      'x.ts: incidents[0].to changes nothing; it is at least one of trapThreshold, window, expiry, coverage.'],
    ['an upgrade of a register that is not there', (plan) => ({ ...plan, incidents: [{
      kind: 'register-upgrade', at: '1d', register: 'psb', to: { trapThreshold: 1 } }] }),
      'x.ts: incidents[0].register is "psb"; it is the name of a register of this plan. Did you mean "psbl"?'],
    ['a provider that is not there', (plan) => ({ ...plan, incidents: [{
      kind: 'careless', at: '1d', who: { group: 'offices' }, size: 9, pace: '9/h', provider: 'gmal' }] }),
      'x.ts: incidents[0].provider is "gmal"; it is the name of a receiver of this plan. Did you mean "gmail"?'],
    ['a metric that does not exist', { gates: [{ metric: 'time_to_blok', statistic: 'p95', rule: 'atMost', limit: '4h' }] },
      'x.ts: gates[0].metric is "time_to_blok"; it is the name of a metric. Did you mean "time_to_block"?'],
    ['a limit in another unit', { gates: [{ metric: 'fp.tenants', statistic: 'mean', rule: 'atMost', limit: '4h' }] },
      'x.ts: gates[0].limit (of fp.tenants) is "4h", which is not a share; it is a share from \'0%\' to \'100%\'.'],
    ['a rule this version does not model', { registers: [{ name: 'psbl', preset: 'hostkarma' }] },
      'which decides by "ratioScore"; this version models the trap-hit rule: spamhaus-css, '],
    ['a desk that closes before it opens', { desk: { opens: '18h', closes: '8h' } },
      'x.ts: desk.opens is 18h; it is before closes, 8h. A desk that never closes opens at \'0h\' and closes at \'24h\'.'],
  ];
  test.each(contrary)('%s', (_what, change, line) => {
    const lines = spoilt(change);
    expect(lines.join('\n')).toContain(line);
    expect(lines).toHaveLength(new Set(lines).size);
  });

  test.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '127.0.0.1', '100.64.0.1', '224.0.0.1', '169.254.1.1'])(
    'the private address %s', (address) => {
      expect(spoilt({ pools: [{ name: 'shared', addresses: [address] }] })).toHaveLength(1);
    });
  test.each(['192.0.2.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '9.255.255.255', '11.0.0.0', '223.255.255.255'])(
    'the address %s is none', (address) => {
      expect(spoilt({ pools: [{ name: 'shared', addresses: [address] }] })).toEqual([]);
    });

  test('a register of another rule is taken where the plan gives it a trap-hit rule', () => {
    const rule = { trapThreshold: 2, window: '1d', expiry: '1d' };
    expect(spoilt({ registers: [{ name: 'psbl', preset: 'spamcop-scbl', rule }] })).toEqual([]);
  });
});

test('all mistakes are told at once, those of reading and those of sense', () => {
  const lines = spoilt((plan) => ({
    ...plan,
    length: '3 days',
    tenants: [{ ...plan.tenants[0], count: 0 }, { ...plan.tenants[1], pool: 'shard' }],
    incidents: [{ ...plan.incidents![0], who: { group: 'nobody' } }],
    gates: [{ metric: 'x', statistic: 'p95', rule: 'atMost', limit: '4h' }],
  }));
  expect(lines.map((line) => line.split(' ')[1])).toEqual(
    ['length', 'tenants[0].count', 'tenants[1].pool', 'incidents[0].who.group', 'gates[0].metric']);
});
