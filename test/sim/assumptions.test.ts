// What a plan rests on is told of the parts that it has, and of no others.

import { describe, expect, test } from 'vitest';
import { type Assumption, assumptionsIn, assumptionsOf } from '../../sim/assumptions.ts';
import { defaults } from '../../sim/assumptions/defaults.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { registerIds } from '../../sim/presets/index.ts';
import { goodPlan } from '../plan/sample.ts';
import { fullPlan } from '../reports/plan-fixture.ts';

const told = (change: Partial<PlanInput> = {}): readonly Assumption[] =>
  assumptionsIn(readPlan({ ...goodPlan(), ...change }, 'x.ts'));
const names = (change: Partial<PlanInput> = {}): readonly string[] => told(change).map(({ name }) => name);
const only = (preset: string): Partial<PlanInput> =>
  ({ receivers: [{ name: 'one', preset, share: '100%' }] as PlanInput['receivers'] });
const registers = (preset: string): Partial<PlanInput> =>
  ({ registers: [{ name: preset, preset }] as PlanInput['registers'], ...only('gmail') });
const attack = goodPlan().incidents![0]!;

describe('a constant of the model is told where a plan has what it is for', () => {
  const moving = { incidents: [{ ...attack, whenBlocked: 'move' }] } as Partial<PlanInput>;
  const script = { incidents: [{ ...attack, how: 'outdated-script' }] } as Partial<PlanInput>;
  const shop = {
    tenants: [{ name: 'offices', count: 2, pool: 'shared', stream: { kind: 'shop', perDay: 9 } }],
  } as Partial<PlanInput>;
  const nobody = { incidents: [] } as Partial<PlanInput>;
  const spamcop = registers('spamcop-scbl');
  const mail = { desk: { staff: 0 } } as Partial<PlanInput>;
  test.each([
    ['how soon an attacker notices', 'personNotices', moving, {}],
    ['how many accounts he holds', 'mostMoves', moving, {}],
    ['the hours of a thief', 'thiefsDay', {}, script],
    ['the bursts of a script', 'burstRate', script, {}],
    ['the hours of shops', 'shopHours', shop, {}],
    ['the hours of offices', 'officeHours', {}, shop],
    ['the owner who has his account back', 'recoverySigma', {}, nobody],
    ['the work on a ticket', 'answeringMs', {}, mail],
    ['people who write to abuse@', 'writtenShare', {}, nobody],
    ['own reputation', 'moreJunk', {}, only('small-postfix')],
    ["Tencent's frequencies", 'frequencies', only('qq'), {}],
    ["Talos's weights", 'forSpam', registers('talos-sbrs'), {}],
    ['kinds of trap by grade', 'trapsTaken', {}, registers('mailspike')],
    ['handwriting of bots', 'botShows', registers('spamhaus-xbl'), {}],
    ['handwriting of bots, inside a composite', 'botShows', registers('spamhaus-zen'), {}],
    ['reports to SpamCop', 'reporters', spamcop, { ...spamcop, ...nobody }],
    ["the SBL's threshold", 'manualThreshold', registers('spamhaus-sbl'), {}],
  ] as const)('%s', (_, name, having, lacking) => {
    expect(names(having as Partial<PlanInput>)).toContain(name);
    expect(names(lacking as Partial<PlanInput>)).not.toContain(name);
  });
});

describe('of a preset is told what it owns up to and the world reads', () => {
  const valueOf = (preset: string, change: Partial<PlanInput>): string =>
    told(change).find(({ name }) => name === preset)?.value ?? '';
  test('with its values, and without what the plan says otherwise', () => {
    const own = valueOf('psbl', registers('psbl'));
    expect(own).toMatch(/expiry\.seconds = \d+.*publish = minS \d+ maxS \d+.*delist\.typicalS = /);
    expect(own).not.toMatch(/txt|timeToListS\.p50|params/);
    const changed = registers('psbl').registers!.map((one) => ({ ...one, rule: { expiry: '3d' as const } }));
    expect(valueOf('psbl', { ...registers('psbl'), registers: changed })).not.toContain('expiry');
  });
  test('of one that owns up to all: all that is read, and no more', () => {
    const value = valueOf('s5h', registers('s5h'));
    expect(value).toContain('params.trapThreshold');
    expect(value).not.toMatch(/relist|falsePositive|notes/);
  });
  test('of every register something, as all have a grade or clocks that nobody published', () => {
    for (const id of registerIds) expect(valueOf(id, registers(id)), id).not.toBe('');
  });
  test('of a list what no plan said, once for all that mail to it', () => {
    const lists = told().filter(({ part }) => part === 'lists').map(({ name }) => name);
    expect(lists).toEqual(['opt-in', 'harvested']);
    const incidents = [{ ...attack, list: { kind: 'stale', unknown: '30%' } }] as PlanInput['incidents'];
    expect(valueOf('stale', { incidents })).toMatch(/^full 0.02, pristine/);
  });
});

describe('what a plan leaves at our defaults', () => {
  test('is told, and no longer once the plan says otherwise', () => {
    expect(names()).toEqual(expect.arrayContaining(['registers.coverage', 'desk.staff', 'incidents.ramp']));
    const other = names({
      registers: [{ name: 'psbl', preset: 'psbl', coverage: '10%' }],
      desk: { staff: 5 },
      incidents: [{ ...attack, ramp: '1m' } as typeof attack],
    });
    for (const name of ['registers.coverage', 'desk.staff', 'incidents.ramp']) {
      expect(other).not.toContain(name);
    }
  });
  test('has the values of the schema', () => {
    const whole = readPlan({
      ...goodPlan(),
      length: '9d',
      tenants: [...goodPlan().tenants, {
        name: 'shops', count: 3, pool: 'shared', stream: { kind: 'shop', perDay: 9 },
      }],
      incidents: [
        { ...attack, whenBlocked: 'pause' } as typeof attack,
        {
          kind: 'spammer', at: '1h', who: { group: 'shops' }, rate: '9/h', warmupRate: '1/h', length: '1h',
        },
        { kind: 'backscatter', at: '1h', who: { group: 'letters' }, rate: '9/h', length: '1h' },
      ],
    }, 'x.ts');
    const found = assumptionsIn(whole).filter(({ part }) => part === 'plan').map(({ name }) => name);
    expect(found.toSorted()).toEqual(defaults.map(({ where }) => where).toSorted());
  });
});

describe('the list as a whole', () => {
  test('begins with what results move with most, tells nothing twice, and names a part in each line', () => {
    const all = assumptionsIn(fullPlan());
    const sways = all.map(({ sway }) => sway);
    expect(sways).toEqual(sways.toSorted((one, two) => two - one));
    const lines = assumptionsOf(fullPlan());
    expect(new Set(lines).size).toBe(lines.length);
    for (const line of lines) {
      expect(line).toMatch(/^(?:plan|lists|senders|incidents|platform|receivers|registers|desk): \S/);
    }
  });
  test('says nothing of code, and nothing undefined', () => {
    expect(assumptionsOf(fullPlan()).join('\n')).not.toMatch(/undefined|NaN|\[object|=>|\?\s/);
  });
  test('has the delays of signals that are heard', () => {
    expect(names()).toContain('tenant-ticket');
    expect(names()).not.toContain('sbl-notice');
    expect(names(registers('spamhaus-sbl'))).toContain('sbl-notice');
  });
});
