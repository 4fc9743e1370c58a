// The files of a commit in a temporary folder, so that its own code can run beside ours. Taken from the local
// repository alone: nothing is fetched, and the repository, its index and its work tree stay untouched.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Revision } from '../../reports/comparison/comparison.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { UserMistake } from '../faults.ts';

export interface RevisionTree extends Revision {
  /** The root of the commit's files. */
  readonly root: string;
  /** Where we are in the repository, from its root: `` or `tools/mail/`. */
  readonly prefix: string;
  /** What one should know of it, such as that its packages were others. */
  readonly notices: readonly string[];
  remove(): void;
}

/** Git, on the local repository and without the network, whatever it is asked. Throws where it fails. */
const git = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): string =>
  execFileSync('git', [...noFilters, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0',
      ...environment,
    },
  }).trimEnd();

/** Large files kept elsewhere would be fetched by their filter; their pointers stay what they are. */
const noFilters =
  ['-c', 'filter.lfs.smudge=', '-c', 'filter.lfs.process=', '-c', 'filter.lfs.required=false'];

const tryGit = (args: readonly string[]): string | undefined => {
  try {
    return git(args);
  } catch {
    return undefined;
  }
};

/** The commit a name stands for; undefined where it stands for none, or where there is no repository. */
export const commitOf = (ref: string): string | undefined =>
  ref === '' || ref.startsWith('-') ? undefined
  : tryGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);

/** The working tree as a revision, and how many of its files differ from its commit; null outside of any. */
export const workingTree = (): Revision | null => {
  const commit = commitOf('HEAD');
  const status = tryGit(['status', '--porcelain', '--untracked-files=normal']);
  if (commit === undefined || status === undefined) return null;
  return { ref: 'working tree', commit, changedFiles: status === '' ? 0 : status.split('\n').length };
};

/** Branches and tags, for an error that offers the nearest. */
export const refNames = (): readonly string[] =>
  (tryGit(['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/tags', 'refs/remotes']) ?? '')
    .split('\n')
    .filter((name) => name !== '');

/**
 * Lays a commit's files out. Throws a UserMistake where there is no such commit, or its objects are not here.
 */
export const layOut = (ref: string): RevisionTree => {
  const commit = commitOf(ref);
  if (commit === undefined) throw new UserMistake(`${shownValue(ref)} is no revision of this repository.`);
  const top = git(['rev-parse', '--show-toplevel']);
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-revision-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const root = join(folder, 'tree');
    const index = { GIT_INDEX_FILE: join(folder, 'index') };
    git(['-C', top, 'read-tree', commit], index);
    git(['-C', top, 'checkout-index', '--all', '--force', `--prefix=${root}/`], index);
    const modules = join(top, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(root, 'node_modules'), 'dir');
    const prefix = git(['rev-parse', '--show-prefix']);
    return { ref, commit, changedFiles: 0, root, prefix, notices: packagesDiffer(top, root, ref), remove };
  } catch (error) {
    remove();
    const said = String((error as { readonly stderr?: unknown }).stderr ?? (error as Error).message);
    throw new UserMistake(
      `revision ${shownValue(ref)} (${commit.slice(0, 10)}) cannot be laid out: ` +
        `${said.trim().split('\n')[0]}. In a shallow or partial clone, fetch it first.`,
    );
  }
};

const packagesDiffer = (top: string, root: string, ref: string): readonly string[] => {
  const locks = [top, root].map((folder) => {
    const lock = join(folder, 'package-lock.json');
    return existsSync(lock) ? readFileSync(lock, 'utf8') : '';
  });
  if (locks[0] === locks[1]) return [];
  return [`${ref} has another package-lock.json; it was run with the packages that are installed now.`];
};
