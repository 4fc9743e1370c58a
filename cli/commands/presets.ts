// `sharedfate presets`: the well-known products' rules that a run can be made with, each with its source; or
// one of them with all that may be set.

import { type Preset, presets, valueText } from '../../policy/index.ts';
import { harmlessJson } from '../../reports/outputs/plain-json.ts';
import { nearest } from '../../sim/plan/nearest.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';

/** Lists all, or shows the one named. Throws a UserMistake for a name there is not. */
export const listPresets = (name: string | undefined, json: boolean, console: Console): number => {
  if (name !== undefined && !Object.hasOwn(presets, name)) {
    const near = nearest(name, Object.keys(presets));
    const advice = near === undefined ? '`sharedfate presets` lists them.' : `Did you mean ${near}?`;
    throw new UserMistake(`no preset is called ${shownValue(name)}. ${advice}`);
  }
  const shown = Object.entries(presets).filter(([each]) => name === undefined || each === name);
  if (json) console.print(`${harmlessJson(JSON.stringify({ presets: shown.map(factsOf) }))}\n`);
  else if (name !== undefined) console.print(full(...shown[0]!));
  else for (const [each, { product }] of shown) console.print(`preset:${each}\n    ${product}\n`);
  return exitCodes.passed;
};

const factsOf = ([name, { leavesOut, policy, product, read, source }]: readonly [string, Preset]) => ({
  name, product, source, read, leavesOut,
  modules: policy.modules.map((module) => module.name),
  settings: policy.settings ?? [],
});

const full = (name: string, { leavesOut, policy, product, read, source }: Preset): string => {
  const lines = [`preset:${name}  ${product}`, `Source (read ${read}): ${source}`];
  if (leavesOut !== '') lines.push(`Leaves out: ${leavesOut}`);
  lines.push(`Modules: ${policy.modules.map((module) => module.name).join(', ') || 'none'}`);
  for (const { default: usual, help, max, min, name: setting, unit } of policy.settings ?? []) {
    const words = unit === 'span' || unit === 'share' ? '' : ` ${unit}`;
    const range = `${valueText(min, unit)} to ${valueText(max, unit)}`;
    lines.push(`  --set ${setting}=${valueText(usual, unit)}${words}  (${range})  ${help}`);
  }
  return `${lines.join('\n')}\n`;
};
