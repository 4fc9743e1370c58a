// What `--set name=value` says, and giving it to a policy.

import { type Policy, SettingMistake } from '../policy/index.ts';
import { nearest } from '../sim/plan/nearest.ts';
import { shownValue } from '../sim/plan/problems.ts';
import { UserMistake } from './faults.ts';

/** Throws a UserMistake for what is not `name=value`, or names a setting twice. */
const readSettings = (given: readonly string[]): Readonly<Record<string, string>> => {
  const settings = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new UserMistake(`--set ${shownValue(text)} says nothing; expected name=value, such as burst=40.`);
    }
    const name = text.slice(0, at).trim();
    if (settings.has(name)) throw new UserMistake(`--set gives ${name} twice; give it once.`);
    settings.set(name, text.slice(at + 1).trim());
  }
  return Object.fromEntries(settings);
};

/** The policy with what was set; the policy itself where nothing was. Throws a UserMistake. */
export const withSettings = (policy: Policy, given: readonly string[]): Policy => {
  if (given.length === 0) return policy;
  const values = readSettings(given);
  if (policy.withSettings === undefined) {
    const what = `policy ${policy.name} has no settings, so --set can change nothing`;
    throw new UserMistake(`${what}; declare them: policy('name', { ... }, (p) => [modules]).`);
  }
  try {
    return policy.withSettings(values);
  } catch (error) {
    if (error instanceof SettingMistake) {
      const near = error.known.includes(error.setting) ? undefined : nearest(error.setting, error.known);
      throw new UserMistake(near === undefined ? error.message : `${error.message} Did you mean "${near}"?`);
    }
    // Values that are each in range may not go together; the module that refuses them says why.
    if (error instanceof RangeError || error instanceof TypeError) {
      throw new UserMistake(`policy ${policy.name}, as set: ${error.message}`);
    }
    throw error;
  }
};
