// What a zone says: of our addresses, of the test points, and while something is wrong with it; in memory and
// from a real name server alike.

import { afterEach, describe, expect, test } from 'vitest';
import { startRegisterServer, type RegisterServer } from '../../../../mocks/index.ts';
import type { IncidentPlan } from '../../../../sim/plan/schema.ts';
import { meaningOf, zoneAnswer, zoneAnswerFor } from '../../../../sim/world/registers/zone.ts';
import { DnsClient } from '../../../../testbed/dns-client.ts';
import { advance, day, hour, isPublished, minute } from '../stage.ts';
import { hit, see, slowest, type Stage, withRegister } from './one-register.ts';

type FaultId = Extract<IncidentPlan, { kind: 'register-fault' }>['fault'];

/** A register that fails from hour 1 to hour 3; tests hit it before or after. */
const failing = (fault: FaultId): Stage =>
  withRegister({ trapThreshold: 1 }, 'psbl', 'one', {
    incidents: [{ kind: 'register-fault', at: '1h', register: 'watch', fault, length: '2h' }],
  });

const says = ({ world, register }: Stage): readonly string[] => zoneAnswer(world, register, 0).codes;
const saysOf = ({ world, register }: Stage, ip: string): readonly string[] =>
  zoneAnswerFor(world, register, ip).codes;

describe('a sound zone', () => {
  test('names 127.0.0.2 and never 127.0.0.1 (RFC 5782), and nobody it knows nothing of', () => {
    const stage = withRegister();
    expect(saysOf(stage, '127.0.0.2')).toEqual(['127.0.0.2']);
    expect(saysOf(stage, '127.0.0.1')).toEqual([]);
    expect(saysOf(stage, '203.0.113.7')).toEqual([]);
    expect(saysOf(stage, '192.0.2.10')).toEqual([]);
  });

  test('of a domain list answers questions for addresses with an error code', () => {
    const stage = withRegister({}, 'spamhaus-dbl');
    expect(says(stage)).toEqual(['127.0.1.255']);
    expect(meaningOf(stage.register, '127.0.1.255')).toBe('error');
  });

  test('of a domain list names no address of ours, so its listings are none of ours', () => {
    const stage = withRegister({}, 'spamhaus-dbl');
    hit(stage, 3);
    advance(stage.world, day);
    expect(isPublished(stage.register)).toBe(true);
    expect(stage.world.tally.listings).toEqual([]);
    const said = stage.world.tally.timeline.map(({ what }) => what);
    expect(said).toContain('watch lists domains sent by 192.0.2.10: 3 trap hits');
  });
});

describe('a fault', () => {
  test('that lists the world names everyone, 127.0.0.1 too, and is over when it is over', () => {
    const stage = failing('list-world-127.0.0.2');
    advance(stage.world, 2 * hour);
    for (const ip of ['192.0.2.10', '127.0.0.1', '203.0.113.7'])
      expect(saysOf(stage, ip)).toEqual(['127.0.0.2']);
    advance(stage.world, 3 * hour);
    expect(saysOf(stage, '192.0.2.10')).toEqual([]);
    expect(stage.world.tally.listings).toEqual([]);
  });

  test('of an expired domain answers with a host outside 127/8, to every question', () => {
    const stage = failing('domain-expired-wildcard');
    advance(stage.world, 2 * hour);
    const [code = ''] = says(stage);
    expect(code).not.toMatch(/^127\./);
    expect(meaningOf(stage.register, code)).toBe('foreign');
    expect(saysOf(stage, '127.0.0.2')).toEqual([code]);
  });

  test('of an emptied zone forgets the listed and the test point', () => {
    const stage = failing('graceful-empty');
    hit(stage);
    advance(stage.world, 2 * hour);
    expect(isPublished(stage.register)).toBe(true);
    expect([says(stage), saysOf(stage, '127.0.0.2')]).toEqual([[], []]);
    advance(stage.world, 3 * hour);
    expect(says(stage)).toEqual(['127.0.0.2']);
  });

  test('of dead or refusing name servers is no answer, neither listed nor clean', () => {
    for (const [fault, failure] of [['ns-blackhole', 'timeout'], ['refused', 'refused']] as const) {
      const stage = failing(fault);
      hit(stage);
      advance(stage.world, 2 * hour);
      expect(zoneAnswer(stage.world, stage.register, 0)).toMatchObject({ codes: [], failure });
      advance(stage.world, 3 * hour);
      expect(zoneAnswer(stage.world, stage.register, 0).failure).toBe('none');
    }
  });

  test('of a stale mirror gives the old answer to a third of the questions', () => {
    const stage = failing('stale-mirror');
    hit(stage);
    advance(stage.world, hour + 1);
    expect(isPublished(stage.register)).toBe(true);
    stage.register.dossiers[0]!.published = false;
    let old = 0;
    for (let asked = 1; asked <= 300; asked += 1) {
      advance(stage.world, hour + asked * 10_000);
      if (says(stage).length > 0) old += 1;
    }
    // 300 questions, a third expected: outside 70 to 130 less than once in 4,000 times.
    expect(old).toBeGreaterThan(70);
    expect(old).toBeLessThan(130);
  });

  test('that lists a big provider is a listing of all our addresses, taken back with the fault', () => {
    const stage = failing('lists-big-provider');
    advance(stage.world, 2 * hour + slowest(stage.register) - hour);
    expect(isPublished(stage.register)).toBe(true);
    advance(stage.world, 3 * hour + slowest(stage.register));
    expect(stage.world.tally.listings.map(({ ending }) => ending)).toEqual(['a mistake taken back']);
  });

  test('that lists a big provider does so for its length, however soon the register lets others go', () => {
    const fault = 'lists-big-provider';
    const stage = withRegister({}, 'spamcop-scbl', 'one', {
      incidents: [{ kind: 'register-fault', at: '1h', register: 'watch', fault, length: '3d' }],
    });
    advance(stage.world, 3 * day);
    expect(isPublished(stage.register)).toBe(true);
    advance(stage.world, 3 * day + 2 * hour);
    expect(isPublished(stage.register)).toBe(false);
    expect(stage.world.tally.listings.map(({ ending }) => ending)).toEqual(['a mistake taken back']);
  });

  test('that outlasts fresh evidence leaves that evidence its own time', () => {
    const stage = withRegister({ trapThreshold: 1 }, 'psbl', 'one', {
      incidents: [
        { kind: 'register-fault', at: '1h', register: 'watch', fault: 'lists-big-provider', length: '30d' },
      ],
    });
    advance(stage.world, 30 * day);
    hit(stage);
    advance(stage.world, 50 * day);
    expect(isPublished(stage.register)).toBe(true);
    advance(stage.world, 52 * day);
    expect(isPublished(stage.register)).toBe(false);
  });
});

describe('on the wire', () => {
  let server: RegisterServer | undefined;
  let dns: DnsClient | undefined;
  afterEach(async () => {
    await dns?.close();
    await server?.close();
  });

  const zone = 'watch.rbl.test';
  const serve = async ({ world, register }: Stage): Promise<(ip: string) => Promise<object>> => {
    const lookup = (ip: string) => zoneAnswerFor(world, register, ip);
    server = await startRegisterServer({ zones: [{ zone, lookup, knowsTestPoints: true }] });
    dns = new DnsClient({ timeoutMs: 500, tries: 1 });
    return (ip) => dns!.consult(server!.port, zone, ip);
  };

  test.each([
    ['list-world-127.0.0.2', { codes: ['127.0.0.2'], failure: 'none' }, { codes: ['127.0.0.2'] }],
    ['domain-expired-wildcard', { codes: ['203.0.113.80'] }, { codes: ['203.0.113.80'] }],
    ['graceful-empty', { codes: [], failure: 'none' }, { codes: [], failure: 'none' }],
    ['ns-blackhole', { codes: [], failure: 'timeout' }, { codes: [], failure: 'timeout' }],
    ['refused', { codes: [], failure: 'refused' }, { codes: [], failure: 'refused' }],
  ] as const)('%s shows in the test points as it does in memory', async (fault, test1, test2) => {
    const stage = failing(fault);
    advance(stage.world, 2 * hour);
    const ask = await serve(stage);
    expect(await ask('127.0.0.1')).toMatchObject(test1);
    expect(await ask('127.0.0.2')).toMatchObject(test2);
    expect(await ask('192.0.2.10')).toMatchObject(test1);
  });

  test('a composite gives one A record for each of its members that lists', async () => {
    const stage = withRegister({}, 'spamhaus-zen');
    for (const id of ['spamhaus-css', 'spamhaus-xbl']) {
      const register = stage.register.members.find(({ preset }) => preset.id === id)!;
      hit({ world: stage.world, register }, 3);
    }
    advance(stage.world, 2 * hour);
    const ask = await serve(stage);
    expect(await ask('192.0.2.10')).toMatchObject({ codes: ['127.0.0.3', '127.0.0.4'], ttlS: 60 });
  });
});

test('Hostkarma praises the good and calls the mixed yellow, which only a careless receiver counts', () => {
  const stage = withRegister({}, 'hostkarma');
  see(stage, 200, 0);
  expect(says(stage)).toEqual(['127.0.0.1']);
  expect(meaningOf(stage.register, '127.0.0.1')).toBe('white');
  see(stage, 100, 50);
  expect(says(stage)).toEqual(['127.0.0.3']);
  expect(meaningOf(stage.register, '127.0.0.3')).toBe('neutral');
});

test('Proofpoint delays for minutes before it blocks, and clears who sent no more', () => {
  const calm = withRegister({}, 'proofpoint-pdr');
  const busy = withRegister({}, 'proofpoint-pdr');
  for (const stage of [calm, busy]) {
    see(stage, 10, 10);
    advance(stage.world, calm.register.decides + 1);
    stage.register.dossiers[0]!.published = true;
    expect(says(stage).map((code) => meaningOf(stage.register, code))).toEqual(['delay']);
  }
  see(busy, 10, 10);
  for (const stage of [calm, busy]) advance(stage.world, calm.register.decides + 10 * minute);
  expect(calm.register.dossiers[0]!.decided).toBe(false);
  expect(says(busy).map((code) => meaningOf(busy.register, code))).toEqual(['listed']);
  advance(busy.world, day);
  expect(busy.register.dossiers[0]!.decided).toBe(false);
});
