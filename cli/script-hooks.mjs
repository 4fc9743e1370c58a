// How node imports while the command runs: TypeScript is compiled on its way in, and in the compiled command
// whatever a script imports of ours, by the package's name or by the path of a source, is the very module
// that runs, not a second one with a state of its own. Runs in a thread that node keeps for such hooks.

import { transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

let root = '';
let compiled = '';

/** Where our sources lie, and the folder they are compiled in: empty where the sources themselves run. */
export const initialize = (places) => {
  ({ root, compiled } = places);
};

/** The folders' index files have a file each; their other modules are all in one (build.mjs). */
const index = /^(policy|sim|mocks|testbed|sweep)\/index\.ts$/;
const single = /^(?:policy|sim|mocks|testbed|sweep)\/.*\.ts$/;
const scheme = 'sharedfate-module:';

export const resolve = async (specifier, context, next) => {
  const found = await find(specifier, context, next);
  if (compiled === '' || !found.url.startsWith(root)) return found;
  const path = pathOf(found.url).slice(root.length);
  const [, room] = index.exec(path) ?? [];
  if (room !== undefined) return { url: `${compiled}${room}.js`, format: 'module', shortCircuit: true };
  return single.test(path) ? { url: scheme + path, format: 'module', shortCircuit: true } : found;
};

/** As node does; besides, as TypeScript allows, without an ending, or by the one it has once compiled. */
const find = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!/^\.{0,2}\/|^file:/.test(specifier)) throw error;
    const isCompiled = /\.[cm]?js$/.test(specifier);
    const others = isCompiled ? [specifier.replace(/js$/, 'ts')]
      : ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'].map((ending) => specifier + ending);
    for (const other of others) {
      try {
        return await next(other, context);
      } catch {
        // The next one, or else what node said at first.
      }
    }
    throw error;
  }
};

export const load = async (url, context, next) => {
  const place = pathOf(url);
  const source =
    url.startsWith(scheme) ? await ours(url.slice(scheme.length))
    : /^file:.*\.m?ts$/.test(place) ? await javaScript(place)
    // As TypeScript and bundlers have it; node itself wants the import to say `with { type: 'json' }`.
    : /^file:.*\.json$/.test(place) && context.importAttributes?.type === undefined ?
      `export default ${await readFile(fileURLToPath(place), 'utf8')}`
    : undefined;
  return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
};

/** A module of ours by the names it exports, which a second copy of it in this thread is asked for. */
const ours = async (path) => {
  const all = `${compiled}single.js`;
  const names = Object.keys((await import(all))[path] ?? {});
  const head = `import { ${JSON.stringify(path)} as module } from ${JSON.stringify(all)};`;
  return [head, ...names.map((name) => `export const ${name} = module.${name};`)].join('\n');
};

/** With the map inside, so that an error names the line that its author knows. */
const javaScript = async (url) => {
  const sourcefile = fileURLToPath(url);
  const text = await readFile(sourcefile, 'utf8');
  try {
    const { code } = await transform(text, {
      loader: 'ts', format: 'esm', target: 'node20.19', platform: 'node', tsconfigRaw: {},
      logLevel: 'silent', sourcefile, sourcemap: 'inline', sourcesContent: false,
    });
    return code;
  } catch (error) {
    // Of the kinds of errors only the language's own come through between threads.
    throw new SyntaxError(error.message);
  }
};

const pathOf = (url) => url.split(/[?#]/)[0];
