// Runs seeds on worker threads: hands each idle worker the next seed, gathers results in the order of the
// seeds, and stops all at the first fault or when told to.

import { Worker } from 'node:worker_threads';
import type { Plan } from '../sim/plan/schema.ts';
import type { SeedResult } from '../sim/result.ts';
import type { Trace } from '../sim/trace.ts';
import { type Board, boardOn, boardSize } from './board.ts';
import { ScriptThrew } from './faults.ts';
import { ownThread } from './own.ts';
import { mustTakeTurns } from './hosts.ts';
import type { PostedFault, WorkerNews, WorkerTask } from './worker.ts';

export interface CrewJob {
  /** Address of the module that simulates (simulator.ts). */
  readonly simulator: string;
  readonly plan: Plan;
  /** As on the command line; each worker loads it for itself. */
  readonly policy: string;
  /** What `--set` says of it, each as `name=value`. */
  readonly settings: readonly string[];
  readonly traces: ReadonlyMap<string, Trace>;
  readonly wire: boolean;
  /** Look after the laws of the world. */
  readonly check: boolean;
  readonly seeds: readonly string[];
  readonly workers: number;
  /**
   * How long a seed may take to hear that it is to stop: one that waits for a daemon is slow to, and a policy
   * in an endless loop never does. 10 s if left out.
   */
  readonly patienceMs?: number;
}

export interface CrewReport {
  /** Finished seeds, in the order they were asked for. */
  readonly results: readonly SeedResult[];
  readonly assumptions: readonly string[];
}

export interface Crew {
  readonly board: Board;
  readonly workers: number;
  /** Ends with what is done: at once, or where a seed never looks up, after `patienceMs` without it. */
  stop(): void;
  /** Seeds finished so far, and the events of these. */
  finished(): { readonly seeds: number; readonly events: number };
  /** Ends with what is done; rejects with the first fault. */
  readonly report: Promise<CrewReport>;
}

export const startCrew = (job: CrewJob): Crew => {
  const workers = mustTakeTurns(job.policy) ? 1 : Math.max(1, Math.min(job.workers, job.seeds.length));
  const board = boardOn(new SharedArrayBuffer(boardSize(workers)));
  const results = new Map<string, SeedResult>();
  let assumptions: readonly string[] = [];
  let events = 0;
  let next = 0;
  let fault: Error | undefined;
  let isGivenUp = false;
  const threads = new Set<Worker>();

  const stop = (): void => {
    board.stop();
    setTimeout(() => {
      isGivenUp = true;
      for (const thread of threads) void thread.terminate();
    }, job.patienceMs ?? 10_000).unref();
  };

  const stopFor = (error: Error): void => {
    fault ??= error;
    board.stop();
  };

  const life = (number: number): Promise<void> =>
    new Promise((end) => {
      const { simulator, plan, policy, settings, traces, wire, check } = job;
      const task: WorkerTask = {
        worker: number,
        simulator,
        plan,
        policy,
        settings,
        traces,
        wire,
        check,
        memory: board.memory,
      };
      const worker = new Worker(ownThread('worker'), { workerData: task, stdout: true });
      threads.add(worker);
      // What a policy prints must not get between the result and whoever reads it.
      worker.stdout.pipe(process.stderr, { end: false });
      let busyWith: string | undefined;
      const onward = (): void => {
        const seed = board.isStopped() ? undefined : job.seeds[next];
        next += 1;
        busyWith = seed;
        if (seed === undefined) void worker.terminate();
        else worker.postMessage(seed);
      };
      worker.on('message', (news: WorkerNews) => {
        switch (news.kind) {
          case 'done':
            results.set(news.result.seed, news.result);
            events += news.result.events;
            assumptions = news.assumptions;
            break;
          case 'fault':
            stopFor(faultFrom(news.fault, news.seed, policy));
            break;
          case 'ready':
          case 'stopped':
            break;
          default:
            news satisfies never;
        }
        onward();
      });
      worker.on('error', (error) => stopFor(lateFault(error, job, busyWith)));
      worker.on('exit', () => {
        threads.delete(worker);
        if (busyWith !== undefined && fault === undefined && !isGivenUp) {
          const what = `policy ${policy} ended the program during seed ${busyWith}`;
          stopFor(new ScriptThrew(`${what}; it may only return or throw.`));
        }
        end();
      });
    });

  const report = Promise.all(Array.from({ length: workers }, (_, number) => life(number))).then(() => {
    if (fault !== undefined) throw fault;
    return { results: job.seeds.flatMap((seed) => results.get(seed) ?? []), assumptions };
  });
  return { board, workers, stop, finished: () => ({ seeds: results.size, events }), report };
};

/**
 * A policy's fault as its author needs it: when, on which seed and message, and what it threw. Others as they
 * came.
 */
const faultFrom = (fault: PostedFault, seed: string, policy: string): Error => {
  if (fault.name === 'PolicyFault' || fault.name === 'ModuleFault') {
    const { at, module, submission } = fault.fields;
    const whose = module === undefined ? policy : `${policy}, module ${module}`;
    const when = typeof at === 'number' ? ` at ${clock(at)}` : '';
    const which = submission === undefined ? '' : `, message ${submission}`;
    const what = fault.cause === '' ? fault.message.split('\n')[0] : fault.cause;
    return new ScriptThrew(
      `policy ${whose} threw${when} (seed ${seed}${which}): ${what}. ` +
        `Repeat with the same command and --seed ${seed}.`,
    );
  }
  const error = new Error(fault.message);
  error.name = fault.name;
  error.stack = fault.stack;
  return Object.assign(error, {
    code: fault.fields['code'],
    address: fault.fields['address'],
    port: fault.fields['port'],
    path: fault.fields['path'],
  });
};

/**
 * What a thread died of. In memory all of ours is done when a run ends: who throws later is the policy, with
 * a promise, a timer or a connection it left behind. Only of the thread's own end, as for want of memory,
 * Node itself tells.
 */
const lateFault = (thrown: unknown, { policy, wire }: CrewJob, seed: string | undefined): Error => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const isOfThread = String((error as NodeJS.ErrnoException).code).startsWith('ERR_WORKER_');
  if (wire || mustTakeTurns(policy) || seed === undefined || isOfThread) return error;
  const what = `threw after it had answered (seed ${seed}): ${error.message.split('\n')[0]}`;
  return new ScriptThrew(`policy ${policy} ${what}. Leave no promise, timer or connection behind.`);
};

/** A virtual instant as `day 2, 06:14:22.120`; day 1 is the first. */
export const clock = (ms: number): string => {
  const day = Math.floor(ms / 86_400_000);
  return `day ${day + 1}, ${new Date(ms % 86_400_000).toISOString().slice(11, 23)}`;
};
