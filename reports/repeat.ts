// The command that makes a result again, as a person would type it.

import type { RunResult } from '../sim/index.ts';
import { printable } from './format.ts';
import { setArguments } from './settings.ts';
import { transportArguments } from './transport.ts';

/** For all seeds of the result, or for the one given. Arguments a shell would misread are quoted. */
export const repeatCommand = (result: RunResult, seed?: string): string => {
  const only = seed ?? (result.seeds.length === 1 ? result.seeds[0]!.seed : undefined);
  const parts = ['npx', 'sharedfate', 'run', result.scenario];
  // Two files may hold policies of one name, and one of them may call itself `default`: the file decides.
  const policy = result.policy.source === '' ? result.policy.name : result.policy.source;
  if (policy !== 'default') parts.push('--policy', policy);
  for (const setting of setArguments(result.policy.settings)) parts.push('--set', setting);
  if (only === undefined) parts.push(...seedArguments(result));
  else parts.push('--seed', only);
  parts.push(...transportArguments(result.transport));
  return parts.map(shellWord).join(' ');
};

/** Seeds 1 to n, or every n-th of them, which is what a shard has. */
const seedArguments = ({ seeds, seedsAsked }: RunResult): readonly string[] => {
  const [first, second] = seeds.map(({ seed }) => Number(seed));
  const step = (second ?? 0) - (first ?? 0);
  const isShard = step > 1 && first! >= 1 && first! <= step &&
    seeds.every(({ seed }, index) => seed === String(first! + index * step));
  if (!isShard) return ['--seeds', String(seedsAsked)];
  return ['--seeds', seeds.at(-1)!.seed, '--shard', `${first}/${step}`];
};

/** An argument as it is typed: quoted where a shell would misread it. */
export const shellWord = (argument: string): string => {
  const text = printable(argument);
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
};
