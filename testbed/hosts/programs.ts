// Finds the programs that hosts are made of, where Debian and others put them; and who they are to run as.

import { accessSync, constants, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Program } from './host.ts';

/** Daemons are often in folders that are in the superuser's PATH only. */
const more = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** The path of a program; undefined where it is not installed. */
export const programPath = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...more]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A program of a Debian package. */
export const fromDebian = (name: string, packageName: string = name): Program =>
  ({ name, install: `apt-get install ${packageName}` });

export const missingOf = (programs: readonly Program[]): readonly Program[] =>
  programs.filter(({ name }) => programPath(name) === undefined);

export interface Identity {
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/** Whom a daemon runs as: nobody, if we are the superuser and there is a nobody; else ourselves. */
export const daemonIdentity = (): Identity => {
  const { uid, gid, username } = userInfo();
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const nobody = uid === 0 ? users.find(([name]) => name === 'nobody') : undefined;
  if (nobody === undefined) return { user: username, group: groupName(gid), uid, gid };
  const [itsUid, itsGid] = [Number(nobody[2]), Number(nobody[3])];
  return { user: 'nobody', group: groupName(itsGid), uid: itsUid, gid: itsGid };
};

const groupName = (gid: number): string => {
  const groups = readFileSync('/etc/group', 'utf8').split('\n').map((line) => line.split(':'));
  return groups.find((group) => group[2] === String(gid))?.[0] ?? String(gid);
};
