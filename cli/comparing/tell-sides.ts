// What a comparison tells of its two sides besides the figures: their names, the code they ran with, and the
// commands that go on from it.

import type { Comparison, Revision, Side } from '../../reports/comparison/comparison.ts';
import { printable } from '../../reports/format.ts';
import { repeatCommand } from '../../reports/repeat.ts';
import { shownPath } from '../load.ts';
import type { Figures } from './figures.ts';
import type { CompareOptions, Job } from './job.ts';
import { commitOf, workingTree } from './revision.ts';
import type { AskedSide } from './sides.ts';

/** Both sides; the folders that runs were read from are named only where the names would be alike. */
export const sidesTold = (
  job: Job, figures: { readonly baseline: Figures; readonly candidate: Figures }, set: readonly string[],
): Pick<Comparison, 'baseline' | 'candidate'> => {
  const hasRevision = job.baseline.kind === 'revision' || job.candidate.kind === 'revision';
  const told = (asked: AskedSide, { measured }: Figures, settings: readonly string[]): Side => ({
    kind: asked.kind,
    name: nameOf(asked, measured.policy.name, settings),
    asked: asked.asked,
    policy: measured.policy,
    tool: measured.tool,
    revision: revisionOf(asked, hasRevision),
  });
  const baseline = told(job.baseline, figures.baseline, []);
  const candidate = told(job.candidate, figures.candidate, job.candidate.kind === 'policy' ? set : []);
  if (baseline.name !== candidate.name) return { baseline, candidate };
  return { baseline: placed(baseline), candidate: placed(candidate) };
};

const placed = (side: Side): Side =>
  side.kind === 'run' ? { ...side, name: `${side.name} in ${shownPath(side.asked)}` } : side;

const nameOf = (asked: AskedSide, policy: string, settings: readonly string[]): string => {
  switch (asked.kind) {
    case 'policy':
      return settings.length === 0 ? policy : `${policy} with ${settings.join(', ')}`;
    case 'revision':
      return `${policy} at ${asked.ref}`;
    case 'run':
      return policy;
    case 'baseline':
      return `${policy} as accepted`;
    default:
      return asked satisfies never;
  }
};

const revisionOf = (asked: AskedSide, hasRevision: boolean): Revision | null => {
  if (asked.kind === 'revision') return { ref: asked.ref, commit: commitOf(asked.ref)!, changedFiles: 0 };
  return asked.kind === 'policy' && hasRevision ? workingTree() : null;
};

/** The command that compares again, as it was typed. */
export const repeatText = (typed: readonly string[], options: CompareOptions, seed?: string): string => {
  const { base, baseline, policy, set, seeds, unpaired, gates } = options;
  const parts = [
    'npx', 'sharedfate', 'compare', ...typed,
    ...(base === undefined ? [] : ['--base', base]),
    ...(baseline === undefined ? [] : ['--baseline', baseline]),
    ...(policy === 'default' ? [] : ['--policy', policy]),
    ...set.flatMap((setting) => ['--set', setting]),
    ...((seed ?? options.seed) === undefined ? [] : ['--seed', (seed ?? options.seed)!]),
    ...(seeds === undefined || seed !== undefined ? [] : ['--seeds', seeds]),
    ...(unpaired ? ['--unpaired'] : []),
    ...(gates === undefined ? [] : ['--gates', gates]),
  ];
  return parts.map(quoted).join(' ');
};

/** The command that takes the candidate for the baseline. */
export const acceptText = (folders: readonly string[]): string =>
  ['npx', 'sharedfate', 'accept', ...folders].map(quoted).join(' ') + ' --because "..."';

/** The command that runs one seed of the candidate again, alone where it can be. */
export const againText = (
  candidate: Figures | undefined, seed: string, typed: readonly string[], options: CompareOptions,
): string =>
  candidate?.result === null || candidate === undefined
    ? repeatText(typed, options, seed)
    : repeatCommand(candidate.result, seed);

const quoted = (argument: string): string => {
  const text = printable(argument);
  return /^[\w@%+=:,./~^-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
};
