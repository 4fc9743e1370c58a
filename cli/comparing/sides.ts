// What `sharedfate compare A B` can hold against one another, told apart by what was typed: a policy, a
// revision (with a policy of it), the folder of a run or of several, a baseline's file.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { nearest } from '../../sim/plan/nearest.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { UserMistake } from '../faults.ts';
import { presetName, shownPath } from '../load.ts';
import { readBaseline } from './baseline.ts';
import { type Figures, runsIn } from './figures.ts';
import { commitOf, refNames } from './revision.ts';

export type AskedSide =
  /** Simulated here and now. */
  | { readonly kind: 'policy'; readonly asked: string; readonly policy: string }
  | { readonly kind: 'revision'; readonly asked: string; readonly ref: string; readonly policy: string }
  /** Figures that exist. */
  | { readonly kind: 'run' | 'baseline'; readonly asked: string; readonly figures: readonly Figures[] };

const scripts = ['.ts', '.mts', '.js', '.mjs'];

/**
 * `usual` is the policy of a revision that none is named for. Throws a UserMistake for what is none of them.
 */
export const readSide = (asked: string, usual: string): AskedSide => {
  if (presetName(asked) !== undefined) return { kind: 'policy', asked, policy: asked };
  const isThere = asked !== '' && !asked.includes('\0') && existsSync(asked);
  if (isThere && statSync(asked).isDirectory()) {
    const figures = runsIn(asked);
    if (figures.length > 0) return { kind: 'run', asked, figures };
    const holds = readdirSync(asked).length === 0 ? 'is empty' : 'holds no run';
    throw new UserMistake(`${shownPath(asked)} ${holds}; expected the folder of a run, or of several.`);
  }
  if (isThere && extname(asked) === '.json')
    return { kind: 'baseline', asked, figures: [readBaseline(asked)] };
  const revision = revisionIn(asked, usual);
  if (revision !== undefined && !(isThere && scripts.includes(extname(asked)))) return revision;
  if (scripts.includes(extname(asked))) return { kind: 'policy', asked, policy: asked };
  const near = nearest(asked, ['default', 'accept-everything', ...refNames(), ...foldersIn('runs')]);
  throw new UserMistake(
    `${shownValue(asked)} is nothing that can be compared; expected a policy (default, accept-everything, ` +
      'preset:<name>, daemon:<name> or a file), the folder of a run, a baseline, or a revision of this ' +
      'repository, such ' +
      `as main or main:policies/mine.ts.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
};

/** `main`, `HEAD~2`, `main:policies/mine.ts`, and `git:default` for a branch of a policy's name. */
export const revisionIn = (asked: string, usual: string): AskedSide | undefined => {
  const text = asked.startsWith('git:') ? asked.slice(4) : asked;
  const colon = text.indexOf(':');
  const [ref, policy] = colon < 0 ? [text, usual] : [text.slice(0, colon), text.slice(colon + 1)];
  if (policy === '' || commitOf(ref) === undefined) return undefined;
  return { kind: 'revision', asked, ref, policy };
};

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder) && statSync(folder).isDirectory()
    ? readdirSync(folder).map((name) => `${folder}/${name}`)
    : [];
