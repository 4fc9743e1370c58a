// Who has the name of a sweep, by itself: of several who want it, one; it outlasts neither its holder nor a
// full Redis.

import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { claim, isTaken, renew } from '../../sweep/queue/claim.ts';
import { names } from '../../sweep/queue/redis.ts';
import { silentFor } from '../../sweep/queue/shared.ts';
import { redisMissing, type RedisServer, startRedis } from './redis-server.ts';

let server: RedisServer | undefined;
let redis: Redis;
beforeAll(async () => {
  if (redisMissing === '') server = await startRedis();
  else console.log(`skipped: ${redisMissing}`);
});
beforeEach(() => {
  if (server !== undefined) redis = new Redis(server.url);
});
afterEach(async () => {
  if (server === undefined) return;
  await redis.config('SET', 'maxmemory', '0');
  await redis.flushall();
  redis.disconnect();
});
afterAll(() => server?.remove());

const onRedis = test.skipIf(redisMissing !== '');
const name = names.maker('a');
const holder = (): Promise<string | null> => redis.get(name);
/** Whether it ends by itself, and was held for longer just now. */
const expectToBeNew = async (): Promise<void> => {
  const left = await redis.pttl(name);
  expect(left).toBeGreaterThan((silentFor - 10) * 1_000);
  expect(left).toBeLessThanOrEqual(silentFor * 1_000);
};

onRedis('of three who find the name of one who is gone, one has it, and not for ever', async () => {
  await redis.set(name, 'gone', 'EX', 30);
  const sessions = ['one', 'two', 'three'];
  const got = await Promise.all(sessions.map((session) => claim(redis, 'a', session)));
  expect(got.filter(Boolean)).toHaveLength(1);
  expect(await holder()).toBe(sessions[got.indexOf(true)]);
  await expectToBeNew();
}, 60_000);

onRedis('of three who find a name that runs out meanwhile, one has it', async () => {
  await redis.set(name, 'gone', 'PX', 1_000);
  const sessions = ['one', 'two', 'three'];
  const got = await Promise.all(sessions.map((session) => claim(redis, 'a', session)));
  expect(got.filter(Boolean)).toHaveLength(1);
  expect(await holder()).toBe(sessions[got.indexOf(true)]);
  await expectToBeNew();
}, 60_000);

onRedis('who renews a name keeps it, be it nearly over when another asks', async () => {
  await redis.set(name, 'holder', 'PX', 6_000);
  const claimed = claim(redis, 'a', 'other');
  await pause(3_000);
  expect(await renew(redis, 'a', 'holder')).toBe(true);
  expect(await claimed).toBe(false);
  expect(await holder()).toBe('holder');
}, 60_000);

onRedis('a name is renewed by its holder, and by no other', async () => {
  expect(await claim(redis, 'a', 'one')).toBe(true);
  await expectToBeNew();
  expect([await isTaken(redis, 'a', 'one'), await isTaken(redis, 'a', 'two')]).toEqual([false, true]);
  await redis.pexpire(name, 5_000);
  expect(await renew(redis, 'a', 'two')).toBe(false);
  expect(await redis.pttl(name)).toBeLessThanOrEqual(5_000);
  expect(await holder()).toBe('one');
  expect(await renew(redis, 'a', 'one')).toBe(true);
  await expectToBeNew();
});

onRedis('a name that ran out is taken again by whoever renews it first', async () => {
  expect(await isTaken(redis, 'a', 'one')).toBe(false);
  expect(await renew(redis, 'a', 'one')).toBe(true);
  expect(await holder()).toBe('one');
  await expectToBeNew();
  expect(await renew(redis, 'a', 'two')).toBe(false);
});

onRedis('a name that is held is renewed on a Redis that takes nothing more', async () => {
  expect(await claim(redis, 'a', 'one')).toBe(true);
  await redis.pexpire(name, 5_000);
  await redis.config('SET', 'maxmemory', '1');
  expect(await renew(redis, 'a', 'one')).toBe(true);
  await expectToBeNew();
  await expect(renew(redis, 'b', 'one')).rejects.toThrow('OOM');
});
