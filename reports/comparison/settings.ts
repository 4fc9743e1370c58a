// What the two sides do not share: policy, modules, parameters, tool, code. Shown before any figure, since a
// difference nobody meant is the commonest reason for a difference nobody understands.

import type { Measured } from './measured.ts';
import type { SettingChange, Side } from './comparison.ts';

/** The first of each side's figures stands for its transport; all scenarios of a side share it. */
export const settingChanges = (
  baseline: Side, candidate: Side, figures: { readonly baseline: Measured; readonly candidate: Measured },
): readonly SettingChange[] => {
  const [one, two] = [baseline.policy, candidate.policy];
  const changes: SettingChange[] = [];
  const note = (name: string, before: string | null, after: string | null): void => {
    if (before !== after) changes.push({ name, baseline: before, candidate: after });
  };
  note('policy', one.name, two.name);
  if (one.name === two.name) note('policy file', fileOf(one.source), fileOf(two.source));
  const isSameFile = one.source === two.source && one.name === two.name;
  if (isSameFile && one.digest !== two.digest)
    note(`text of ${one.source}`, one.digest.slice(0, 12), two.digest.slice(0, 12));
  for (const module of union(one.modules, two.modules))
    note(`module ${module}`, onOff(one.modules, module), onOff(two.modules, module));
  for (const name of union(Object.keys(one.parameters), Object.keys(two.parameters)))
    note(name, one.parameters[name] ?? null, two.parameters[name] ?? null);
  note('code', codeOf(baseline), codeOf(candidate));
  note('tool', baseline.tool, candidate.tool);
  note('transport', figures.baseline.transport, figures.candidate.transport);
  return changes;
};

const union = (one: readonly string[], two: readonly string[]): readonly string[] =>
  [...new Set([...one, ...two])];

const onOff = (modules: readonly string[], module: string): string | null =>
  modules.includes(module) ? 'on' : null;

const fileOf = (source: string): string => (source === '' ? 'comes with the tool' : source);

const codeOf = ({ revision }: Side): string | null => {
  if (revision === null) return null;
  const { ref, commit, changedFiles } = revision;
  const files = changedFiles === 1 ? 'file' : 'files';
  const changed = changedFiles === 0 ? '' : ` and ${changedFiles} changed ${files}`;
  return `${ref} (${commit.slice(0, 10)}${changed})`;
};
