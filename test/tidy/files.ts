// Gathers the project's own text files from disk, as the rules want them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from './project.ts';
import type { Source } from './source.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notOurs = new Set(['node_modules', '.git', 'runs', 'coverage', 'build', 'dist']);
const isText = /\.(?:ts|tsx|js|mjs|json|md|yml|cpp|css|html|sh)$/;
const isTextByName = /(?:^|\/)(?:run|LICENSE|\.[a-z]+(?:config|rc|ignore))$/;

export const readProject = (): Project => ({
  files: walk(''),
  manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Project['manifest'],
});

const walk = (folder: string): Source[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : walk(path);
    if (!isText.test(path) && !isTextByName.test(path)) return [];
    return [{ path, text: readFileSync(join(root, path), 'utf8') }];
  });
