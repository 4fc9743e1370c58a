// Policies that are foreign software: how one is asked for, and how it is told from ours without loading what
// it takes to run it.

import type { Policy } from '../policy/index.ts';
import { UserMistake } from './faults.ts';

/** Whether a policy is asked for by the name of a host: `daemon:postfwd`, `postfix-policy:127.0.0.1:25`. */
export const isHostName = (asked: string): boolean => /^(?:daemon|postfix-policy):/.test(asked);

/** Whether seeds must be run one after the other: a daemon that its user started serves all of them. */
export const mustTakeTurns = (asked: string): boolean => asked.startsWith('postfix-policy:');

/** What a module that speaks for a host bears (testbed/hosts/host.ts). */
const speaksFor = Symbol.for('sharedfate.host');

/** Whether any module of a policy speaks for a host, which must be started for a run. */
export const hasHosts = ({ modules }: Policy): boolean => modules.some((module) => speaksFor in module);

/** Throws a UserMistake where there is no such host, or where what it is made of is not installed. */
export const hostCalled = async (asked: string): Promise<Policy> => {
  const { HostNameError, MissingProgramError, policyOfHost } = await import('../testbed/index.ts');
  try {
    return policyOfHost(asked);
  } catch (error) {
    if (error instanceof HostNameError || error instanceof MissingProgramError)
      throw new UserMistake(error.message);
    throw error;
  }
};

/** Throws a UserMistake where a policy speaks for software that a run in memory cannot wait for. */
export const refuseHosts = (policy: Policy, verb: string): void => {
  if (!hasHosts(policy)) return;
  throw new UserMistake(
    `policy ${policy.name} is foreign software, and ${verb} runs a seed in memory only. ` +
      'The same seed run again, with run --seed, ends the same way.',
  );
};
