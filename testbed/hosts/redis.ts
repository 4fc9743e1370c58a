// A Redis of a host's own, under its clock, which keeps nothing: keys expire by the time of the run.

import type { Clock } from '../clock/clock.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { connectTo } from './endpoint.ts';
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

/** A connection of our own to it, by which we know at any moment whether it is still there. */
export interface Pulse {
  /** Whether it answers now: what was asked of it before this, it was there for. */
  beats(): Promise<boolean>;
  close(): void;
}

/** That it has ended we are told a moment later; what is asked in that moment is asked in vain. */
export const pulseOf = (folder: PrivateFolder): Pulse => {
  const socket = connectTo({ path: folder.file('redis') });
  const waiting: ((is: boolean) => void)[] = [];
  const hear = (is: boolean): void => {
    for (const done of waiting.splice(0)) done(is);
  };
  socket.on('data', () => hear(true));
  socket.on('error', () => {});
  socket.on('close', () => hear(false));
  return {
    beats: () => new Promise((done) => {
      if (socket.destroyed) return done(false);
      waiting.push(done);
      socket.write('PING\r\n');
    }),
    close: () => socket.destroy(),
  };
};
