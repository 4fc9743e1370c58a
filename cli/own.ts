// Where our own parts lie in either form of the command: its sources, or compiled, all in one folder
// dist/<stamp>/ (build.mjs). A command stays in the form it was started in.

import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const isCompiled = !import.meta.url.endsWith('.ts');
const root = new URL(isCompiled ? '../../' : '../', import.meta.url);

/** A file of ours that is not code, or a command to start, by its path from our root folder. */
export const ownFile = (path: string): string => fileURLToPath(new URL(path, root));

/** Address of `cli/<name>.ts` for someone who imports it by its address; build.mjs must know the name. */
export const ownModule = (name: string): URL =>
  new URL(isCompiled ? `./${name}.js` : `./${name}.ts`, import.meta.url);

/**
 * Address to start a worker thread with that is to run `cli/<name>.ts`. build.mjs must know the name, and
 * `cli/<name>.mjs` must be there, which lets the thread read TypeScript before it imports the module.
 */
export const ownThread = (name: string): URL =>
  new URL(isCompiled ? `./${name}.js` : `./${name}.mjs`, import.meta.url);

let hasLearnt = !isCompiled;

/**
 * To be called before a user's script is imported. The compiled command has this thread learn TypeScript only
 * now, and that our own modules, by whatever name a script imports them, are those that are running.
 */
export const learnScripts = (): void => {
  if (hasLearnt) return;
  hasLearnt = true;
  const places = { root: root.href, compiled: new URL('./', import.meta.url).href };
  register(new URL('cli/script-hooks.mjs', root), { data: places });
  process.setSourceMapsEnabled(true);
};
