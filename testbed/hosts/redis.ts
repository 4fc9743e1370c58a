// A Redis of a host's own, under its clock, which keeps nothing: keys expire by the time of the run.

import type { Clock } from '../clock/clock.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import type { PrivateFolder } from './private-folder.ts';
import { programPath } from './programs.ts';

/** Listens at the Unix socket `redis` of the folder. */
export const startRedis = (folder: PrivateFolder, clock: Clock): Promise<Daemon> => {
  const socket = folder.file('redis');
  return startDaemon({
    program: programPath('redis-server') ?? 'redis-server', folder, clock, endpoint: { path: socket },
    args: [
      '--port', '0', '--unixsocket', socket, '--unixsocketperm', '777', '--dir', folder.path,
      '--save', '', '--appendonly', 'no', '--daemonize', 'no',
    ],
  });
};
