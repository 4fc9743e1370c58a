// One sweep on every engine: the same tables to the byte, whoever made the runs. With a real Redis, killed
// and started again, and workers that are killed, of other code, or not wanted.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { parse } from 'csv-parse/sync';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { report } from '../../cli/commands/report.ts';
import { work } from '../../cli/commands/worker.ts';
import { QueueMistake, loadQueuePackages } from '../../sweep/queue/packages.ts';
import { connect } from '../../sweep/queue/redis.ts';
import { serve } from '../../sweep/queue/serve.ts';
import type { Threads } from '../../sweep/threads.ts';
import { listening, makeSmallSweep, simulator, type SmallSweep } from './small-sweep.ts';
import { redisMissing, type RedisServer, startRedis } from './redis-server.ts';

const slowBin = join(import.meta.dirname, '../cli/slow-bin.mjs');
let small: SmallSweep;
let redis: RedisServer | undefined;
beforeAll(async () => {
  small = makeSmallSweep();
  if (redisMissing === '') redis = await startRedis();
  else console.log(`skipped: ${redisMissing}`);
  expect(await small.run({ out: small.at('one'), jobs: '1' })).toMatchObject({ code: 0 });
}, 300_000);
afterAll(async () => {
  await redis?.remove();
  small.remove();
});

const onQueue = test.skipIf(redisMissing !== '');
const queued = (out: string) => small.run({ engine: 'bullmq', redis: redis!.url, out: small.at(out) });
/** A worker of this process; it works until it is dismissed. */
const worker = async (): Promise<string> => {
  const console = listening();
  expect(await work({ redis: redis!.url, jobs: '1', wait: '10m' }, simulator, console)).toBe(130);
  return console.said();
};
/** Sends control-C to whoever listens: the workers, once the sweep has ended. */
const dismiss = (): void => void process.emit('SIGINT');
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await pause(20);
};
const linesIn = (path: string): number =>
  (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0);

test('two threads, and three shards put together, come to the same bytes as one thread', async () => {
  expect(await small.run({ out: small.at('two'), jobs: '2' })).toMatchObject({ code: 0 });
  expect(small.tables('two')).toEqual(small.tables('one'));
  const parts = [];
  for (const part of [1, 2, 3]) {
    parts.push(small.at(`part-${part}`));
    expect(await small.run({ shard: `${part}/3`, jobs: '1', out: parts.at(-1)! })).toMatchObject({ code: 0 });
  }
  // What other parts are to make is not done.
  const { said } = await small.run({ shard: '2/3', dryRun: true, out: small.at('dry') });
  expect(JSON.parse(said)).toMatchObject({ done: 0, scenarios: [{ runs: 3 }] });
  const options = { out: small.at('whole'), force: false, json: true, reporter: 'line' };
  expect(await report(parts.toReversed(), options, listening())).toBe(0);
  expect(small.tables('whole')).toEqual(small.tables('one'));
  const onto = { ...options, out: small.at('part-1'), force: true };
  await expect(report(parts, onto, listening())).rejects.toThrow('is one of the runs to report on');
  expect(await report(parts.slice(1), { ...options, out: small.at('lacking') }, listening())).toBe(130);
}, 300_000);

test('other tools read the three tables alike', async () => {
  const csv = parse(readFileSync(small.at('one', 'table.csv')), { columns: true }) as
    Record<string, string>[];
  const lines = readFileSync(small.at('one', 'table.jsonl'), 'utf8').trim().split('\n');
  const json = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const bytes = readFileSync(small.at('one', 'table.parquet'));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const parquet = await parquetReadObjects({ file });
  expect(csv.map((row) => [row['set.burst'], row['seed']].join(' ')))
    .toEqual(['5 1', '5 2', '5 3', '20 1', '20 2', '20 3', '60 1', '60 2', '60 3']);
  const plain = (row: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')]));
  expect(json.map(plain)).toEqual(csv);
  expect(parquet.map(plain)).toEqual(csv);
});

onQueue('two workers of a queue come to the same bytes, and leave nothing in Redis', async () => {
  const workers = Promise.all([worker(), worker()]);
  const made = await queued('queue');
  await pause(1_000);
  dismiss();
  const said = await workers;
  expect(made.code).toBe(0);
  expect(small.tables('queue')).toEqual(small.tables('one'));
  const shares = said.map((text) => Number(/Made (\d+) runs?/.exec(text)?.[1] ?? 0));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(9);
  const client = new Redis(redis!.url);
  expect(await client.keys('*')).toEqual([]);
  client.disconnect();
}, 300_000);

onQueue('a worker that hears late of the end leaves nothing in Redis either', async () => {
  const packages = await loadQueuePackages();
  const client = await connect(packages, redis!.url, () => undefined);
  const sweep = { id: 'ended', sweep: 'sweep.ts', code: 'x', policies: {}, runs: 1, limit: 1 };
  const threads = { stop: () => undefined } as unknown as Threads;
  await serve({ redis: client, packages, sweep, threads, jobs: 1 }).ended;
  expect(await client.keys('*')).toEqual([]);
  client.disconnect();
});

onQueue('a worker killed in mid-run loses nothing, counts nothing twice, and is logged', async () => {
  const args = [slowBin, 'worker', '--redis', redis!.url, '--jobs', '1', '--wait', '60s'];
  // Its seeds from 3 on never end, so it is killed in the middle of one.
  const first = spawn(process.execPath, args, { cwd: small.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  first.stderr.on('data', (data) => {
    said += String(data);
  });
  const end = queued('killed');
  await until(() => said.includes('seed 3 is under way'));
  first.kill('SIGKILL');
  const second = worker();
  expect((await end).code).toBe(0);
  dismiss();
  await second;
  expect(small.tables('killed')).toEqual(small.tables('one'));
  expect(small.outcomes('killed').length).toBe(9);
  expect(readFileSync(small.at('killed', 'sweep.log'), 'utf8')).toContain(
    'seed 3 of policy default was handed out again: the worker that had it fell silent\n');
}, 300_000);

onQueue('Redis killed in the middle and started again: all runs, each once, and the log says so',
  async () => {
  const working = worker();
  const end = queued('redis');
  await until(() => linesIn(small.at('redis', 'done.jsonl')) >= 2);
  await redis!.kill();
  await until(() => readFileSync(small.at('redis', 'sweep.log'), 'utf8').includes('has gone'));
  await redis!.start();
  expect((await end).code).toBe(0);
  dismiss();
  await working;
  expect(small.tables('redis')).toEqual(small.tables('one'));
  expect(small.outcomes('redis').length).toBe(9);
  expect(readFileSync(small.at('redis', 'sweep.log'), 'utf8')).toMatch(/has gone.*\n(?:.*\n)*.*is back/);
}, 300_000);

onQueue('a worker of other code is refused, with both versions named', async () => {
  const client = new Redis(redis!.url);
  const sweep = { id: 'x', sweep: 'theirs.ts', code: 'sharedfate 0.0.9+abc', policies: {}, runs: 1,
    limit: 1_000 };
  await client.hset('sharedfate:sweeps', 'x', JSON.stringify(sweep));
  await client.set('sharedfate:x:maker', '');
  const working = work({ redis: redis!.url, jobs: '1', wait: '1m' }, simulator, listening());
  await expect(working).rejects.toThrow(
    /theirs\.ts of sharedfate 0\.0\.9\+abc; this is sharedfate [\d.]+\+/);
  await client.hset('sharedfate:sweeps', 'x',
    JSON.stringify({ ...sweep, code: await ownCode(), policies: { 'p.mjs': 'y' } }));
  await expect(work({ redis: redis!.url, jobs: '1', wait: '1m' }, simulator, listening())).rejects
    .toThrow('p.mjs');
  await client.del('sharedfate:sweeps', 'sharedfate:x:maker');
  client.disconnect();
});

onQueue('a sweep whose maker was killed holds no worker', async () => {
  const client = new Redis(redis!.url);
  const sweep = { id: 'x', sweep: 'theirs.ts', code: await ownCode(), policies: {}, runs: 1, limit: 1_000 };
  await client.hset('sharedfate:sweeps', 'x', JSON.stringify(sweep));
  await client.set('sharedfate:x:data', JSON.stringify({ scenarios: [] }));
  await client.set('sharedfate:x:maker', '', 'EX', 1);
  const console = listening();
  expect(await work({ redis: redis!.url, jobs: '1', wait: '1s' }, simulator, console)).toBe(0);
  expect(console.said()).toMatch(/Joined sweep theirs\.ts[^]*Made 0 runs of sweep theirs\.ts/);
  await client.del('sharedfate:sweeps', 'sharedfate:x:data');
  client.disconnect();
}, 20_000);

const ownCode = async (): Promise<string> =>
  (JSON.parse(readFileSync(small.at('one', 'sweep.json'), 'utf8')) as { readonly code: string }).code;

test('a Redis that is not there is named, without its password, with what to check', async () => {
  const redis = 'redis://me:secret@127.0.0.1:1';
  const failed = small.run({ engine: 'bullmq', redis, out: small.at('none') });
  await expect(failed).rejects.toThrow('Redis at redis://me:***@127.0.0.1:1 does not answer (ECONNREFUSED)');
  expect(existsSync(small.at('none'))).toBe(false);
});

test('who takes the connection and says nothing is no Redis, nor is a database of no number', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const url = `redis://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  const engine = 'bullmq';
  await expect(small.run({ engine, redis: url, out: small.at('none') })).rejects.toThrow(
    'does not answer (nothing heard for 5 s)');
  await expect(small.run({ engine, redis: `${url}/abc`, out: small.at('none') })).rejects.toThrow(
    'ends in "abc"; there stands the number of a database');
  mute.close();
}, 20_000);

onQueue('a database that the Redis does not have is refused, and not taken for the first', async () => {
  const failed = small.run({ engine: 'bullmq', redis: `${redis!.url}/99`, out: small.at('none') });
  await expect(failed).rejects.toThrow('/99 does not answer (ERR DB index is out of range)');
});

onQueue('a password is not shown in the command that goes on with a stopped sweep', async () => {
  const stopped = small.run({
    engine: 'bullmq', redis: redis!.url.replace('//', '//default:secret@'), out: small.at('stopped'),
  });
  while (!existsSync(small.at('stopped', 'done.jsonl'))) await pause(5);
  process.emit('SIGINT');
  const { said } = await stopped;
  expect(said).toMatch(/--redis '?redis:\/\/default:\*\*\*@127/);
  expect(said).not.toContain('secret');
});

onQueue('a Redis that is full is named for it, and nothing of it is a fault of ours', async () => {
  const client = new Redis(redis!.url);
  await client.config('SET', 'maxmemory', '1');
  await expect(queued('full')).rejects.toMatchObject({
    name: 'UserMistake', message: expect.stringMatching(/Redis refuses to go on: OOM .* Give it more memory/),
  });
  await client.config('SET', 'maxmemory', '0');
  client.disconnect();
});

test('without the packages of the queue it says which to install', async () => {
  const absent = Promise.reject(Object.assign(
    new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' }));
  const failed = loadQueuePackages(() => absent);
  await expect(failed).rejects.toThrow(QueueMistake);
  await expect(failed).rejects.toThrow('npm install bullmq ioredis');
});
