// `sharedfate worker`: joins whatever sweep is open in a Redis, makes runs until it is finished, and then
// looks for another. A worker of other code than the sweep's is refused: its figures would be of another
// world.

import { setTimeout as pause } from 'node:timers/promises';
import { availableParallelism } from 'node:os';
import { plural, printable } from '../../reports/format.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { readDuration } from '../../sim/plan/quantities.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { parseTrace } from '../../sim/trace.ts';
import { loadQueuePackages } from '../../sweep/queue/packages.ts';
import { connect } from '../../sweep/queue/redis.ts';
import { dataOf, openSweeps, serve } from '../../sweep/queue/serve.ts';
import type { OpenSweep, SharedData } from '../../sweep/queue/shared.ts';
import { Threads } from '../../sweep/threads.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { onInterrupt } from '../interrupt.ts';
import { ownThread } from '../own.ts';
import { wholeNumber } from '../seeds.ts';
import type { ThreadData } from '../sweep-thread.ts';
import { codeVersion, policyCode } from '../sweeping/code-version.ts';
import { asMistake } from '../sweeping/queue.ts';

export interface WorkerOptions {
  readonly redis: string;
  readonly jobs?: string;
  readonly wait: string;
}

/** Between two looks for an open sweep, in milliseconds. */
const lookEvery = 500;

/** Works until no sweep was open for `wait`. The exit code. */
export const work = async (
  { redis: url, jobs: threads, wait }: WorkerOptions, simulator: string, console: Console,
): Promise<number> => {
  const jobs = threads === undefined ? availableParallelism() : wholeNumber('--jobs', threads, 256);
  const patience = readWait(wait);
  const code = codeVersion(console.tool);
  const packages = await asMistake(() => loadQueuePackages());
  const redis = await asMistake(() => connect(packages, url, (what) => console.note(what)));
  let stop = (): void => undefined;
  let isStopped = false;
  const interrupt = onInterrupt(() => {
    isStopped = true;
    console.note('\nStopping; runs under way go back to the queue. Press control-C again to quit at once.');
    stop();
  }, () => undefined);
  try {
    for (let waited = performance.now(); !isStopped && performance.now() - waited < patience;) {
      const sweeps = await openSweeps(redis);
      const sweep = sweeps.find((one) => one.code === code);
      if (sweep === undefined) {
        if (sweeps.length > 0) throw new UserMistake(otherCode(sweeps, code));
        await pause(lookEvery);
        continue;
      }
      await assertPolicies(sweep);
      const data = await dataOf(redis, sweep);
      if (data === undefined) {
        await pause(lookEvery);
        continue;
      }
      const name = `sweep ${printable(sweep.sweep)} (${sweep.id})`;
      console.note(`Joined ${name} of ${plural(sweep.runs, 'run')} with ${plural(jobs, 'thread')}.`);
      const pool = new Threads({
        module: ownThread('sweep-thread').href, data: threadData(data, simulator), threads: jobs,
          limit: sweep.limit,
      });
      const service = serve({ redis, packages, sweep, threads: pool, jobs });
      stop = () => service.stop();
      await service.ended;
      await pool.close();
      console.note(`Made ${plural(service.made, 'run')} of ${name}.`);
      waited = performance.now();
    }
    return isStopped ? exitCodes.interrupted : exitCodes.passed;
  } finally {
    interrupt.release();
    redis.disconnect();
  }
};

const readWait = (text: string): number => {
  const read = readDuration(text);
  if (read.ok) return read.value;
  throw new UserMistake(`--wait is ${shownValue(text)}; it is a time such as 30s or 2h.`);
};

const otherCode = (sweeps: readonly OpenSweep[], code: string): string => {
  const open = sweeps.map((sweep) => `${printable(sweep.sweep)} of ${printable(sweep.code)}`).join(', ');
  return `the open sweep is of other code: ${open}; this is ${code}. ` +
    'Figures of two versions are never mixed: check out the same version here, then start the worker again.';
};

/**
 * Throws a UserMistake where a policy's file here says something else than it does where the sweep was
 * begun.
 */
const assertPolicies = async ({ policies, sweep }: OpenSweep): Promise<void> => {
  for (const [spec, expected] of Object.entries(policies)) {
    const found = await policyCode(spec).catch(() => 'missing');
    if (found === expected) continue;
    const how = found === 'missing' ? 'is not there' : 'is another text than where the sweep was begun';
    throw new UserMistake(`policy ${printable(spec)} of sweep ${printable(sweep)} ${how}. ` +
      'Start the worker in the same folder of the same checkout.');
  }
};

const threadData = ({ scenarios }: SharedData, simulator: string): ThreadData => ({
  simulator,
  scenarios: scenarios.map(({ where, plan, traces }) => ({
    plan: readPlan(plan, where),
    traces: new Map(Object.entries(traces).map(([file, text]) => [file, parseTrace(text, file)])),
  })),
});
