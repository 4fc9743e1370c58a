// A worker thread: simulates the seeds it is handed, one at a time, and posts each result, or what went
// wrong, in plain data, since an error's own fields do not survive the way between threads.

import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from '../sim/plan/schema.ts';
import type { SeedResult } from '../sim/result.ts';
import type { Trace } from '../sim/trace.ts';
import { boardOn } from './board.ts';
import { letLateErrorsCome } from './left-behind.ts';
import { loadPolicy } from './load.ts';
import { learnScripts, ownModule } from './own.ts';
import type { Simulator } from './simulator.ts';

/** What a worker is started with. */
export interface WorkerTask {
  readonly worker: number;
  readonly simulator: string;
  readonly plan: Plan;
  readonly policy: string;
  readonly settings: readonly string[];
  readonly traces: ReadonlyMap<string, Trace>;
  readonly wire: boolean;
  readonly check: boolean;
  readonly memory: SharedArrayBuffer;
}

/** An error on its way between threads. */
export interface PostedFault {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The plain fields of the error, such as a policy fault's time and module, or a socket's code and port. */
  readonly fields: Readonly<Record<string, string | number>>;
  /** What it was caused by, in one line; empty where nothing. */
  readonly cause: string;
}

export type WorkerNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: SeedResult; readonly assumptions: readonly string[] }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fault'; readonly seed: string; readonly fault: PostedFault };

/** Events between two calls of `onProgress` (sim/run.ts); for the rate that is shown, no more. */
const eventsPerBatch = 4_096;

const task = workerData as WorkerTask;
const board = boardOn(task.memory);

const posted = (error: unknown): PostedFault => {
  if (!(error instanceof Error))
    return { name: 'thrown', message: String(error), stack: '', fields: {}, cause: '' };
  const plain = Object.entries(error).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  const cause = error.cause === undefined ? '' : String(error.cause).split('\n')[0]!;
  return {
    name: error.name,
    message: String(error.message),
    stack: error.stack ?? '',
    fields: Object.fromEntries(plain) as PostedFault['fields'],
    cause,
  };
};

// A test's own simulator is a script like a user's.
if (task.simulator !== ownModule('simulate').href) learnScripts();
const simulator = (await import(task.simulator)) as Simulator;
const policy = await loadPolicy(task.policy, task.settings);
const port = parentPort!;

const runOne = async (seed: string): Promise<WorkerNews> => {
  const { plan, traces, wire, check, worker } = task;
  board.tell(worker, 0, 0);
  let batches = 0;
  const onProgress = (now: number): boolean => {
    board.tell(worker, now, batches * eventsPerBatch);
    batches += 1;
    return board.isStopped();
  };
  try {
    const result = await simulator.runSeed({ plan, seed, policy, traces, onProgress, check }, wire);
    await letLateErrorsCome();
    return { kind: 'done', result, assumptions: simulator.assumptions(plan) };
  } catch (error) {
    if (error instanceof Error && error.name === 'RunStopped') return { kind: 'stopped' };
    return { kind: 'fault', seed, fault: posted(error) };
  } finally {
    board.tell(worker, 0, 0);
  }
};

port.on('message', (seed: string) => {
  void runOne(seed).then((news) => {
    port.postMessage(news);
  });
});
port.postMessage({ kind: 'ready' } satisfies WorkerNews);
