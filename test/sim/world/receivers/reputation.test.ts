// A bad name at a receiver: slowed, blocked and forgiven, each by an example that can be checked by hand.

import { describe, expect, test } from 'vitest';
import { zero } from '../../../../policy/index.ts';
import { pressButton } from '../../../../sim/world/receivers/complaints.ts';
import { allowance, liftBlock } from '../../../../sim/world/receivers/reputation.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, mail, minute, mute, second, worldOf } from '../stage.ts';
import {
  type Circumstances, flood, letter, post, type ReceiverInput, send, sendOne, there, withReceiver,
} from './there.ts';

const sharp = { caught: '100%', wrong: '0%' } as const;

/** A receiver that has blocked our first address, for all its mail was spam. */
const blocking = (preset: ReceiverInput['preset'], given: Circumstances = {}): World => {
  const world = withReceiver(preset, { says: sharp, ...given });
  block(world);
  return world;
};
const block = (world: World): void => {
  const { blockedUntil } = there(world).reputations[0]!;
  for (let sent = 0; sent < 400 && there(world).reputations[0]!.blockedUntil === blockedUntil; sent += 1) {
    advance(world, world.agenda.now + 3 * second);
    sendOne(world, 'abusive');
  }
};
const blockedFor = (world: World): number => there(world).reputations[0]!.blockedUntil - world.agenda.now;

describe('blocks', () => {
  test('Orange shuts an address out for 2 h, and twice as long when it comes back to its ways', () => {
    const world = blocking('orange');
    expect(blockedFor(world)).toBe(2 * hour);
    const end = world.agenda.now + 2 * hour;
    advance(world, end - 1);
    expect(sendOne(world).text).toContain('OFR_999');
    advance(world, end);
    expect(sendOne(world).code).toBe(250);
    block(world);
    expect(blockedFor(world)).toBe(4 * hour);
  });

  test('SFR shuts out for 2 h each time, Free for half a day', () => {
    const sfr = blocking('sfr');
    expect(blockedFor(sfr)).toBe(2 * hour);
    advance(sfr, sfr.agenda.now + 2 * hour);
    block(sfr);
    expect(blockedFor(sfr)).toBe(2 * hour);
    expect(blockedFor(blocking('free'))).toBe(12 * hour);
  });

  test('Yahoo puts off for 2 days, then for good with a 4yz that no retry heals; only people lift it', () => {
    const world = blocking('yahoo');
    expect(blockedFor(world)).toBe(2 * day);
    advance(world, world.agenda.now + 2 * day);
    block(world);
    advance(world, 300 * day);
    const reply = sendOne(world);
    expect(reply.code).toBe(421);
    expect(reply.text).toContain('TS03');
    liftBlock(there(world), 0);
    expect(sendOne(world).code).toBe(250);
  });

  test('S3150 is a 5yz, and heals by itself after the block’s 2 days', () => {
    const world = blocking('outlook-consumer');
    const end = world.agenda.now + 2 * day;
    advance(world, end - 1);
    expect(sendOne(world).text).toContain('S3150');
    advance(world, end);
    expect(sendOne(world).code).toBe(250);
  });

  test('at Outlook a neighbour of the same /24 pays too, at Yahoo it does not', () => {
    const pools = [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.99', '198.51.100.1'] }];
    const from = (world: World, at: number): number =>
      post(world, letter(), [address(world, 'person')], at)[0]!.code;
    const outlook = blocking('outlook-consumer', { pools });
    expect([from(outlook, 0), from(outlook, 1), from(outlook, 2)]).toEqual([550, 550, 250]);
    const yahoo = blocking('yahoo', { pools });
    expect([from(yahoo, 0), from(yahoo, 1), from(yahoo, 2)]).toEqual([421, 250, 250]);
  });

  test('the block follows a sender that does not slow down after 4yz, and spares one that does', () => {
    const slowedTwice = (perHour: number): boolean => {
      const world = withReceiver('outlook-consumer', { says: sharp });
      flood(world, 300);
      flood(world, 40, 'abusive');
      for (let past = 1; past <= 6; past += 1) {
        advance(world, past * hour);
        flood(world, perHour);
      }
      return there(world).reputations[0]!.blockedUntil > 0;
    };
    expect(slowedTwice(25)).toBe(false);
    expect(slowedTwice(400)).toBe(true);
  });

  test('unknown users alone put off, from the share at which it acts on, and never block', () => {
    const knocking = (missing: number): World => {
      const world = withReceiver('outlook-consumer', { says: sharp });
      const gone = address(world, 'unknown');
      const mailed = (count: number): void => {
        for (let sent = 0; sent < count; sent += 1) {
          send(world, (sent * 37) % 100 < missing ? gone : address(world, 'person'));
        }
      };
      mailed(400);
      for (let past = 1; past <= 6; past += 1) {
        advance(world, past * hour);
        mailed(900);
      }
      return world;
    };
    // Microsoft acts from a tenth on.
    const levels = [7, 14, 30].map((missing) => there(knocking(missing)).reputations[0]!);
    expect(levels.map(({ level }) => level)).toEqual([0, 1, 2]);
    expect(levels.map(({ blockedUntil }) => blockedUntil)).toEqual([-1, -1, -1]);
    expect(sendOne(knocking(14)).code).toBeGreaterThan(400);
  });

  test('retries of what it put off are no reason for a block, as many of new messages are', () => {
    const blockedBy = (isRetry: boolean): boolean => {
      const world = withReceiver('outlook-consumer', { says: sharp });
      flood(world, 300);
      flood(world, 40, 'abusive');
      advance(world, hour);
      there(world).isRetry = isRetry;
      flood(world, 1_000);
      return there(world).reputations[0]!.blockedUntil > 0;
    };
    expect(blockedBy(true)).toBe(false);
    expect(blockedBy(false)).toBe(true);
  });

  test('the queue tells a first attempt from a retry', () => {
    const tenants = [{ name: 'offices', count: 1, pool: 'shared', stream: mute }];
    const greylisting = { name: 'there', preset: 'yandex', share: '100%', greylist: '5m' } as const;
    const world = worldOf({ tenants, receivers: [greylisting] });
    const message = mail(world, [address(world)]);
    advance(world, minute);
    expect([message.delivered, there(world).isRetry]).toEqual([0, false]);
    advance(world, hour);
    expect([message.delivered, there(world).isRetry]).toEqual([1, true]);
  });

  test('a bad name slows down before it blocks: 20 messages an hour at least get through', () => {
    const world = withReceiver('gmail', { says: sharp });
    flood(world, 300);
    flood(world, 40, 'abusive');
    advance(world, hour);
    const codes = Array.from({ length: 30 }, () => sendOne(world).code);
    expect(codes.filter((code) => code === 250)).toHaveLength(20);
    expect(codes.filter((code) => code === 421)).toHaveLength(10);
  });

  test('a bad name fades: what was a day ago counts half at most receivers', () => {
    const world = withReceiver('laposte', { says: sharp });
    flood(world, 180);
    flood(world, 40, 'abusive');
    expect(there(world).reputations[0]!.level).toBe(1);
    advance(world, day);
    sendOne(world);
    expect(there(world).reputations[0]!.spam).toBeCloseTo(10, 0);
  });

  test('Orange’s blocks grow to a week, and no further', () => {
    const world = blocking('orange');
    Object.assign(there(world).reputations[0]!, { blocks: 12, blockedUntil: world.agenda.now });
    block(world);
    expect(blockedFor(world)).toBe(7 * day);
  });

  test('what led to a block counts for a quarter after it, or it would be the reason for the next', () => {
    const { mail, spam } = there(blocking('orange')).reputations[0]!;
    // From a hundred messages on, all of them spam.
    expect([mail, spam]).toEqual([25, 25]);
  });

  test('four people who complain are people who err; the fifth is not', () => {
    const world = withReceiver('gmail');
    const it = there(world).reputations[0]!;
    Object.assign(it, { hour: 0, mail: 1_000 });
    const levels = Array.from({ length: 5 }, () => {
      pressButton(world, {
        kind: 'button', account: world.accounts[0]!, receiver: there(world).id, address: 0, domain: -1,
        sent: 0, taken: zero,
      });
      return it.level;
    });
    // Gmail acts at 0.3 %.
    expect(levels).toEqual([0, 0, 0, 0, 2]);
  });

  test('a name that is worse slows down more: to a half of what is usual, then to a tenth', () => {
    const world = withReceiver('gmail');
    const it = there(world).reputations[0]!;
    Object.assign(it, { hour: 0, mail: 100_000 });
    // Half of it is forgotten in 72 hours.
    const usual = 100_000 * (1 - 0.5 ** (1 / 72));
    const allowed = ([1, 2] as const).map((level) => allowance(there(world), Object.assign(it, { level })));
    expect(allowed[0]).toBeCloseTo(usual / 2, 6);
    expect(allowed[1]).toBeCloseTo(usual / 10, 6);
  });
});
