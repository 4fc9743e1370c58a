// What the desk makes of a register's answer: a listing, none, or nothing at all.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { reading } from '../../../../sim/world/desk/poll.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, hour, mute, worldOf } from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

const platform = (desk: Desk = {}, changes: Partial<PlanInput> = {}, seed = 'one'): World =>
  worldOf(
    { tenants: [{ name: 'offices', count: 40, pool: 'shared', stream: mute }],
      desk: { rightly: '100%', ...desk }, ...changes },
    { seed },
  );

const said = (world: World, words: string): boolean =>
  world.tally.timeline.some(({ what }) => what.includes(words));

describe('an answer of a register', () => {
  const watch = worldOf({ registers: [{ name: 'watch', preset: 'barracuda-brbl' }] }).registers[0]!;
  const answer = (codes: readonly string[], failure: 'none' | 'timeout' | 'refused' = 'none') =>
    reading(watch, { codes, txt: '', ttlS: 60, failure });

  test('is a listing only within 127/8 and outside the error range', () => {
    expect(answer(['127.0.0.2'])).toBe('listed');
    expect(answer([])).toBe('not listed');
    for (const code of ['127.255.255.252', '127.255.255.254', '127.255.255.255', '203.0.113.7'])
      expect(answer([code]), code).toBe('unknown');
    expect(answer(['127.255.255.254', '127.0.0.2'])).toBe('listed');
  });

  test('that does not come says nothing', () => {
    expect(answer([], 'timeout')).toBe('unknown');
    expect(answer(['127.0.0.2'], 'refused')).toBe('unknown');
  });

  test('that fails leaves what the desk believes, and what the policy knows, as it was', () => {
    const world = platform({ poll: '15m' }, { registers: [{ name: 'watch', preset: 'barracuda-brbl' }] });
    let codes: readonly string[] = ['127.0.0.2'];
    let failure: 'none' | 'timeout' = 'none';
    world.transport = { ...world.transport, ask: () => ({ codes, txt: '', ttlS: 60, failure }) };
    advance(world, hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(1);
    [codes, failure] = [[], 'timeout'];
    advance(world, 3 * hour);
    codes = ['127.255.255.254'];
    failure = 'none';
    advance(world, 5 * hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(1);
    codes = [];
    advance(world, 6 * hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(0);
  });

  test('of a stale mirror, told apart by the register’s own page, brings no accusation or request', () => {
    const world = platform({}, { registers: [{ name: 'watch', preset: 'barracuda-brbl' }] });
    let codes: readonly string[] = [];
    world.transport = { ...world.transport, ask: () => ({ codes, txt: '', ttlS: 60, failure: 'none' }) };
    advance(world, 9 * hour);
    for (let one = 0; one < 40; one += 1) world.ledger.addBounced(world.accounts[0]!.id, 9 * hour);
    for (let flap = 0; flap < 4; flap += 1) {
      codes = flap % 2 === 0 ? ['127.0.0.2'] : [];
      advance(world, (11 + 2 * flap) * hour);
    }
    const page = world.tally.timeline.filter(({ what }) => what.includes('itself no longer lists'));
    expect(page).toHaveLength(1);
    expect([world.tally.accusations.length, world.desk.requests]).toEqual([0, 0]);
  });

  test('from a register that lists the world brings no accusation and no request', () => {
    const world = platform({}, { registers: [{ name: 'watch', preset: 'barracuda-brbl' }] });
    world.registers[0]!.fault = 'list-world-127.0.0.2';
    advance(world, 9 * hour);
    for (let one = 0; one < 40; one += 1) world.ledger.addBounced(world.accounts[0]!.id, 9 * hour);
    advance(world, 14 * hour);
    expect(said(world, 'lists the whole world')).toBe(true);
    expect([world.tally.accusations.length, world.desk.requests]).toEqual([0, 0]);
  });
});
