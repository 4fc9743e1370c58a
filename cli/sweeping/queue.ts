// The engine `bullmq` for a sweep's job: what is shared with workers, and our own words for what goes wrong.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Engine } from '../../sweep/engine.ts';
import { openQueueEngine } from '../../sweep/queue/engine.ts';
import { QueueMistake } from '../../sweep/queue/packages.ts';
import type { SharedData } from '../../sweep/queue/shared.ts';
import { digest, type RunSpec } from '../../sweep/run-spec.ts';
import { UserMistake } from '../faults.ts';
import type { LoadedScenario } from '../load.ts';
import type { SweepJob } from './job.ts';

export interface QueuedSweep {
  readonly job: SweepJob;
  /** All that are to be made here, done or not: of a shard, its own. */
  readonly runs: readonly RunSpec[];
  readonly redis: string;
  /** Longest time of one run, in milliseconds. */
  readonly limit: number;
  /** Hears in words what happens to Redis and the queue. */
  readonly tell: (what: string) => void;
}

/** Throws a UserMistake where a package or Redis is missing; its `run` where Redis refuses to go on. */
export const openQueue = async ({ job, runs, redis, limit, tell }: QueuedSweep): Promise<Engine> => {
  const engine = await asMistake(() => openQueueEngine({
    redis,
    sweep: {
      // The same sweep has the same name when it goes on; another part of it has another.
      id: digest([job.code, ...runs.map(({ key }) => key)].join(' ')).slice(0, 16),
      sweep: job.where, code: job.code, policies: job.policyCodes, runs: runs.length, limit,
    },
    data: { scenarios: job.plans.map(sharedScenario) },
    session: randomUUID(),
    tell,
  }));
  return { run: (runs, hear) => asMistake(() => engine.run(runs, hear)), stop: () => engine.stop() };
};

export const asMistake = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof QueueMistake ? new UserMistake(error.message) : error;
  }
};

const sharedScenario = ({ where, input, plan, folder }: LoadedScenario): SharedData['scenarios'][number] => {
  const files = plan.tenants.flatMap(({ stream }) => (stream.kind === 'trace' ? [stream.file] : []));
  const traces = Object.fromEntries(files.map((file) => [file, readFileSync(resolve(folder, file), 'utf8')]));
  return { where, plan: input, traces };
};
