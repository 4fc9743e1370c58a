// Reads a policy's file again while the one that was read before serves. Node keeps what it has imported by
// its address, so each reading goes by another one; what the file itself imports is not read again.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../../policy/index.ts';
import { assertFile } from '../files.ts';
import { learnScripts } from '../own.ts';
import { withSettings } from '../settings.ts';

let readings = 0;

/** Throws an Error in words where there is no policy to serve. */
export const readAnew = async (path: string, set: readonly string[]): Promise<Policy> => {
  assertFile(path, 'a policy');
  await learnScripts();
  const url = pathToFileURL(resolve(path));
  readings += 1;
  url.search = `reading=${readings}`;
  const { default: found } = await import(url.href) as { readonly default?: Partial<Policy> };
  if (typeof found?.name !== 'string' || !Array.isArray(found.modules)) {
    throw new TypeError("its default export is no policy; a policy is policy('name', [modules]).");
  }
  return withSettings(found as Policy, set);
};
