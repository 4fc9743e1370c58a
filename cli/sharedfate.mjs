#!/usr/bin/env node
// The command. Runs compiled where it can; else lets node read our TypeScript first.

import './heap.mjs';
import { compiledFolder, readTypeScript } from './form.mjs';

// Reading the maps takes time; an error's place is shown to those who ask for it only.
if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);
const folder = await compiledFolder();
if (folder === undefined) readTypeScript();
const { start } = await import(folder === undefined ? './start.ts' : new URL('start.js', folder).href);
start(process.argv.slice(2));
