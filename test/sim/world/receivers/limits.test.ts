// How much a receiver takes from an address, and how long it bars one that exceeds it.

import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../../policy/index.ts';
import { receiverIds } from '../../../../sim/presets/index.ts';
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

  test('Gmail takes 500 messages of a new address on its first day, 1,000 on the second it sends', () => {
    const world = withReceiver('gmail', { pools: cold, says: sharp });
    const taken = (): number => {
      let count = 0;
      while (sendOne(world).code === 250) count += 1;
      return count;
    };
    expect(taken()).toBe(500);
    advance(world, day);
    expect(taken()).toBe(1_000);
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
