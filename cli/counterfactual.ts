// What `--counterfactual` asks for: the same run without one module of its policy, without one incident of
// its plan, or under another policy.

import { nearest } from '../sim/plan/nearest.ts';
import { shownValue } from '../sim/plan/problems.ts';
import type { IncidentPlan } from '../sim/plan/schema.ts';
import { UserMistake } from './faults.ts';
import { refuseHosts } from './hosts.ts';
import { loadPolicy } from './load.ts';
import type { EarlierRun } from './rerun.ts';

export interface ChangedRun {
  readonly run: EarlierRun;
  /** `Without hard-bounce-ratio`; begins a sentence. */
  readonly words: string;
}

/** Throws a UserMistake that says what there is to leave out. */
export const changedRun = async (earlier: EarlierRun, asked: string): Promise<ChangedRun> => {
  const at = asked.indexOf('=');
  const [verb, name] = [asked.slice(0, at), asked.slice(at + 1)];
  if (at > 0 && name !== '' && verb === 'policy') {
    const policy = await loadPolicy(name);
    refuseHosts(policy, 'explaining');
    return { run: { ...earlier, policy }, words: `Under policy ${policy.name}` };
  }
  if (at > 0 && name !== '' && verb === 'without') return without(earlier, name);
  throw new UserMistake(
    `--counterfactual is ${shownValue(asked)}; it is without=<module>, without=<incident> or ` +
      `policy=<policy>. ${choices(earlier)}`,
  );
};

const without = (earlier: EarlierRun, name: string): ChangedRun => {
  const { plan, policy } = earlier;
  const modules = policy.modules.filter((module) => module.name !== name);
  if (modules.length < policy.modules.length) {
    // Its settings would build the module anew, so the policy without it has none.
    return { run: { ...earlier, policy: { name: policy.name, modules } }, words: `Without ${name}` };
  }
  const names = incidentNames(plan.incidents);
  const index = names.indexOf(name);
  if (index >= 0) {
    const incidents = plan.incidents.filter((_, one) => one !== index);
    return { run: { ...earlier, plan: { ...plan, incidents } }, words: `Without the incident ${name}` };
  }
  const near = nearest(name, [...policy.modules.map((module) => module.name), ...names]);
  throw new UserMistake(
    `--counterfactual without=${name}: there is no such module or incident. ` +
      (near === undefined ? choices(earlier) : `Did you mean ${near}? ${choices(earlier)}`),
  );
};

const choices = ({ plan, policy }: EarlierRun): string => {
  const modules = policy.modules.map(({ name }) => name).join(', ');
  const incidents = incidentNames(plan.incidents).join(', ');
  return (
    `Modules of policy ${policy.name}: ${modules === '' ? 'none' : modules}; ` +
    `incidents: ${incidents === '' ? 'none' : incidents}.`
  );
};

/** Each incident by its kind; by its kind and number, in the plan's order, where several are of a kind. */
export const incidentNames = (incidents: readonly IncidentPlan[]): readonly string[] =>
  incidents.map(({ kind }, index) => {
    const alike = incidents.filter((other) => other.kind === kind).length;
    if (alike === 1) return kind;
    return `${kind}-${incidents.slice(0, index + 1).filter((other) => other.kind === kind).length}`;
  });
