// The command that makes a result again, as a person would type it.

import type { RunResult } from '../sim/result.ts';
import { printable } from './format.ts';

/** For all seeds of the result, or for the one given. Arguments a shell would misread are quoted. */
export const repeatCommand = (result: RunResult, seed?: string): string => {
  const only = seed ?? (result.seeds.length === 1 ? result.seeds[0]!.seed : undefined);
  const parts = ['npx', 'sharedfate', 'run', result.scenario];
  if (result.policy.name !== 'default') parts.push('--policy', result.policy.name);
  if (only === undefined) parts.push('--seeds', String(result.seedsAsked));
  else parts.push('--seed', only);
  if (result.transport === 'wire') parts.push('--wire');
  return parts.map(quoted).join(' ');
};

const quoted = (argument: string): string => {
  const text = printable(argument);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
};
