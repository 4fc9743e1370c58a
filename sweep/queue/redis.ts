// The connection to the user's Redis, and the names of what is kept there. Once it has answered, a connection
// that breaks is made again for as long as it takes; before, a wrong address is told at once.

import type { Redis } from 'ioredis';
import { addressOf } from './address.ts';
import { type QueuePackages, QueueMistake } from './packages.ts';

export interface Names {
  /** Hash: the open sweeps, each by its id, as `OpenSweep`. */
  readonly open: string;
  /** Text: plans and traces of a sweep, as `SharedData`. */
  data(id: string): string;
  /** Hash: who is done, by the run's identity: what keeps a run from counting twice. */
  done(id: string): string;
  /** List: the outcomes in the order they came, as `Told`. */
  told(id: string): string;
  /** Text that lasts for `silentFor`, and longer each time it is renewed: the session that gathers. */
  maker(id: string): string;
  queue(id: string): string;
}

export const prefix = 'sharedfate';

export const names: Names = {
  open: `${prefix}:sweeps`,
  data: (id) => `${prefix}:${id}:data`,
  done: (id) => `${prefix}:${id}:done`,
  told: (id) => `${prefix}:${id}:told`,
  maker: (id) => `${prefix}:${id}:maker`,
  queue: (id) => `sweep-${id}`,
};

const connectWithin = 5_000;
/** Between two tries to reach a Redis that went away: short at first, so that a restart costs little. */
const shortestWait = 100;
const longestWait = 2_000;

/** Throws a QueueMistake that names the address, without its password, and what to check. */
export const connect = async (
  { Redis: Client }: QueuePackages, url: string, tell: (what: string) => void,
): Promise<Redis> => {
  const { shown, database } = addressOf(url);
  let wasUp = false;
  let isAway = false;
  let reason = '';
  const redis = new Client(url, {
    lazyConnect: true,
    connectTimeout: connectWithin,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (wasUp ? Math.min(times * shortestWait, longestWait) : null),
  });
  redis.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code ?? error.message;
  });
  // Not `close`, which our own leaving is as well.
  redis.on('reconnecting', () => {
    if (!wasUp || isAway) return;
    isAway = true;
    tell(`Redis at ${shown} has gone; waiting for it to come back`);
  });
  redis.on('ready', () => {
    wasUp = true;
    if (isAway) tell(`Redis at ${shown} is back`);
    isAway = false;
  });
  try {
    // Whoever takes the connection and says nothing is no Redis.
    await within(connectWithin, async () => {
      await redis.connect();
      // The client goes on in database 0 where there is none of that number.
      await (database === undefined ? redis.ping() : redis.select(database));
    });
  } catch (error) {
    redis.disconnect();
    const why = reason !== '' ? reason : (error as Error).message;
    throw new QueueMistake(
      `Redis at ${shown} does not answer (${why}). Check that it runs (redis-cli -u ${shown} ping), that ` +
        'host, port and password are right, and that it may be reached from here.');
  }
  return redis;
};

const within = async (ms: number, work: () => Promise<void>): Promise<void> => {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    clock = setTimeout(() => fail(new Error(`nothing heard for ${ms / 1_000} s`)), ms);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(clock);
  }
};
