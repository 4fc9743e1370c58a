// Who hands out a sweep's runs: the one whose session stands under its name in Redis, and who renews it.
// Redis runs Lua in one go, so that of several who want a name one has it.

import type { Redis } from 'ioredis';
import { names } from './redis.ts';
import { silentFor } from './shared.ts';

/** Milliseconds after which a holder renews its name. */
export const renewEvery = 2_000;
/** So long a holder is listened for: it may be at work, or gone without a farewell. */
const listenFor = 2 * renewEvery + 500;

/** Takes a sweep's name, so that nobody else does; false where somebody has it, who renews it. */
export const claim = async (redis: Redis, sweep: string, session: string): Promise<boolean> => {
  const name = names.maker(sweep);
  if (await redis.set(name, session, 'EX', silentFor, 'NX') === 'OK') return true;
  const before = await redis.pttl(name);
  const holder = await redis.get(name);
  await pause(listenFor);
  const left = await redis.pttl(name);
  // Below 0 where it ran out meanwhile.
  if (left >= 0 && left > before - listenFor / 2) return false;
  return (await redis.eval(takeOver, 1, name, holder ?? '', session, silentFor)) === 1;
};

/** Of several who wait for a name, the first to find it as it was takes it. */
const takeOver = `
  local holder = redis.call('get', KEYS[1])
  if holder and holder ~= ARGV[1] then return 0 end
  redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3])
  return 1
`;

/**
 * Holds a name for longer; false where another has taken it, as from one who was silent while its machine
 * slept.
 */
export const renew = async (redis: Redis, sweep: string, session: string): Promise<boolean> =>
  (await redis.eval(renewal, 1, names.maker(sweep), session, silentFor)) === 1;

/** No new key where there is one: a Redis that is full refuses it, and what is told may still be gathered. */
const renewal = `
  local holder = redis.call('get', KEYS[1])
  if holder and holder ~= ARGV[1] then return 0 end
  if holder then return redis.call('expire', KEYS[1], ARGV[2]) end
  redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return 1
`;

/** Whether another holds it. */
export const isTaken = async (redis: Redis, sweep: string, session: string): Promise<boolean> =>
  ![session, null].includes(await redis.get(names.maker(sweep)));

const pause = (ms: number): Promise<void> => new Promise((resume) => void setTimeout(resume, ms));
