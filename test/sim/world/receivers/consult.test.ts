// What a receiver makes of a register that fails.

import { describe, expect, test } from 'vitest';
import { believe, setCountsAnyA, setResolverFault } from '../../../../sim/world/receivers/consult.ts';
import { address, advance, advanceUntil, day, hour, mail, mute, second, worldOf } from '../stage.ts';
import { letter, list, post, register, sendOne, there, withReceiver } from './there.ts';

describe('register faults at a receiver', () => {
  test('error codes make an unaware receiver refuse all mail, and an aware one lose its protection', () => {
    for (const [preset, code] of [['small-postfix', 554], ['yahoo', 250]] as const) {
      const world = withReceiver(preset, { registers: [register('spamhaus-css')] });
      list(world, 'spamhaus-css', preset === 'yahoo');
      setResolverFault(world, 'spamhaus-css', undefined, '127.255.255.254');
      expect(sendOne(world).code).toBe(code);
      setResolverFault(world, 'spamhaus-css', undefined, null);
      advance(world, hour);
      expect(sendOne(world).code).toBe(preset === 'yahoo' ? 553 : 250);
    }
  });

  test('a scorer adds the points of a register beyond its quota to all mail, and of no other error', () => {
    const world = withReceiver('spamassassin-scoring', {
      registers: [register('validity-rpbl')], says: { consults: ['validity-rpbl'], threshold: 1 },
    });
    const junkedWith = (code: string | null): string => {
      setResolverFault(world, 'validity-rpbl', undefined, code);
      advance(world, world.agenda.now + day);
      sendOne(world);
      return there(world).junked;
    };
    expect(junkedWith(null)).toBe('no');
    expect(junkedWith('127.255.255.255')).toBe('sender');
    expect(junkedWith('127.255.255.254')).toBe('no');
  });

  test('a receiver that counts every A record refuses the best senders of Hostkarma', () => {
    const given = { registers: [register('hostkarma')], says: { consults: ['hostkarma'] } };
    const world = withReceiver('small-postfix', given);
    const asked = there(world).consults[0]!;
    const white = { codes: ['127.0.0.1'], txt: '', ttlS: 60, failure: 'none' } as const;
    world.registers[0]!.model.otherCodes = () => white.codes;
    expect(sendOne(world).code).toBe(250);
    setCountsAnyA(world, 'hostkarma', 'there', true);
    expect(sendOne(world).code).toBe(554);
    setCountsAnyA(world, 'hostkarma', 'there', false);
    expect(sendOne(world).code).toBe(250);
    expect(asked.countsAnyA).toBe(false);
  });

  test('a dead name server costs 10 s and refuses nobody', () => {
    const took = (fault: boolean): number => {
      const world = worldOf({
        receivers: [{ name: 'there', preset: 'small-postfix', share: '100%' }],
        registers: [register('spamhaus-css')],
        tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
      });
      if (fault) Object.assign(world.registers[0]!, { fault: 'ns-blackhole' });
      const message = mail(world, [address(world, 'person')]);
      return advanceUntil(world, () => message.delivered === 1, hour);
    };
    expect(took(true) - took(false)).toBe(10 * second);
  });
});

describe('what a register says', () => {
  const both = [register('spamhaus-css'), register('psbl')];

  test('is kept by postscreen for an hour at most, by others as long as it lives', () => {
    for (const [preset, kept] of [['postscreen-strict', hour], ['small-postfix', 2 * hour]] as const) {
      const world = withReceiver(preset, { registers: [register('spamhaus-css')] });
      const asked = there(world).consults[0]!;
      believe(world, there(world), asked, 0, { codes: [], txt: '', ttlS: 7_200, failure: 'none' });
      expect(asked.until[0], preset).toBe(kept);
    }
  });

  test('of backscatter is asked about mail without a sender alone, save by who does it unsafely', () => {
    const codes = (preset: 'small-postfix' | 'uce-hardliner'): readonly number[] => {
      const world = withReceiver(preset, {
        registers: [register('backscatterer')], says: { consults: ['backscatterer'] },
      });
      list(world, 'backscatterer');
      const said = (domain: number): number =>
        post(world, letter('wanted', domain), [address(world)])[0]!.code;
      return [said(0), said(-1)];
    };
    expect(codes('small-postfix')).toEqual([250, 554]);
    expect(codes('uce-hardliner').every((code) => code >= 500)).toBe(true);
  });

  test('is told of one register where two list, the first that it asks', () => {
    const consults = both.map(({ name }) => name);
    const world = withReceiver('small-postfix', { registers: both, says: { consults } });
    for (const { name } of both) list(world, name);
    expect(sendOne(world).text).toContain('spamhaus-css.rbl.test');
  });

  test('once its domain is parked is a listing to a naive site, and nothing to a provider', () => {
    for (const [preset, code] of [['small-postfix', 554], ['yahoo', 250]] as const) {
      const world = withReceiver(preset, { registers: [register('spamhaus-css')] });
      Object.assign(world.registers[0]!, { fault: 'domain-expired-wildcard' });
      expect(sendOne(world).code, preset).toBe(code);
    }
  });

  test('counts no longer once it is asked again and does not answer', () => {
    const world = withReceiver('small-postfix', { registers: [register('spamhaus-css')] });
    list(world, 'spamhaus-css');
    expect(sendOne(world).code).toBe(554);
    Object.assign(world.registers[0]!, { fault: 'refused' });
    advance(world, hour);
    expect(sendOne(world).code).toBe(250);
  });
});
