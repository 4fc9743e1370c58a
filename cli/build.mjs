// Compiles the command into dist/<stamp>/ (form.mjs). Bundled rather than file by file: both were measured,
// and a command that loads most of its modules starts twice as fast from a few dozen files as from 500; what
// few commands need is a file of its own all the same. `node cli/build.mjs` makes it, and removes all others.

import { build as compile, stop } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { argv, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { constants } from './constants.mjs';
import { sources, stampOfSources } from './form.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const builds = `${root}dist`;

/** What is started, handed over by its address, or imported by users' scripts (script-hooks.mjs). */
const entries = {
  start: 'cli/start.ts',
  worker: 'cli/worker.ts',
  simulate: 'cli/simulate.ts',
  'sweep-thread': 'cli/sweep-thread.ts',
  sim: 'sim/index.ts',
  policy: 'policy/index.ts',
  mocks: 'mocks/index.ts',
  testbed: 'testbed/index.ts',
  sweep: 'sweep/index.ts',
};

/** Rooms whose modules a script may import one by one, besides their index. The soak is our own. */
const open = /^(?:policy|sim|mocks|testbed(?!\/soak\/)|sweep)\/.*(?<!\.d)\.ts$/;

/**
 * Compiles the sources whose stamp is given; false where they have changed meanwhile. Safe in any number of
 * processes at once. Rejects where a source is no TypeScript, and where dist/ cannot be written.
 */
export const build = async (stamp) => {
  const unfinished = `${builds}/unfinished-${stamp}-${pid}`;
  try {
    await compileInto(unfinished);
    if (stampOfSources() !== stamp) return false;
    putInPlace(unfinished, `${builds}/${stamp}`);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOld(stamp);
  return true;
};

const compileInto = async (folder) => {
  mkdirSync(folder, { recursive: true });
  await compile({
    absWorkingDir: root,
    entryPoints: { ...entries, single: 'single-modules' },
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    tsconfigRaw: {},
    // The text of the sources is beside it, in a package too.
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [
      { name: 'own', setup: (steps) => [singleModules, ownPlaces].forEach((add) => add(steps)) },
      constants,
    ],
  });
  await stop();
};

/** `single.js` exports each module of the open rooms as a whole, by the name of its path. */
const singleModules = ({ onLoad, onResolve }) => {
  const lines = sources().filter((path) => open.test(path))
    .map((path) => `export * as '${path}' from './${path}';`);
  onResolve({ filter: /^single-modules$/ }, ({ path }) => ({ path, namespace: 'made' }));
  onLoad({ filter: /./, namespace: 'made' }, () => ({ contents: lines.join('\n'), resolveDir: root }));
};

/** Modules that look for a file beside them must not look beside what they were compiled into. */
const ownPlaces = ({ onLoad }) => {
  const isAsking = (path) => readFileSync(root + path, 'utf8').includes('import.meta.');
  const asking = sources().filter((path) => path.endsWith('.ts') && path !== 'cli/own.ts' && isAsking(path));
  const names = asking.map((path) => basename(path).replaceAll('.', '\\.'));
  const filter = new RegExp(`[\\\\/](?:${names.join('|')})$`);
  onLoad({ filter }, ({ path: file }) => {
    const path = file.slice(root.length).replaceAll('\\', '/');
    if (!asking.includes(path)) return undefined;
    const place = `new URL('../../${path}', import.meta.url).href`;
    const text = readFileSync(file, 'utf8');
    if (/import\.meta\.(?!url\b)/.test(text)) throw new Error(`${path}: only import.meta.url is understood`);
    const contents = text.replaceAll('import.meta.url', place);
    return { contents, loader: 'ts' };
  });
};

/** Whoever is first wins; the others' are the same. */
const putInPlace = (from, to) => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
};

/** A day: a command that began before an edit must find its later parts where they were. */
const kept = 24 * 60 * 60 * 1_000;

const removeOld = (stamp, age = kept) => {
  for (const name of readdirSync(builds)) {
    const path = `${builds}/${name}`;
    const isOld = Date.now() - (statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0) >= age;
    if (name !== stamp && isOld) rmSync(path, { recursive: true, force: true });
  }
};

if (argv[1] === fileURLToPath(import.meta.url)) {
  const stamp = stampOfSources();
  const isThere = existsSync(`${builds}/${stamp}`) || (await build(stamp));
  if (!isThere) throw new Error('the sources changed while they were compiled; run it again');
  removeOld(stamp, 0);
}
