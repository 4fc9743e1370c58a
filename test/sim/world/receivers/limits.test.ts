// How much a receiver takes from an address, and how long it bars one that exceeds it.

import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../../policy/index.ts';
import { receiverIds } from '../../../../sim/presets/index.ts';
import { endsConnection, newSender, shutOut } from '../../../../sim/world/receivers/limits.ts';
import { address, advance, day, hour, minute, second } from '../stage.ts';
import {
  type Circumstances, converse, letter, sendOne, there, withReceiver,
} from './there.ts';

const sharp = { caught: '100%', wrong: '0%' } as const;
const cold = [{ name: 'shared', addresses: ['192.0.2.10'], cold: ['192.0.2.10'] }];

describe('limits', () => {
  test('QQ bars with 550 for minutes, for hours, for the rest of the day, and each heals', () => {
    const bar = (gap: number, count: number): number => {
      const world = withReceiver('qq', { says: sharp });
      for (let sent = 0; sent <= count; sent += 1) {
        advance(world, world.agenda.now + gap);
        const { code, text } = sendOne(world);
        if (code < 300) continue;
        expect(code).toBe(550);
        expect(text).toContain('Ip frequency limited');
        const until = there(world).senders[0]!.shutUntil;
        const lasts = until - world.agenda.now;
        advance(world, until);
        expect(sendOne(world).code).toBe(250);
        return lasts;
      }
      throw new Error('never barred');
    };
    expect(bar(0, 60)).toBe(10 * minute);
    expect(bar(2 * second, 1_100)).toBe(2 * hour);
    // 720 an hour: the 10,001st of the day in China comes after 16:00 UTC.
    expect(bar(5 * second, 22_000)).toBeGreaterThan(2 * hour);
  });

  test('Gmail takes 500 messages of a new address on its first day, twice as many on each it sends', () => {
    const world = withReceiver('gmail', { pools: cold, says: sharp });
    const taken = (): number => {
      let count = 0;
      while (sendOne(world).code === 250) count += 1;
      return count;
    };
    expect(taken()).toBe(500);
    advance(world, day);
    expect(taken()).toBe(1_000);
    // A day on which it sends nothing wins it nothing.
    advance(world, 3 * day);
    expect(taken()).toBe(2_000);
    // And after a month of silence nobody knows it any more.
    advance(world, 34 * day + 2 * hour);
    expect(taken()).toBe(500);
  });

  test('whoever has no rule for new addresses takes as much of one as of any other', () => {
    const refused = receiverIds.filter((preset) => {
      const world = withReceiver(preset, { pools: cold, says: sharp });
      const key = address(world);
      let last: Reply | undefined;
      for (let sent = 0; sent < 600; sent += 1) {
        advance(world, world.agenda.now + 4 * second);
        last = converse(world, letter(), key).reply;
      }
      return last!.code >= 300;
    });
    // Gmail takes 500 a day, and Microsoft's business mail all after 15 minutes.
    expect(refused.sort()).toEqual(['gmail', 'outlook-consumer', 'rackspace', 't-online']);
  });

  test.each(['qq', 'netease-163'] as const)('%s takes 10,000 a day, of a new address too', (preset) => {
    const taken = (pools: NonNullable<Circumstances['pools']>): number => {
      const world = withReceiver(preset, { pools, says: sharp });
      let count = 0;
      // From midnight in China on; 999 an hour.
      for (let at = 16 * hour; at < 40 * hour; at += 3_604) {
        advance(world, at);
        if (sendOne(world).code === 250) count += 1;
      }
      return count;
    };
    expect(taken(cold)).toBe(10_000);
    expect(taken([{ name: 'shared', addresses: ['192.0.2.10'] }])).toBe(10_000);
  });

  test('an address that sent nothing for 30 days is new again', () => {
    const world = withReceiver('gmail');
    sendOne(world);
    advance(world, 30 * day);
    sendOne(world);
    expect(there(world).senders[0]!.cold).toBe(false);
    advance(world, 60 * day + 2 * hour);
    sendOne(world);
    expect(there(world).senders[0]!.cold).toBe(true);
  });

  test('who is barred for long is not let in sooner for a lesser offence', () => {
    const sender = newSender(false);
    const { rateLimit, unknownUserRate } = there(withReceiver('qq')).replies;
    shutOut(sender, hour, rateLimit);
    shutOut(sender, minute, unknownUserRate);
    expect([sender.shutUntil, sender.shutBy]).toEqual([hour, rateLimit]);
    shutOut(sender, day, unknownUserRate);
    expect([sender.shutUntil, sender.shutBy]).toEqual([day, unknownUserRate]);
  });

  test('connections that are open at once each take their messages', () => {
    const ends = (open: number): number => {
      const sender = newSender(false);
      for (let sent = 1; ; sent += 1) if (endsConnection(sender, 2, open, sent)) return sent;
    };
    expect([ends(0), ends(1), ends(3)]).toEqual([3, 3, 7]);
  });

  test('of fewer than fifty recipients asked for, however many unknown, nothing follows', () => {
    const world = withReceiver('gmx-webde');
    for (let sent = 0; sent < 48; sent += 1) converse(world, letter(), address(world, 'unknown'));
    expect(converse(world).reply.code).toBe(250);
  });

  test('GMX puts off for its hour a sender of whose recipients more than a tenth are not there', () => {
    const world = withReceiver('gmx-webde');
    for (let sent = 0; sent < 45; sent += 1) converse(world);
    for (let sent = 0; sent < 5; sent += 1) converse(world, letter(), address(world, 'unknown'));
    expect(converse(world).reply.code).toBe(250);
    converse(world, letter(), address(world, 'unknown'));
    expect(converse(world).reply).toMatchObject({ code: 421, class: 'reputationDefer' });
    advance(world, hour - 1);
    expect(converse(world).reply.code).toBe(421);
    advance(world, hour);
    expect(converse(world).reply.code).toBe(250);
  });
});
