// The two packages that a job queue needs. They are the user's own to install: whoever sweeps in threads
// never loads them.

import type * as BullmqTypes from 'bullmq';
import type { Redis as RedisType } from 'ioredis';

export interface QueuePackages {
  readonly Queue: typeof BullmqTypes.Queue;
  readonly Worker: typeof BullmqTypes.Worker;
  readonly Redis: typeof RedisType;
}

/** A mistake in what the user brings along: a package that is missing, a Redis that does not answer. */
export class QueueMistake extends Error {
  override readonly name = 'QueueMistake';
}

type Load = (name: string) => Promise<unknown>;

/** Throws a QueueMistake where one is not installed. */
export const loadQueuePackages = async (load: Load = (name) => import(name)): Promise<QueuePackages> => {
  try {
    const { Queue, Worker } = (await load('bullmq')) as Pick<QueuePackages, 'Queue' | 'Worker'>;
    const { Redis } = (await load('ioredis')) as Pick<QueuePackages, 'Redis'>;
    return { Queue, Worker, Redis };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new QueueMistake(
      'The engine bullmq needs two packages that are not installed here: npm install bullmq ioredis. ' +
        `(${message.split('\n')[0]})`);
  }
};
