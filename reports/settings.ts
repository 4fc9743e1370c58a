// What a policy was set to, in words: as `--set` takes it, and against what it is where nobody sets it.

import { valueText } from '../policy/index.ts';
import type { RunResult } from '../sim/index.ts';
import { printable } from './format.ts';

type Settings = RunResult['policy']['settings'];

const changed = (settings: Settings): Settings => settings.filter((one) => one.value !== one.default);

/** Each setting that is not at its default, as `--set` takes it: `burst=40`. */
export const setArguments = (settings: Settings): readonly string[] =>
  changed(settings).map(({ name, unit, value }) => `${printable(name)}=${valueText(value, unit)}`);

/** `default (burst 40, not 60)`: the policy's name, and what was set of it. */
export const policyText = ({ name, settings }: Pick<RunResult['policy'], 'name' | 'settings'>): string => {
  const set = changed(settings).map((one) =>
    `${printable(one.name)} ${valueText(one.value, one.unit)}, not ${valueText(one.default, one.unit)}`);
  return set.length === 0 ? printable(name) : `${printable(name)} (${set.join('; ')})`;
};

/** `default burst=40`: the policy's name and what was set of it, short and in one line. */
export const policyLabel = ({ name, settings }: Pick<RunResult['policy'], 'name' | 'settings'>): string =>
  [name, ...setArguments(settings)].join(' ');

/** One row a setting: name, value, default, and the unit where the value does not show it. */
export const settingRows = (settings: Settings): readonly (readonly [string, string, string, string])[] =>
  settings.map(({ default: usual, name, unit, value }) => [
    printable(name),
    valueText(value, unit),
    valueText(usual, unit),
    unit === 'span' || unit === 'share' ? '' : printable(unit),
  ]);
