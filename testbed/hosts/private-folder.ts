// A folder of a host's own, in memory where there is such a place, for its configuration, sockets and
// databases. Taken away at the end, by us or, if we are killed, by the guardian of its daemon.

import { accessSync, chownSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daemonIdentity } from './programs.ts';

export interface PrivateFolder {
  readonly path: string;
  file(name: string): string;
  remove(): void;
}

/** Sockets have paths of at most 107 bytes, so its name is short; it says whose it is. */
export const privateFolder = (): PrivateFolder => {
  const path = mkdtempSync(join(inMemory() ? '/dev/shm' : tmpdir(), `sharedfate-${process.pid}-`));
  const { uid, gid } = daemonIdentity();
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};

const inMemory = (): boolean => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
