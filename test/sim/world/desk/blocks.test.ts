// Blocks that only people lift: the desk asks for it, and when it is done.

import { expect, test } from 'vitest';
import type { World } from '../../../../sim/world/world.ts';
import { decide } from '../../../../sim/world/registers/register.ts';
import { address, advance, advanceUntil, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

/** A receiver has shut our address out for good; twelve messages find that out on Monday at nine. */
const blockedFor = (preset: 'yahoo' | 'comcast' | 'sfr'): World => {
  const world = worldOf({
    receivers: [{ name: 'there', preset, share: '100%' }],
    tenants: [{ name: 'offices', count: 12, pool: 'shared', stream: mute }],
    desk: { staff: 1, opens: '9h', closes: '17h', caseWork: '30m' },
  });
  advance(world, 9 * hour);
  const { reputations, manner } = world.receivers[0]!;
  Object.assign(reputations[0]!, {
    blockedUntil: Number.POSITIVE_INFINITY, blockedBy: manner.block.at(-1)!, blocks: 2,
  });
  for (const actor of world.actors) mail(world, [address(world)], actor);
  return world;
};
const when = (world: World, words: string): number | undefined =>
  world.tally.timeline.find(({ what }) => what.includes(words))?.at;

test('Yahoo lifts a block for good three days after the desk has asked, and takes mail again', () => {
  const world = blockedFor('yahoo');
  advance(world, 20 * day);
  const asked = when(world, 'asks there to lift its block')!;
  // Half an hour on the address, ten minutes on the form, four hours later ten more: no cause was found.
  const expected = 9 * hour + 30 * minute + 10 * minute + 4 * hour + 10 * minute;
  expect(asked - expected).toBeGreaterThanOrEqual(0);
  expect(asked - expected).toBeLessThan(2 * minute);
  expect(when(world, 'lifts its block')).toBe(asked + 3 * day);
  expect(world.receivers[0]!.reputations[0]!.blockedUntil).toBeLessThan(world.agenda.now);
  const message = mail(world, [address(world)]);
  advance(world, world.agenda.now + hour);
  expect(message.delivered).toBe(1);
});

test('Comcast, which speaks of its own blocks as of a list, answers within a day', () => {
  const world = blockedFor('comcast');
  advance(world, 20 * day);
  expect(when(world, 'lifts its block')).toBe(when(world, 'asks there to lift its block')! + day);
});

test('SFR, where one can only wait, is never asked', () => {
  const world = blockedFor('sfr');
  advance(world, 20 * day);
  expect(when(world, 'refused by there')).toBeDefined();
  expect(when(world, 'to lift its block')).toBeUndefined();
  expect(world.receivers[0]!.reputations[0]!.blockedUntil).toBe(Number.POSITIVE_INFINITY);
});

/** A receiver that refuses what it takes for spam, and what comes from our address is mostly that to it. */
const distrustedBy = (preset: 'apple' | 'gmail'): World => {
  const world = worldOf({
    receivers: [{ name: 'there', preset, share: '100%', wrong: '100%' }],
    tenants: [{ name: 'offices', count: 12, pool: 'shared', stream: mute }],
    desk: { staff: 1 },
  });
  advance(world, 9 * hour);
  Object.assign(world.receivers[0]!.reputations[0]!, { hour: 9, mail: 1_000, spam: 600, level: 2 });
  for (const actor of world.actors) mail(world, [address(world)], actor);
  return world;
};

test('Apple, which refuses messages for the address’ name, is asked, and forgets it two days later', () => {
  const world = distrustedBy('apple');
  advance(world, 9 * hour + minute);
  const [there] = world.receivers;
  expect(world.tally.replies.map(({ reply }) => reply)).toEqual(['550 5.7.1']);
  advance(world, 4 * day);
  const asked = when(world, 'asks there to lift its block')!;
  expect(when(world, 'lifts its block')).toBe(asked + 2 * day);
  expect(there!.reputations[0]!.level).toBe(0);
});

test('Gmail, which refuses in the same way, is seen to, and answers nobody', () => {
  const world = distrustedBy('gmail');
  advance(world, 20 * day);
  expect(when(world, 'refused by there')).toBeDefined();
  expect(when(world, 'to lift its block')).toBeUndefined();
});

test('who refuses for a register’s listing is not asked to lift a block of its own', () => {
  const world = worldOf({
    receivers: [{ name: 'there', preset: 'm365', share: '100%', consults: ['css'] }],
    registers: [{ name: 'css', preset: 'spamhaus-css' }],
    tenants: [{ name: 'offices', count: 12, pool: 'shared', stream: mute }],
    desk: { staff: 1 },
  });
  advance(world, 9 * hour);
  decide(world, world.registers[0]!, 0, true, 'a test');
  advance(world, 10 * hour);
  for (const actor of world.actors) mail(world, [address(world)], actor);
  advance(world, 4 * day);
  expect(when(world, 'refused by there')).toBeDefined();
  expect(when(world, 'to lift its block')).toBeUndefined();
});

test('a block that is back, or was never lifted, is asked about again a day later', () => {
  const world = blockedFor('comcast');
  const asks = (): number => world.tally.timeline.filter(({ what }) => what.startsWith('asks there')).length;
  advanceUntil(world, () => when(world, 'lifts its block') !== undefined, 4 * day);
  const lifted = world.agenda.now;
  expect(asks()).toBe(1);
  advance(world, lifted + day + 9 * hour);
  expect(asks()).toBe(2);
});
