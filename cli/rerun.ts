// A seed of an earlier run, made ready to be run again as it was: the plan from result.json, the policy that
// it names, the traces beside its scenario. And whether it came to the same end.

import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Policy } from '../policy/index.ts';
import { fnv1a128 } from '../sim/plan/hash.ts';
import { nearest } from '../sim/plan/nearest.ts';
import { shownValue } from '../sim/plan/problems.ts';
import { readPlan } from '../sim/plan/read.ts';
import type { Plan } from '../sim/plan/schema.ts';
import type { RunResult, SeedResult } from '../sim/result.ts';
import { PolicyFault, type RunRequest } from '../sim/run.ts';
import type { Trace } from '../sim/trace.ts';
import { clock } from './crew.ts';
import type { Console } from './console.ts';
import { ScriptThrew, UserMistake } from './faults.ts';
import { assertFile } from './files.ts';
import { refuseHosts } from './hosts.ts';
import { loadPolicy, shownPath } from './load.ts';
import { readResult, resultFile } from './output.ts';
import { readTraces } from './traces.ts';

/** An earlier run, and all that is needed to run a seed of it again. */
export interface EarlierRun {
  /** The folder as a person would type it. */
  readonly where: string;
  readonly result: RunResult;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly traces: ReadonlyMap<string, Trace>;
}

/** The folder of a run, or its result.json. Throws a UserMistake where a part is missing or has changed. */
export const openRun = async (path: string): Promise<EarlierRun> => {
  const folder = basename(path) === resultFile ? dirname(path) : path;
  const result = readResult(folder);
  const where = shownPath(folder);
  const plan = readPlan(result.plan, `${where}/${resultFile}`);
  const policy = await policyOf(result.policy, where);
  refuseHosts(policy, 'explaining or replaying');
  const home = dirname(resolve(result.scenario));
  const scenario = { where: result.scenario, name: '', folder: home, input: result.plan, plan };
  return { where, result, plan, policy, traces: readTraces(scenario) };
};

/** The policy as it was: a file only where its text is still the same, with the settings that held. */
export const policyOf = async (
  { digest, modules, name, settings, source }: RunResult['policy'], where: string,
): Promise<Policy> => {
  if (digest !== '') {
    assertFile(source, `the policy that ${where} was made with`);
    if (fnv1a128(readFileSync(source, 'utf8')) !== digest) {
      throw new UserMistake(
        `${source} is no longer the policy that ${where} was made with: its text has changed since. ` +
          'Bring that text back, or run the scenario anew.',
      );
    }
  }
  const plain = await loadPolicy(source === '' ? name : source);
  const policy = plain.withSettings?.(
    Object.fromEntries(settings.map((setting) => [setting.name, setting.value]))) ?? plain;
  const now = policy.modules.map((module) => module.name).join(' ');
  if (now === modules.join(' ')) return policy;
  throw new UserMistake(
    `policy ${name} is no longer what ${where} was made with: its modules were ${modules.join(' ')}, ` +
      `are ${now}. Use the version that made the run (${'sharedfate --version'}), or run the scenario anew.`,
  );
};

/** The seed of that name, or the only one. Throws a UserMistake that says which there are. */
export const seedOf = ({ result, where }: EarlierRun, asked: string | undefined): SeedResult => {
  const { seeds } = result;
  const names = seeds.map(({ seed }) => seed);
  if (asked === undefined && seeds.length === 1) return seeds[0]!;
  const found = seeds.find(({ seed }) => seed === asked);
  if (found !== undefined) return found;
  const has = `${where} has ${namesText(names)}`;
  if (asked === undefined) throw new UserMistake(`${has}; name one of them with --seed.`);
  const near = nearest(asked, names);
  const advice = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new UserMistake(`--seed is ${shownValue(asked)}; ${has}.${advice}`);
};

/** `seeds 1 to 20`, or each by its name. */
const namesText = (names: readonly string[]): string => {
  if (names.length === 0) return 'no finished seed';
  if (names.length > 2 && names.every((name, index) => name === String(index + 1)))
    return `seeds 1 to ${names.length}`;
  const shown = names.slice(0, 12).join(', ');
  return `the seed${names.length === 1 ? '' : 's'} ${shown}${names.length > 12 ? ' and more' : ''}`;
};

/** The tenant of that name; without one, the first culprit. Throws a UserMistake with the nearest name. */
export const tenantAsked = (
  plan: Plan, { culprits, seed }: SeedResult, asked: string | undefined,
): string => {
  if (asked === undefined) {
    if (culprits.length > 0) return culprits[0]!.tenant;
    throw new UserMistake(`nobody is at fault in seed ${seed}; name a tenant with --tenant.`);
  }
  const group = plan.tenants.find(({ name, count }) => {
    const member = asked.startsWith(`${name}-`) ? asked.slice(name.length + 1) : '';
    return /^[1-9]\d{0,8}$/.test(member) && Number(member) <= count;
  });
  if (group !== undefined) return asked;
  const names = plan.tenants.flatMap(({ name, count }) =>
    Array.from({ length: count }, (_, index) => `${name}-${index + 1}`));
  const near = nearest(asked, names);
  const has = plan.tenants.map(({ name, count }) =>
    (count === 1 ? `${name}-1` : `${name}-1 to ${name}-${count}`)).join(', ');
  const advice = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new UserMistake(`--tenant is ${shownValue(asked)}; the run has ${has}.${advice}`);
};

export const requestFor = (
  { plan, policy, traces }: EarlierRun, seed: string, onProgress?: RunRequest['onProgress'],
): RunRequest => ({ plan, policy, traces, seed, ...(onProgress !== undefined && { onProgress }) });

/** Draws how far a run is on a terminal, and nowhere else; `wipe` takes the line away. */
export const progressOn = ({ environment, errors }: Console, length: number): Progress => {
  if (errors.isTTY !== true || (environment['CI'] ?? '') !== '')
    return { onProgress: undefined, wipe: () => undefined };
  let shown = -1;
  return {
    onProgress(now) {
      const percent = Math.min(100, Math.floor((100 * now) / length));
      if (percent !== shown) errors.write(`\r\u001b[2Krunning the seed again: ${percent} %`);
      shown = percent;
      return false;
    },
    wipe: () => void errors.write('\r\u001b[2K'),
  };
};

export interface Progress {
  readonly onProgress: RunRequest['onProgress'];
  wipe(): void;
}

/** Runs what a policy has a part in; a policy that throws is told of as `run` does. */
export const withPolicyFaults = <Value>(policy: Policy, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw error instanceof PolicyFault ? told(policy, error) : error;
  }
};

export const told = (policy: Policy, fault: PolicyFault): ScriptThrew => {
  const { at, cause, message, module, seed, submission } = fault;
  const what = String(cause ?? message).split('\n')[0]!;
  return new ScriptThrew(
    `policy ${policy.name}, module ${module} threw at ${clock(at)} ` +
      `(seed ${seed}, message ${submission}): ${what}.`,
  );
};
