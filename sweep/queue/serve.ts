// A worker of the engine `bullmq`: takes runs from the queue and makes them in worker threads, so that its
// own event loop stays free to say that it is alive; a queue's client that is busy itself loses its lock,
// and its run is handed to somebody else over and over.

import type { Redis } from 'ioredis';
import type { RunSpec } from '../run-spec.ts';
import type { Threads } from '../threads.ts';
import type { QueuePackages } from './packages.ts';
import { names, prefix } from './redis.ts';
import { keptFor, type OpenSweep, type SharedData, type Told } from './shared.ts';

/** The open sweeps whose makers are there, in the order of their ids. */
export const openSweeps = async (redis: Redis): Promise<readonly OpenSweep[]> => {
  const found = await redis.hgetall(names.open);
  const open: OpenSweep[] = [];
  for (const id of Object.keys(found).sort())
    if (await hasMaker(redis, id)) open.push(JSON.parse(found[id]!) as OpenSweep);
  return open;
};

const hasMaker = async (redis: Redis, id: string): Promise<boolean> =>
  (await redis.exists(names.maker(id))) === 1;

/** Undefined where the sweep has ended meanwhile. */
export const dataOf = async (redis: Redis, { id }: OpenSweep): Promise<SharedData | undefined> => {
  const text = await redis.get(names.data(id));
  return text === null ? undefined : (JSON.parse(text) as SharedData);
};

export interface Service {
  /** Runs made and told, that nobody else had told before. */
  readonly made: number;
  /** Resolves when the sweep is closed, when its maker is gone, or after `stop`. */
  readonly ended: Promise<void>;
  /** Gives the runs under way back to the queue. */
  stop(): void;
}

export interface ServiceOptions {
  readonly redis: Redis;
  readonly packages: QueuePackages;
  readonly sweep: OpenSweep;
  readonly threads: Threads;
  /** Runs at once. */
  readonly jobs: number;
}

/** A worker that died is noticed after this many milliseconds, and its runs handed to others. */
const lease = 10_000;
const lookEvery = 500;
/** Times a run may outlive its worker before the queue gives it up. */
const mostStalls = 3;

/** Atomic, so that a run is told once whoever makes it, and whatever is restarted in between. */
const tellOnce = `
if ARGV[3] == 'done' and redis.call('HSETNX', KEYS[1], ARGV[1], '1') == 0 then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1`;

export const serve = ({ redis, packages, sweep, threads, jobs }: ServiceOptions): Service => {
  const { id } = sweep;
  let made = 0;
  let isStopped = false;
  const connection = redis.duplicate({ lazyConnect: false });
  connection.on('error', () => undefined);
  const worker = new packages.Worker<{ readonly run: RunSpec; readonly session: string }>(
    names.queue(id),
    async ({ data: { run, session }, stalledCounter: silent }) => {
      if ((await redis.hexists(names.done(id), run.key)) === 1) return;
      const outcome = await threads.simulate(run);
      if (outcome === undefined) throw new Error('the worker was stopped');
      const told: Told = { key: run.key, session, outcome, silent };
      made += Number(await redis.eval(tellOnce, 2, names.done(id), names.told(id),
        run.key, JSON.stringify(told), outcome.kind, String(keptFor)));
    },
    {
      connection, prefix, concurrency: jobs, lockDuration: lease, stalledInterval: lease / 2,
      maxStalledCount: mostStalls, drainDelay: 1, runRetryDelay: 500,
    },
  );
  // A lost connection is told by the connection itself, a lost lock by nobody: the run counts once anyway.
  worker.on('error', () => undefined);
  const ended = (async () => {
    const isOpen = async (): Promise<boolean> =>
      (await redis.hexists(names.open, id)) === 1 && (await hasMaker(redis, id));
    while (!isStopped && (await isOpen())) await pause(lookEvery);
    threads.stop();
    await Promise.race([worker.close(), pause(3_000)]);
    // Where Redis is away, a polite farewell waits for it for ever.
    await Promise.race([worker.disconnect(), pause(100)]);
    connection.disconnect();
    await Promise.race([sweepUp(redis, packages, id).catch(() => undefined), pause(1_000)]);
  })();
  return {
    get made() {
      return made;
    },
    ended,
    stop() {
      isStopped = true;
      threads.stop();
    },
  };
};

/**
 * A worker that is slower than the maker to learn of the end writes its queue's names once more, where
 * nobody looks after them any longer. What a sweep needs to go on is left.
 */
const sweepUp = async (redis: Redis, packages: QueuePackages, id: string): Promise<void> => {
  if ((await redis.hexists(names.open, id)) === 1 || (await redis.exists(names.data(id))) === 1) return;
  const queue = new packages.Queue(names.queue(id), { connection: redis, prefix });
  queue.on('error', () => undefined);
  await queue.obliterate({ force: true });
};

const pause = (ms: number): Promise<void> => new Promise((resume) => void setTimeout(resume, ms));
