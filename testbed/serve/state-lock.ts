// One server per state: whoever has it listens at a Unix socket that belongs to the folder. The system closes
// it with the process, however that ends, so a lock never outlives its owner.

import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateMistake } from './saved.ts';

/** Bytes of a Unix socket's path: 107 on Linux (unix(7)), 103 on macOS. */
const longestPath = 103;

/** Takes the lock; resolves to what gives it back. Rejects with a StateMistake where another has it. */
export const lockState = async (folder: string): Promise<() => Promise<void>> => {
  const real = realpathSync(folder);
  const near = join(real, 'lock');
  const named = `sharedfate-${createHash('sha256').update(real).digest('hex').slice(0, 20)}.lock`;
  const path = Buffer.byteLength(near) > longestPath ? join(tmpdir(), named) : near;
  for (let tries = 0; tries < 2; tries++) {
    const server = await listenAt(path);
    if (server !== undefined) return () => new Promise((done) => server.close(() => done()));
    if (await answers(path)) break;
    rmSync(path, { force: true });
  }
  const what = `${folder} is in use: another server keeps its state there`;
  throw new StateMistake(`${what}. End it, or name another folder with --state.`);
};

/** Undefined where the path is taken. */
const listenAt = (path: string): Promise<Server | undefined> =>
  new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') done(undefined);
      else fail(error);
    });
    server.listen(path, () => {
      server.unref();
      done(server);
    });
  });

const answers = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
