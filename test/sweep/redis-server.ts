// A Redis of Debian's package on a free port of loopback, with a folder of its own, that can be killed and
// started again with what its append-only file holds.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Empty where the program is there, else why a test is skipped. */
export const redisMissing = spawnSync('redis-server', ['--version']).status === 0 ? ''
  : 'redis-server is not installed (apt-get install redis-server)';

export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

export const startRedis = async (): Promise<RedisServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-redis-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const dying = server;
    server = undefined;
    if (dying === undefined) return;
    await new Promise((gone) => {
      dying.once('exit', gone);
      dying.kill('SIGKILL');
    });
  };
  const start = async (): Promise<void> => {
    server = spawn('redis-server', [
      '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '',
      '--appendonly', 'yes', '--appendfsync', 'always',
    ], { stdio: 'ignore' });
    while (!(await answers(port))) await pause(20);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`, kill, start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { readonly port: number };
    server.close(() => found(port));
  });
});

/** Whether it has read its file and takes commands. */
const answers = (port: number): Promise<boolean> => new Promise((done) => {
  const socket = connect(port, '127.0.0.1');
  const end = (is: boolean): void => {
    socket.destroy();
    done(is);
  };
  socket.once('connect', () => socket.write('PING\r\n'));
  socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
  socket.once('error', () => end(false));
});
