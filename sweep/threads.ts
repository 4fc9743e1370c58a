// The engine `threads`: as many worker threads as asked for, each with one run at a time, and a limit to how
// long a run may take by the clock on the wall, since a policy that never returns can only be ended from
// outside.

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Engine } from './engine.ts';
import type { HearOutcome, Outcome, RunSpec } from './run-spec.ts';

export interface ThreadsOptions {
  /**
   * Address of the module whose export `simulate` takes a ThreadTask, says on its port when it begins, and
   * resolves to an Outcome.
   */
  readonly module: string;
  /** What each thread is started with; cloned to it once. */
  readonly data: unknown;
  readonly threads: number;
  /** Longest time of one run, in milliseconds of wall-clock time. */
  readonly limit: number;
}

export interface ThreadTask {
  readonly run: RunSpec;
  /** Takes any message once the run begins: loading our own code is no part of its time. */
  readonly port: MessagePort;
}

/** Runs in threads of this process, one at a time each; the core of both engines. */
export class Threads {
  readonly #pool: Piscina<ThreadTask, Outcome>;
  readonly #limit: number;
  readonly #underway = new Set<AbortController>();

  constructor({ module, data, threads, limit }: ThreadsOptions) {
    this.#limit = limit;
    this.#pool = new Piscina({
      filename: module,
      name: 'simulate',
      workerData: data,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 60_000,
      maxQueue: threads * 2,
    });
  }

  /** Undefined where `stop` came first. */
  async simulate(run: RunSpec): Promise<Outcome | undefined> {
    const controller = new AbortController();
    this.#underway.add(controller);
    const { port1, port2 } = new MessageChannel();
    let isLate = false;
    let clock: NodeJS.Timeout | undefined;
    port1.once('message', () => {
      clock = setTimeout(() => {
        isLate = true;
        controller.abort();
      }, this.#limit);
    });
    try {
      const task = { run, port: port2 };
      return await this.#pool.run(task, { signal: controller.signal, transferList: [port2] });
    } catch (error) {
      if (isLate) return { kind: 'timeout', reason: lateText(run, this.#limit) };
      if (controller.signal.aborted) return undefined;
      return { kind: 'threw', reason: endedText(run, error) };
    } finally {
      clearTimeout(clock);
      port1.close();
      this.#underway.delete(controller);
    }
  }

  stop(): void {
    for (const controller of this.#underway) controller.abort();
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

export const threadsEngine = (options: ThreadsOptions): Engine => {
  const threads = new Threads(options);
  let isStopped = false;
  const lane = async (runs: Iterator<RunSpec, void>, hear: HearOutcome): Promise<void> => {
    for (let next = runs.next(); next.done !== true && !isStopped; next = runs.next()) {
      const outcome = await threads.simulate(next.value);
      if (outcome !== undefined) hear(next.value, outcome);
    }
  };
  const stop = (): void => {
    isStopped = true;
    threads.stop();
  };
  return {
    stop,
    async run(runs, hear) {
      const shared = runs.values();
      const lanes = Array.from({ length: Math.min(options.threads, runs.length) }, () => lane(shared, hear));
      try {
        await Promise.all(lanes);
      } finally {
        stop();
        await Promise.allSettled(lanes);
        await threads.close();
      }
    },
  };
};

const lateText = ({ policy, seed }: RunSpec, limit: number): string =>
  `policy ${policy} had not returned after ${limit / 1_000} s on seed ${seed} and was ended`;

/** A thread that ended without a word: process.exit in a policy, or no memory left. */
const endedText = ({ policy, seed }: RunSpec, error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `policy ${policy} used up all memory on seed ${seed}`;
  if (/worker exited|exit code/i.test(message))
    return `policy ${policy} ended the program on seed ${seed}; it may only return or throw`;
  return `policy ${policy} on seed ${seed}: ${message}`;
};
