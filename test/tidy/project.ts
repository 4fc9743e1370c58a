// The rules about the project as a whole: packages, their page in docs, folders' index files, links between
// pages.

import { dirname, join, normalize } from 'node:path/posix';
import { roomsWithIndex, usedBy } from './table.ts';
import type { Finding } from './rules.ts';
import { importsOf, packageOf, type Source } from './source.ts';

export interface Project {
  readonly files: readonly Source[];
  readonly manifest: {
    readonly name: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
    /** What the user's own project brings, if he wants the part of ours that takes it. */
    readonly peerDependencies?: Readonly<Record<string, string>>;
    readonly scripts: Readonly<Record<string, string>>;
  };
}

export interface ProjectRule {
  readonly title: string;
  readonly check: (project: Project) => readonly Finding[];
}

const development = /^(?:test|bench)\/|\.config\.ts$/;
const manifestPath = 'package.json';
const page = 'docs/DEPENDENCIES.md';

export const projectRules: readonly ProjectRule[] = [
  {
    title: 'every package imported is in package.json, for use or for development as the folder needs it',
    check: ({ files, manifest }) => files.flatMap((source) => importsOf(source.text).flatMap((imported) => {
      const name = packageOf(imported.from);
      if (!/\.(?:ts|mjs)$/.test(source.path) || name === undefined || name === manifest.name) return [];
      if ((manifest.dependencies[name] ?? manifest.peerDependencies?.[name]) !== undefined) return [];
      const typesOnly = imported.typeOnly && manifest.devDependencies[`@types/${name}`] !== undefined;
      const known = manifest.devDependencies[name] !== undefined || typesOnly;
      if (known && (development.test(source.path) || imported.typeOnly)) return [];
      const what = known ? `${name} is only a development dependency` : `${name} is not in package.json`;
      return [{ path: source.path, line: imported.line, what }];
    })),
  },
  {
    title: 'every dependency is pinned exactly',
    check: ({ manifest }) => all(manifest).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => ({ path: manifestPath, line: 1, what: `${name} is pinned as ${version}` })),
  },
  {
    title: 'every dependency has its entry in docs/DEPENDENCIES.md, and no other package has',
    check: ({ files, manifest }) => {
      const text = files.find((file) => file.path === page)?.text ?? '';
      const entries = new Set([...text.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!));
      const names = all(manifest).map(([name]) => name);
      return [
        ...names.filter((name) => !entries.has(name))
          .map((name) => ({ path: page, line: 1, what: `${name} has no entry` })),
        ...[...entries].filter((name) => !names.includes(name))
          .map((name) => ({ path: page, line: 1, what: `${name} has an entry, but is no dependency` })),
      ];
    },
  },
  {
    title: 'every dependency is used',
    check: (project) => all(project.manifest).filter(([name]) => !isUsed(name, project))
      .map(([name]) => ({ path: manifestPath, line: 1, what: `${name} is used nowhere` })),
  },
  {
    title: 'every folder that others import has an index.ts',
    check: ({ files }) => roomsWithIndex
      .filter((room) => files.some((file) => file.path.startsWith(`${room}/`) && file.path.endsWith('.ts')))
      .filter((room) => !files.some((file) => file.path === `${room}/index.ts`))
      .map((room) => ({ path: `${room}/index.ts`, line: 1, what: 'is missing: the promise of its folder' })),
  },
  {
    title: 'every link from one page to another leads to a file',
    check: ({ files }) => {
      const known = new Set(files.flatMap((file) => folders(file.path)));
      return files.filter((file) => file.path.endsWith('.md')).flatMap((file) =>
        [...file.text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
          .filter((match) => !known.has(normalize(join(dirname(file.path), match[1]!)).replace(/\/$/, '')))
          .map((match) => ({ path: file.path, line: 1, what: `link to ${match[1]!}, which is not there` })));
    },
  },
];

const all = (manifest: Project['manifest']): [string, string][] =>
  [...Object.entries(manifest.dependencies), ...Object.entries(manifest.devDependencies)];

/** The path itself and every folder above it. */
const folders = (path: string): string[] =>
  path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

const isUsed = (name: string, project: Project): boolean => {
  const code = project.files.filter((file) => /\.(?:ts|mjs)$/.test(file.path));
  if (name === '@types/node') return code.some((file) => /['"]node:/.test(file.text));
  // The types of `@scope/name` are `@types/scope__name`.
  const typed = /^@types\/(?:(.+)__)?(.+)$/.exec(name);
  if (typed !== null) return isUsed(typed[1] === undefined ? typed[2]! : `@${typed[1]}/${typed[2]}`, project);
  const sign = usedBy[name];
  const told = [...Object.values(project.manifest.scripts),
    ...project.files.filter((file) => file.path.endsWith('rc.json')).map((file) => file.text)];
  if (sign !== undefined && told.some((text) => sign.test(text))) return true;
  // Quoted, as an import or as what a resolver is asked for.
  return code.some((file) => !file.path.startsWith('test/tidy/')
    && (file.text.includes(`'${name}'`) || file.text.includes(`'${name}/`)));
};
