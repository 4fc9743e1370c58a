// `sharedfate daemons`: the foreign software that a run can be made with, what of it is missing here and how
// to install it; or a clock for a daemon of one's own.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Policy, valueText } from '../../policy/index.ts';
import { clockEnvironment, hostPolicy, type Profile, profiles } from '../../testbed/index.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';

/** Lists all, with their settings. */
export const listDaemons = (json: boolean, console: Console): number => {
  const all = Object.entries(profiles);
  if (json) console.print(`${JSON.stringify({ daemons: all.map(factsOf) })}\n`);
  else console.print(`${all.map(text).join('\n')}\n${own}\n`);
  return exitCodes.passed;
};

const settingsOf = (name: string, profile: Profile): NonNullable<Policy['settings']> =>
  hostPolicy(`daemon:${name}`, profile).settings ?? [];

const factsOf = ([name, profile]: readonly [string, Profile]) => ({
  policy: `daemon:${name}`, product: profile.product, missing: profile.missing(),
  settings: settingsOf(name, profile),
});

const text = ([name, profile]: readonly [string, Profile]): string => {
  const lines = [`daemon:${name}  ${profile.product}`];
  for (const { name: what, install } of profile.missing()) lines.push(`    missing: ${what}; ${install}`);
  for (const { help, max, min, name: setting, unit, value } of settingsOf(name, profile)) {
    const words = unit === 'span' ? '' : ` ${unit}`;
    const range = `${valueText(min, unit)} to ${valueText(max, unit)}`;
    lines.push(`    --set ${setting}=${valueText(value, unit)}${words}  (${range})  ${help}`);
  }
  return lines.join('\n');
};

const own = `postfix-policy:<place>  any daemon of your own that speaks Postfix policy delegation
    the place is 127.0.0.1:10040, [::1]:10040 or unix:/path/to/socket; it goes by the real time, unless
    started under a clock: sharedfate daemons --clock <file>, and then postfix-policy:<place>?clock=<file>`;

/** Makes a clock, and prints what a daemon is to be started with to go by it. Throws a UserMistake. */
export const printClock = (path: string, console: Console): number => {
  const file = resolve(path);
  if (existsSync(file)) throw new UserMistake(`${path} is there already; name a file that is not.`);
  try {
    const environment = Object.entries(clockEnvironment(file)).map(([name, value]) => `${name}=${value}`);
    console.print(`${environment.join(' ')}\n`);
    console.note(`Start the daemon with these, as in: env $(sharedfate daemons --clock ${path}) <daemon>. ` +
      `Then run with --policy 'postfix-policy:<place>?clock=${path}'.`);
  } catch (error) {
    if (error instanceof Error && error.name === 'ClockLibraryError') throw new UserMistake(error.message);
    throw error;
  }
  return exitCodes.passed;
};
