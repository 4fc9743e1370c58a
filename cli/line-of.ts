// Where in a script something was thrown.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

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
