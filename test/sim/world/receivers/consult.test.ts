// What a receiver makes of a register that fails.

import { describe, expect, test } from 'vitest';
import { setCountsAnyA, setResolverFault } from '../../../../sim/world/receivers/consult.ts';
import { address, advance, advanceUntil, day, hour, mail, mute, second, worldOf } from '../stage.ts';
import {
  list, register, sendOne, there, withReceiver,
} from './there.ts';

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
