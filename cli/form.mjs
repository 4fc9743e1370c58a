// Finds the compiled command, in dist/<stamp>/. A package carries one, made when it was packed. In a checkout
// the stamp is of the sources as they lie there: where none has it, it is compiled now, which takes less time
// than reading one command's sources one by one. So no compiled command is ever older than its sources.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { register } from 'node:module';

const root = new URL('../', import.meta.url);
const builds = new URL('dist/', root);

/** What the compiled command is made of, besides package.json. */
const rooms = ['cli', 'mocks', 'policy', 'reports', 'sim', 'sweep', 'testbed'];
const isSource = /\.(?:ts|json|mjs)$/;

/**
 * Address of the folder; undefined where the sources are to be run: where they cannot be compiled, such as
 * half-way through an edit, or on a disk that cannot be written; and where SHAREDFATE_FORM=source asks so.
 */
export const compiledFolder = async () => {
  if (process.env.SHAREDFATE_FORM === 'source') return undefined;
  // No package has one (`files` in package.json).
  if (!existsSync(new URL('tsconfig.json', root))) return packed();
  const stamp = stampOfSources();
  const folder = new URL(`${stamp}/`, builds);
  if (existsSync(folder)) return folder;
  try {
    const { build } = await import('./build.mjs');
    return (await build(stamp)) ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** Lets this thread import TypeScript, ours and the scripts it is given. */
export const readTypeScript = () => {
  register(new URL('script-hooks.mjs', import.meta.url), { data: { root: root.href, compiled: '' } });
  process.setSourceMapsEnabled(true);
};

const packed = () => {
  const [stamp] = existsSync(builds) ? readdirSync(builds) : [];
  return stamp === undefined ? undefined : new URL(`${stamp}/`, builds);
};

/**
 * Paths, sizes and times of change of all sources as 16 hexadecimal digits. The time of change (ctime), since
 * that of modification can be set: `cp -p` and archives do. Two lanes of FNV-1a, because loading node:crypto
 * takes longer than all the rest.
 */
export const stampOfSources = () => {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  const fold = (text) => {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code ^ (low >>> 7), 0x01000193);
    }
  };
  for (const path of sources()) {
    const { ctimeMs, size } = statSync(new URL(path, root));
    fold(`${path}:${size}:${ctimeMs};`);
  }
  return [high, low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
};

/** Paths from the root, in an order that is everywhere the same. */
export const sources = () => ['package.json', ...rooms.flatMap((room) => below(`${room}/`))];

const below = (folder) =>
  existsSync(new URL(folder, root)) ?
    readdirSync(new URL(folder, root), { withFileTypes: true })
      .sort((one, two) => (one.name < two.name ? -1 : 1))
      .flatMap((entry) => {
        const path = `${folder}${entry.name}`;
        // A room may have packages of its own, as the testbed's Haraka has.
        if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : below(`${path}/`);
        return isSource.test(path) ? [path] : [];
      })
  : [];
