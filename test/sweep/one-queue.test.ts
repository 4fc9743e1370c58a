// Several sweeps on one Redis: shards of the same one, each with a queue of its own, and the same runs handed
// out twice.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { report } from '../../cli/commands/report.ts';
import { work } from '../../cli/commands/worker.ts';
import { listening, makeSmallSweep, simulator, type SmallSweep } from './small-sweep.ts';
import { redisMissing, type RedisServer, startRedis } from './redis-server.ts';

let small: SmallSweep;
let redis: RedisServer | undefined;
beforeAll(async () => {
  small = makeSmallSweep();
  if (redisMissing === '') redis = await startRedis();
  else console.log(`skipped: ${redisMissing}`);
});
afterAll(async () => {
  await redis?.remove();
  small.remove();
});

const onQueue = test.skipIf(redisMissing !== '');
const queued = (out: string) => small.run({ engine: 'bullmq', redis: redis!.url, out: small.at(out) });
/** A worker of this process; it works until it is dismissed. */
const worker = (): Promise<number> =>
  work({ redis: redis!.url, jobs: '1', wait: '10m' }, simulator, listening());
/** Sends control-C to whoever listens. */
const dismiss = (): void => void process.emit('SIGINT');
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await pause(20);
};

/** The key of the sweep that is being handed out. */
const nameOf = async (client: Redis): Promise<string> => {
  let found: readonly string[] = [];
  while (found.length === 0) found = await client.keys('sharedfate:*:maker');
  return found[0]!;
};
/** How a sweep ends that is dismissed as soon as it has begun. */
const dismissedOnceBegun = async (out: string): Promise<number> => {
  const ending = queued(out);
  await until(() => existsSync(small.at(out, 'sweep.json')));
  dismiss();
  return (await ending).code;
};

onQueue('two shards at once on one queue make their own runs each, and put together come to the same bytes',
  async () => {
  const working = Promise.all([worker(), worker()]);
  const parts = [1, 2].map((part) => ({ shard: `${part}/2`, out: small.at(`queued-${part}`) }));
  const ended = await Promise.all(parts.map((part) =>
    small.run({ engine: 'bullmq', redis: redis!.url, ...part })));
  dismiss();
  await working;
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  // Neither takes away what the other has not gathered yet.
  for (const { out } of parts) expect(readFileSync(join(out, 'sweep.log'), 'utf8')).not.toContain('lost');
  expect(parts.map((_, index) => small.outcomes(`queued-${index + 1}`).length)).toEqual([5, 4]);
  const options = { out: small.at('queued'), force: false, json: true, reporter: 'line' };
  expect(await report(parts.map(({ out }) => out), options, listening())).toBe(0);
  expect(await small.run({ out: small.at('one') })).toMatchObject({ code: 0 });
  expect(small.tables('queued')).toEqual(small.tables('one'));
}, 300_000);

onQueue('a sweep that is done already, gone on with on a queue, leaves nothing there', async () => {
  expect(await small.run({ out: small.at('done') })).toMatchObject({ code: 0 });
  const client = new Redis(redis!.url);
  await client.flushall();
  const again = await small.run({ engine: 'bullmq', redis: redis!.url, resume: small.at('done') });
  expect(again.code).toBe(0);
  expect(await client.keys('*')).toEqual([]);
  client.disconnect();
}, 60_000);

onQueue('who hands out the same runs a second time is refused, unless the first is gone without a farewell',
  async () => {
  const client = new Redis(redis!.url);
  const first = queued('first');
  const name = await nameOf(client);
  await expect(queued('second')).rejects.toThrow('These very runs are being handed out');
  expect(existsSync(small.at('second'))).toBe(false);
  dismiss();
  expect((await first).code).toBe(130);
  await client.set(name, '', 'EX', 60);
  expect(await dismissedOnceBegun('third')).toBe(130);
  expect(await client.exists(name)).toBe(0);
  await client.flushall();
  client.disconnect();
}, 60_000);

onQueue('a name that runs out while it is listened for is free', async () => {
  const client = new Redis(redis!.url);
  const first = dismissedOnceBegun('dying');
  const name = await nameOf(client);
  await first;
  await client.set(name, 'gone', 'PX', 2_000);
  expect(await dismissedOnceBegun('heir')).toBe(130);
  await client.flushall();
  client.disconnect();
}, 60_000);

onQueue('who was silent until another took over gives up, and takes nothing from the other', async () => {
  const client = new Redis(redis!.url);
  const first = queued('sleeper');
  const name = await nameOf(client);
  while (await client.exists('sharedfate:sweeps') === 0) await pause(20);
  await client.set(name, 'heir', 'EX', 60);
  await expect(first).rejects.toThrow('another one has taken its runs over');
  expect(await client.get(name)).toBe('heir');
  expect(await client.exists('sharedfate:sweeps')).toBe(1);
  await client.flushall();
  client.disconnect();
}, 60_000);

onQueue('of two who begin to hand out the same runs in the same instant one is refused', async () => {
  const client = new Redis(redis!.url);
  const both = [queued('left'), queued('right')];
  const refused = await Promise.any(both.map((one) =>
    one.then(() => Promise.reject(new Error('none')), String)));
  expect(refused).toContain('These very runs are being handed out');
  dismiss();
  const ends = await Promise.allSettled(both);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await client.flushall();
  client.disconnect();
}, 60_000);
