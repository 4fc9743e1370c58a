// Finds what the sources of the world own up to: constants whose comment says that they are assumed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A constant, function or field, and the file that has it, counted from sim/world. */
export interface Assumed {
  readonly name: string;
  readonly file: string;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });

const assumption = /\bassum/i;
const declared = /^(?:export )?(?:const|readonly) (\w+)|^ {2}(?:readonly )?(\w+)\??:/;

/**
 * Names that stand under a comment which says "assumed" or "assumption": all up to the next empty line or
 * comment. A `//` comment inside a file speaks for all constants from there to the next export.
 */
export const assumedIn = (text: string): readonly string[] => {
  const names: string[] = [];
  let says = false;
  let speaksOn = false;
  let comment = '';
  let isOpening = true;
  for (const line of text.split('\n')) {
    const isBlock = /^\s*(?:\/\*\*|\*)/.test(line);
    if (isBlock || line.startsWith('//')) {
      comment += `${line}\n`;
      continue;
    }
    if (comment !== '') {
      says = assumption.test(comment) && !isOpening;
      if (says && comment.startsWith('//')) speaksOn = true;
      comment = '';
    }
    isOpening = false;
    if (line.trim() === '') says = false;
    if (line.startsWith('export ')) speaksOn = false;
    const found = declared.exec(line);
    const isField = found?.[2] !== undefined;
    if (found === null || !(says || (speaksOn && /= [\d_.]+;/.test(line)))) continue;
    names.push((found[1] ?? found[2])!);
    if (isField || !/;$|^const \w+ = [\d_.]/.test(line)) says = false;
  }
  return names;
};

export const assumedOfTheWorld = (): readonly Assumed[] =>
  filesIn('sim/world').flatMap((path) =>
    assumedIn(readFileSync(join(root, path), 'utf8'))
      .map((name) => ({ name, file: path.slice('sim/world/'.length) })));
