// Cold addresses: how much they take on by their schedule, and where the rest goes.

import { expect, test } from 'vitest';
import { warmupSchedules } from '../../../../sim/presets/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { addressFor } from '../../../../sim/world/platform/pools.ts';
import type { Message } from '../../../../sim/world/platform/message.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, day, hour, mute, worldOf } from '../stage.ts';

const schedule = warmupSchedules.find(({ id }) => id === 'sendgrid-like-17d')!.perDay;
const warm = '192.0.2.10' as const;
const cold = '198.51.100.10' as const;

const platform = (pool: Partial<PlanInput['pools'][number]>): World =>
  worldOf({
    pools: [{ name: 'shared', addresses: [warm, cold], cold: [cold], warmup: 'sendgrid-like-17d', ...pool }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });

/** How many of so many attempts made now leave by each address. */
const shares = (world: World, attempts: number): readonly number[] => {
  const count = world.ips.map(() => 0);
  const pool = world.pools.get('shared')!;
  for (let number = 0; number < attempts; number += 1) {
    const message = { actor: world.actors[0]!, number } as unknown as Message;
    count[addressFor(world, pool, message, [])]! += 1;
  }
  return count;
};

test('a cold address takes on what its schedule says each day, and the warm ones take the rest', () => {
  const world = platform({});
  for (let today = 0; today < 5; today += 1) {
    advance(world, today * day + 3 * hour);
    expect(shares(world, 3_000)).toEqual([3_000 - schedule[today]!, schedule[today]]);
  }
});

test('the schedule begins on the day the address first sends, and a quiet day counts', () => {
  const world = platform({});
  advance(world, 9 * day);
  expect(shares(world, 1_000)[1]).toBe(schedule[0]);
  advance(world, 12 * day);
  expect(shares(world, 3_000)[1]).toBe(schedule[3]);
});

test('after its last day it is as good as any, until it rests for more than 30 days', () => {
  const world = platform({});
  shares(world, 10);
  advance(world, schedule.length * day);
  expect(shares(world, 400_000)).toEqual([200_000, 200_000]);
  advance(world, (schedule.length + 31) * day);
  expect(shares(world, 1_000)[1]).toBe(schedule[0]);
});

test('without a schedule a cold address takes its full share at once', () => {
  expect(shares(platform({ warmup: 'none' }), 1_000)).toEqual([500, 500]);
});

test('where all addresses are cold nothing waits', () => {
  expect(shares(platform({ cold: [warm, cold] }), 1_000)).toEqual([500, 500]);
});
