// The import rule: where each import of a file leads, and whether the table lets it. A name that is imported
// only as a type costs nothing at run time, so some rooms may take types where they may not take values.

import { dirname, join } from 'node:path/posix';
import { importTable } from './table.ts';
import type { Finding } from './rules.ts';
import { type Import, importsOf, packageOf, type Source } from './source.ts';

const roomOf = (path: string): string => path.split('/')[0]!;

/** Every import of a source that the table forbids. */
export const arrows = (source: Source): readonly Finding[] => {
  if (!source.path.includes('/')) return [];
  if (importTable[roomOf(source.path)] === undefined) {
    return [{ path: source.path, line: 1, what: `folder ${roomOf(source.path)} is not in the import table` }];
  }
  return importsOf(source.text).flatMap((imported) => {
    const wrong = complaint(source.path, imported);
    if (wrong === undefined) return [];
    return [{ path: source.path, line: imported.line, what: `${imported.from}: ${wrong}` }];
  });
};

const complaint = (path: string, imported: Import): string | undefined => {
  const room = roomOf(path);
  const row = importTable[room]!;
  if (imported.from.startsWith('node:')) {
    return row.node ? undefined : `${room} uses nothing that Node brings`;
  }
  const name = packageOf(imported.from);
  if (name !== undefined) {
    const known = row.packages === 'any' || row.packages.includes(name);
    return known ? undefined : `${room} may not use this package`;
  }
  const target = join(dirname(path), imported.from);
  const targetRoom = roomOf(target);
  if (targetRoom === room || !target.includes('/')) return undefined;
  if (row.folders.includes(targetRoom)) {
    const open = !row.indexOnly || target === `${targetRoom}/index.ts`;
    return open ? undefined : `${room} imports only index.ts`;
  }
  const named = row.types[targetRoom];
  if (named === undefined) return `${room} may not import ${targetRoom}`;
  const values = imported.values.filter((value) => !named.includes(value)).join(', ');
  return values === '' ? undefined : `${room} may import only types of ${targetRoom}, not ${values}`;
};
