// A sweep's worker thread: simulates one run at a time and says how it ended, in plain data.

import { workerData } from 'piscina';
import type { Policy } from '../policy/index.ts';
import type { Plan } from '../sim/plan/schema.ts';
import type { Trace } from '../sim/trace.ts';
import type { Outcome, RunSpec } from '../sweep/run-spec.ts';
import type { ThreadTask } from '../sweep/threads.ts';
import { clock } from './crew.ts';
import { letLateErrorsCome } from './left-behind.ts';
import { loadPolicy } from './load.ts';
import { learnScripts, ownModule } from './own.ts';
import type { Simulator } from './simulator.ts';

export interface ThreadData {
  /** Address of the module that simulates (simulator.ts). */
  readonly simulator: string;
  /** By the number of the scenario. */
  readonly scenarios: readonly { readonly plan: Plan; readonly traces: ReadonlyMap<string, Trace> }[];
}

const data = workerData as ThreadData;
// A test's own simulator is a script like a user's.
if (data.simulator !== ownModule('simulate').href) await learnScripts();
const simulator = (await import(data.simulator)) as Simulator;
const policies = new Map<string, Policy>();
// What a policy prints must not get between the result and whoever reads it.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

export const simulate = async ({ run, port }: ThreadTask): Promise<Outcome> => {
  port.postMessage('began');
  port.close();
  const began = performance.now();
  try {
    const { plan, traces } = data.scenarios[run.scenario]!;
    const policy = await policyOf(run);
    const result = await simulator.runSeed({ plan, seed: run.seed, policy, traces }, false);
    const ms = Math.round(performance.now() - began);
    await letLateErrorsCome();
    const { fingerprint, events, metrics } = result;
    return { kind: 'done', fingerprint, events, metrics, ms };
  } catch (error) {
    return { kind: 'threw', reason: reasonOf(error, run) };
  }
};

const policyOf = async ({ policy, settings }: RunSpec): Promise<Policy> => {
  const name = [policy, ...settings].join(' ');
  const known = policies.get(name);
  if (known !== undefined) return known;
  const loaded = await loadPolicy(policy, settings);
  policies.set(name, loaded);
  return loaded;
};

/** A policy's fault as its author needs it: when, on which seed and message, and what it threw. */
const reasonOf = (error: unknown, { policy, seed }: RunSpec): string => {
  if (!(error instanceof Error)) return `policy ${policy} threw ${String(error)} (seed ${seed})`;
  if (error.name !== 'PolicyFault' && error.name !== 'ModuleFault') return firstLine(error.message);
  const { at, module, submission } = error as {
    readonly at?: number; readonly module?: string; readonly submission?: number;
  };
  const whose = module === undefined ? policy : `${policy}, module ${module}`;
  const when = typeof at === 'number' ? ` at ${clock(at)}` : '';
  const which = submission === undefined ? '' : `, message ${submission}`;
  const what = error.cause === undefined ? error.message : String(error.cause);
  return `policy ${whose} threw${when} (seed ${seed}${which}): ${firstLine(what)}`;
};

const firstLine = (text: string): string => text.split('\n')[0]!;
