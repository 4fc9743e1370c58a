// The command with the slow simulator.

import { compiledFolder, readTypeScript } from '../../cli/form.mjs';

const folder = await compiledFolder();
if (folder === undefined) readTypeScript();
const first = folder === undefined ? '../../cli/start.ts' : new URL('start.js', folder).href;
const { start } = await import(first);
start(process.argv.slice(2), new URL('./slow-simulator.ts', import.meta.url).href);
