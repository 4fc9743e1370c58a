// The engine `bullmq`, seen from the sweep: puts the runs on a queue in the user's own Redis, and gathers
// what workers tell. The queue may hand a run out twice (a worker died, Redis was restarted); an outcome
// counts once, by the run's identity. What Redis lost is put there again.

import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Engine } from '../engine.ts';
import type { HearOutcome, RunSpec } from '../run-spec.ts';
import { claim, isTaken, renew, renewEvery } from './claim.ts';
import { loadQueuePackages, QueueMistake, type QueuePackages } from './packages.ts';
import { connect, names, prefix } from './redis.ts';
import { keptFor, type OpenSweep, type SharedData, type Told } from './shared.ts';

export interface QueueOptions {
  /** Such as `redis://localhost:6379`. */
  readonly redis: string;
  readonly sweep: OpenSweep;
  readonly data: SharedData;
  /** Tells this try from an earlier one at the same sweep. */
  readonly session: string;
  /** Hears in words what happens to Redis and the queue. */
  readonly tell: (what: string) => void;
  readonly packages?: QueuePackages;
}

/** Milliseconds between two looks at what has been told, and at whether the queue has run dry. */
const lookEvery = 200;
const checkEvery = renewEvery;
/** A queue found without workers for so long is remarked on. */
const lonelyAfter = 3_000;
const atOnce = 500;
/** Times a run is put on the queue again before it is given up: each of its workers died, or Redis did. */
const mostTries = 4;

/**
 * Connects at once: throws a QueueMistake where packages or Redis are missing, and where somebody else hands
 * out the same runs just now: whoever ended first would take the queue away from the other.
 */
export const openQueueEngine = async (options: QueueOptions): Promise<Engine> => {
  const packages = options.packages ?? (await loadQueuePackages());
  const redis = await connect(packages, options.redis, options.tell);
  if (!await claimed(redis, options)) {
    redis.disconnect();
    throw new QueueMistake('These very runs are being handed out on this Redis by another sweep. ' +
      'Wait for its end, or stop it there and go on in its folder with --resume.');
  }
  const queue = new packages.Queue(names.queue(options.sweep.id), { connection: redis, prefix });
  // Told by the connection itself; unheard, it would end the program.
  queue.on('error', () => undefined);
  const maker = new Maker(redis, queue, options);
  return { run: (runs, hear) => maker.run(runs, hear), stop: () => maker.stop() };
};

const claimed = async (redis: Redis, { session, sweep }: QueueOptions): Promise<boolean> => {
  try {
    return await claim(redis, sweep.id, session);
  } catch (error) {
    redis.disconnect();
    throw error instanceof Error && error.name === 'ReplyError' ? refusal(error) : error;
  }
};

class Maker {
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #options: QueueOptions;
  readonly #left = new Map<string, RunSpec>();
  readonly #tries = new Map<string, number>();
  #heard = 0;
  #stop: (() => void) | undefined;
  readonly #stopped = new Promise<void>((stop) => {
    this.#stop = stop;
  });
  #isStopped = false;

  constructor(redis: Redis, queue: Queue, options: QueueOptions) {
    this.#redis = redis;
    this.#queue = queue;
    this.#options = options;
  }

  async run(runs: readonly RunSpec[], hear: HearOutcome): Promise<void> {
    for (const run of runs) this.#left.set(run.key, run);
    const work = this.#work(hear);
    // Redis may be away for long; whoever stops us does not wait for it, nor for what it then says.
    const ended = work.then(() => undefined, () => undefined);
    try {
      await Promise.race([work, this.#stopped]);
    } catch (error) {
      throw error instanceof Error && error.name === 'ReplyError' ? refusal(error) : error;
    } finally {
      // Not sooner: what is under way would open the sweep once more behind our back.
      await Promise.race([ended.then(() => this.#leave()), pause(checkEvery)]);
      this.#redis.disconnect();
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#stop!();
  }

  async #work(hear: HearOutcome): Promise<void> {
    // What an earlier try left behind, results among it.
    await this.#open();
    await this.#gather(hear);
    await this.#put([...this.#left.values()]);
    const began = performance.now();
    let checked = began;
    let wasDry = false;
    let isLonely = true;
    while (this.#left.size > 0 && !this.#isStopped) {
      await pause(lookEvery);
      await this.#gather(hear);
      if (performance.now() - checked < checkEvery || this.#left.size === 0) continue;
      checked = performance.now();
      await this.#beHeard();
      if (isLonely && checked - began > lonelyAfter) isLonely = await this.#remarkIfLonely();
      const isDry = (await this.#waiting()) === 0;
      if (isDry && wasDry) await this.#putAgain(hear);
      wasDry = isDry;
    }
  }

  async #open(): Promise<void> {
    const { sweep, data } = this.#options;
    await this.#redis.set(names.data(sweep.id), JSON.stringify(data), 'EX', keptFor);
    await this.#beHeard();
    await this.#redis.hset(names.open, sweep.id, JSON.stringify(sweep));
  }

  /** Else workers would stay for ever with a sweep whose maker was killed, and never come to another. */
  async #beHeard(): Promise<void> {
    const { session, sweep: { id } } = this.#options;
    if (await renew(this.#redis, id, session)) return;
    throw new QueueMistake('This sweep was silent for so long that another one has taken its runs over. ' +
      'Wait for its end, or stop it there; what was done is kept, and --resume goes on.');
  }

  async #put(runs: readonly RunSpec[]): Promise<void> {
    const { session } = this.#options;
    for (let from = 0; from < runs.length && !this.#isStopped; from += atOnce) {
      await this.#beHeard();
      await this.#queue.addBulk(runs.slice(from, from + atOnce).map((run) => ({
        name: 'run',
        data: { run, session },
        // One job a run, however often it is added while it is there. A worker that is asked to end gives its
        // runs back, which counts as an attempt.
        opts: { jobId: `run-${run.key}`, attempts: 5, removeOnComplete: true, removeOnFail: true },
      })));
    }
  }

  async #gather(hear: HearOutcome): Promise<void> {
    const list = names.told(this.#options.sweep.id);
    // Shorter than what was heard: Redis came back with less than it had.
    if ((await this.#redis.llen(list)) < this.#heard) this.#heard = 0;
    for (;;) {
      const lines = await this.#redis.lrange(list, this.#heard, this.#heard + atOnce - 1);
      for (const line of lines) {
        if (this.#isStopped) return;
        this.#heard += 1;
        const { key, session, outcome, silent } = JSON.parse(line) as Told;
        const run = this.#left.get(key);
        if (run === undefined || (outcome.kind !== 'done' && session !== this.#options.session)) continue;
        if (silent > 0)
          this.#options.tell(`seed ${run.seed} of policy ${run.policy} was handed out again: ` +
            'the worker that had it fell silent');
        hear(run, outcome);
        this.#left.delete(key);
      }
      if (lines.length < atOnce) return;
    }
  }

  async #waiting(): Promise<number> {
    const counts = await this.#queue.getJobCounts('wait', 'active', 'delayed', 'prioritized');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** The queue is empty and runs are missing: Redis lost them, or they killed every worker that took them. */
  async #putAgain(hear: HearOutcome): Promise<void> {
    const { sweep, tell } = this.#options;
    await this.#gather(hear);
    const lost: RunSpec[] = [];
    for (const run of [...this.#left.values()]) {
      const tries = (this.#tries.get(run.key) ?? 1) + 1;
      this.#tries.set(run.key, tries);
      if (tries <= mostTries) lost.push(run);
      else {
        hear(run, { kind: 'lost',
          reason: `seed ${run.seed} of policy ${run.policy} was lost ${mostTries} times` });
        this.#left.delete(run.key);
      }
    }
    if (lost.length === 0) return;
    tell(`${lost.length} runs were lost on the queue and are put there again`);
    if ((await this.#redis.hexists(names.open, sweep.id)) === 0) await this.#open();
    await this.#put(lost);
  }

  async #remarkIfLonely(): Promise<boolean> {
    if ((await this.#queue.getWorkersCount()) > 0) return false;
    this.#options.tell('no worker has joined yet; start one with: sharedfate worker --redis <address>');
    return false;
  }

  /**
   * Leaves nothing behind where all is told, and else what workers have told and nobody heard; all of it
   * where another has taken over.
   */
  async #leave(): Promise<void> {
    const { session, sweep: { id } } = this.#options;
    if (await isTaken(this.#redis, id, session)) return;
    await this.#redis.hdel(names.open, id);
    await this.#redis.del(names.maker(id));
    if (this.#left.size === 0) {
      await this.#redis.del(names.data(id), names.done(id), names.told(id));
      await this.#queue.obliterate({ force: true });
    } else {
      await this.#queue.drain();
    }
  }
}

const refusal = ({ message }: Error): QueueMistake => new QueueMistake(`Redis refuses to go on: ${message} ` +
  (message.startsWith('OOM') ? 'Give it more memory (maxmemory), or empty what is not needed, then go on.'
    : 'It takes a Redis of its own rights: one that may be written to, and that runs scripts.'));

const pause = (ms: number): Promise<void> => new Promise((resume) => void setTimeout(resume, ms));
