// What innocents lose for the address' sake: by the receiver's own reason, whatever the words of its reply.

import { expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { daysOf } from '../../../../sim/world/measures/day-tally.ts';
import { shutOut } from '../../../../sim/world/receivers/limits.ts';
import { newReputation } from '../../../../sim/world/receivers/reputation.ts';
import type { AddressKind } from '../../../../sim/world/senders/addresses.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, hour, mail, minute, mute, worldOf } from '../stage.ts';

const at = (receiver: Omit<PlanInput['receivers'][number], 'name' | 'share'>): World =>
  worldOf({
    receivers: [{ name: 'there', share: '100%', ...receiver }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });

/** Whether a message was lost for the address' sake, ten minutes on. */
const isLost = (world: World, kind: AddressKind = 'person'): boolean => {
  const message = mail(world, [address(world, kind)]);
  advance(world, world.agenda.now + 10 * minute);
  expect(message.delivered).toBe(0);
  return message.turnedAway;
};

test('Free says of an address what it says of content, and only the former counts', () => {
  const said = (world: World) => world.tally.replies.map((row) => row.class);
  const ofContent = at({ preset: 'free', wrong: '100%' });
  expect(isLost(ofContent)).toBe(false);
  expect(said(ofContent)).toEqual(['spamBlock']);

  const ofAddress = at({ preset: 'free', wrong: '0%' });
  for (let sent = 0; sent < 60; sent += 1) mail(ofAddress, [address(ofAddress, 'unknown')]);
  advance(ofAddress, 10 * minute);
  expect(isLost(ofAddress)).toBe(true);
  expect(said(ofAddress).at(-1)).toBe('spamBlock');
});

test('mail that QQ bars for its frequency is lost for the address’ sake', () => {
  const world = at({ preset: 'qq', wrong: '0%' });
  const [receiver] = world.receivers;
  shutOut(receiver!.senders[0]!, 30 * minute, receiver!.replies.rateLimit);
  expect(isLost(world)).toBe(true);
  expect(isLost(world, 'unknown')).toBe(true);
});

test('a domain of bad name at QQ and an unknown user lose nothing for the address’ sake', () => {
  const world = at({ preset: 'qq', wrong: '0%' });
  expect(isLost(world, 'unknown')).toBe(false);
  const { domains } = world.receivers[0]!;
  domains.set(0, { ...newReputation(), hour: 0, level: 2, taken: 1_000 });
  expect(isLost(world)).toBe(false);
});

test('a copy is given up for the address’ sake where that was the matter when it was last tried', () => {
  const givenUp = (last: 'rateLimit' | 'mailboxFull'): boolean => {
    const world = worldOf({
      receivers: [{ name: 'there', share: '100%', preset: 'outlook-consumer' }],
      tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
      outbound: { giveUp: '1h' },
    });
    const [receiver] = world.receivers;
    const { rateLimit, mailboxFull } = receiver!.replies;
    world.transport = {
      deliver: () => {
        const isLast = world.agenda.now >= 30 * minute;
        const kind = isLast ? last : last === 'rateLimit' ? 'mailboxFull' : 'rateLimit';
        receiver!.blame = kind === 'rateLimit' ? rateLimit : null;
        const { code, enhanced, text } = kind === 'rateLimit' ? rateLimit : mailboxFull;
        return [{ code, enhanced: enhanced ?? '', text, class: kind }];
      },
      ask: () => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }),
    };
    const message = mail(world, [address(world)]);
    advance(world, 3 * hour);
    expect(message.open).toBe(0);
    return message.turnedAway;
  };
  expect([givenUp('rateLimit'), givenUp('mailboxFull')]).toEqual([true, false]);
});

test('giving up is no try of its own: nobody outside sees it', () => {
  const world = at({ preset: 'outlook-consumer' });
  const { rateLimit } = world.receivers[0]!.replies;
  const { code, enhanced, text } = rateLimit;
  let asked = 0;
  world.transport = {
    deliver: () => {
      asked += 1;
      return [{ code, enhanced: enhanced ?? '', text, class: 'rateLimit' }];
    },
    ask: () => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }),
  };
  const message = mail(world, [address(world)]);
  advance(world, 7 * 24 * hour);
  expect(message.open).toBe(0);
  const { addresses } = daysOf(world);
  expect(addresses[0]!.tries.reduce((sum, tries) => sum + tries, 0)).toBe(asked);
});
