// What `--dry-run` says: what would be run, what would be written, and about how long it would take, from one
// run of each scenario made just now.

import { plural } from '../../reports/format.ts';
import type { Engine } from '../../sweep/engine.ts';
import type { Outcome, RunSpec } from '../../sweep/run-spec.ts';
import { spanText } from '../progress.ts';
import type { SweepJob } from './job.ts';

export interface Estimate {
  readonly scenarios: readonly {
    readonly scenario: string;
    /** Runs that are still to be made. */
    readonly runs: number;
    /** One run's time, in milliseconds; null where the one that was tried failed. */
    readonly ms: number | null;
    readonly reason: string;
  }[];
  /** All of them one after the other, in milliseconds; null where a scenario could not be measured. */
  readonly ms: number | null;
  /** About how much the journal would hold, in bytes. */
  readonly bytes: number;
}

/** Makes the first run left of each scenario twice, one after the other: the first time, code is cold. */
export const estimateOf = async (
  job: SweepJob, left: readonly RunSpec[], engine: Engine,
): Promise<Estimate> => {
  const firsts = job.scenarios.flatMap((_, index) => left.find(({ scenario }) => scenario === index) ?? []);
  const tried = new Map<number, Outcome>();
  await engine.run([...firsts, ...firsts], (run, outcome) => void tried.set(run.scenario, outcome));
  let bytes = 0;
  const scenarios = job.scenarios.map(({ scenario }, index) => {
    const runs = left.filter((run) => run.scenario === index).length;
    const outcome = tried.get(index);
    if (outcome?.kind === 'done') bytes += runs * JSON.stringify(outcome).length;
    return {
      scenario, runs,
      ms: outcome?.kind === 'done' ? outcome.ms : null,
      reason: outcome === undefined || outcome.kind === 'done' ? '' : outcome.reason,
    };
  });
  const known = scenarios.every(({ ms, runs }) => ms !== null || runs === 0);
  const ms = known ? scenarios.reduce((sum, one) => sum + one.runs * (one.ms ?? 0), 0) : null;
  return { scenarios, ms, bytes };
};

export interface Plan {
  readonly engine: string;
  readonly threads: number;
  readonly folder: string;
  readonly done: number;
}

export const estimateText = (job: SweepJob, estimate: Estimate, plan: Plan): string => {
  const { points, scenarios, seeds } = job;
  const total = scenarios.length * points.length * seeds.length;
  const left = estimate.scenarios.reduce((sum, { runs }) => sum + runs, 0);
  const policies = [...new Set(points.map(({ name }) => name))].join(', ');
  const wide = Math.max(8, ...scenarios.map(({ scenario }) => scenario.length));
  const lines = [
    `${plural(scenarios.length, 'scenario')} × ${plural(points.length, 'point')} (${policies}) × ` +
      `${plural(seeds.length, 'seed')} = ${plural(total, 'run')}; ${left} of them to be made here` +
      `${plan.done > 0 ? `, ${plan.done} are done` : ''}.`,
    '',
    `${'scenario'.padEnd(wide)}  ${'one run'.padStart(9)}  ${'runs'.padStart(6)}  one after the other`,
    ...estimate.scenarios.map(({ scenario, runs, ms, reason }) => ms === null
      ? `${scenario.padEnd(wide)}  ${runs === 0 ? 'none to be made here' : `failed: ${reason}`}`
      : `${scenario.padEnd(wide)}  ${secondsText(ms).padStart(9)}  ${String(runs).padStart(6)}  ` +
        `${spanText((ms * runs) / 1_000)}`),
    '',
    timeText(estimate, plan),
    `Would write ${plan.folder}: about ${megabytes(estimate.bytes)} of outcomes, and as much ` +
      'again in tables.',
  ];
  return `${lines.join('\n')}\n`;
};

const timeText = ({ ms }: Estimate, { engine, threads }: Plan): string => {
  if (ms === null) return 'How long it would take is not known: a run that was tried failed.';
  const basis =
    'Measured just now: the first run left of each scenario, by itself on this machine, the second time it ' +
    'was made. Other seeds and points may cost more or less, and threads share memory and cache.';
  if (engine === 'bullmq')
    return `About ${spanText(ms / 1_000)} of one core like this one's, shared by all workers that join. ` +
      basis;
  return `About ${spanText(ms / 1_000 / threads)} on ${plural(threads, 'thread')}. ${basis}`;
};

const secondsText = (ms: number): string =>
  (ms < 10_000 ? `${(ms / 1_000).toFixed(2)} s` : spanText(ms / 1_000));
const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
