// Where in a script something was thrown.

import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ownFile } from './own.ts';

/** ` at line 12`, of the innermost place in the file itself; nothing where it was not thrown there. */
export const lineOf = (error: Error, path: string): string => {
  const places = [pathToFileURL(resolve(path)).href, resolve(path)];
  for (const line of (error.stack ?? '').split('\n')) {
    const place = places.find((candidate) => line.includes(`${candidate}:`));
    if (place !== undefined)
      return ` at line ${line.slice(line.indexOf(place) + place.length + 1).split(':')[0]}`;
  }
  return '';
};

interface Place {
  readonly file: string;
  readonly line: string;
}

/** Our own rooms and all packages: both may throw by a script's fault, and by ours as well. */
const notForeign = /^(?:cli|dist|mocks|policy|reports|sim|sweep|testbed)[/\\]|[/\\]node_modules[/\\]/;

/** The innermost place in a file that is neither ours nor a package's, such as one that a script imports. */
export const foreignPlace = ({ stack }: Error): Place | undefined => {
  const root = ownFile('');
  for (const text of (stack ?? '').split('\n')) {
    const [, place, line] = /^ +at (?:.*\()?(file:\/\/\/[^()]*|\/[^()]*):(\d+):\d+\)?$/.exec(text) ?? [];
    if (place === undefined) continue;
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (!notForeign.test(path.startsWith(root) ? path.slice(root.length) : path))
      return { file: relative('', path), line: line! };
  }
  return undefined;
};
