// Starts a foreign daemon under a clock and ends it. A guardian, a shell that waits for a pipe of ours to
// close, kills it and all it started as soon as we are gone, however we went, and removes its folder.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock/clock.ts';
import { connectTo, type Endpoint } from './endpoint.ts';
import type { PrivateFolder } from './private-folder.ts';

/** A daemon did not start, or ended by itself; the message ends with what it said last. */
export class DaemonError extends Error {
  override readonly name = 'DaemonError';
}

export interface DaemonCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: PrivateFolder;
  readonly clock: Clock;
  /** Where it listens once it is ready. */
  readonly endpoint: Endpoint;
  /** Of a daemon that cannot stay in the foreground: where it writes its process id. */
  readonly pidFile?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Daemon {
  /** What became of it, if it is no longer running; what it said last. Empty while it runs. */
  epitaph(): string;
  close(): Promise<void>;
}

/**
 * The guardian. It is alone in its process group with the daemon, save for one that leaves the group, which
 * it finds by its pid file. Killed at once: all that a daemon could save is thrown away with its folder.
 * libfaketime leaves two files behind when it is killed, named by the first process.
 */
const guardian = `
folder=$1 pidfile=$2; shift 2
{ "$@" </dev/null 3<&- 4>&- & echo "$!" >"$folder/.guarded"; wait "$!"; echo "$?" >&4; } &
while read -r _ <&3; do :; done
[ -n "$pidfile" ] && [ -s "$pidfile" ] && kill -s KILL -- "-$(cat "$pidfile")" 2>/dev/null
for kind in faketime_shm sem.faketime_sem; do rm -f "/dev/shm/\${kind}_$(cat "$folder/.guarded")"; done
rm -rf "$folder"
kill -s KILL -- "-$$"
`;

/** Longest a daemon takes to start, in real milliseconds: rspamd took 40 s on a busy machine. */
const patience = 60_000;
const keptOfItsWords = 4_096;

/** Resolves once it listens. Rejects with a DaemonError; nothing is left running then. */
export const startDaemon = async (command: DaemonCommand): Promise<Daemon> => {
  const { program, args, folder, clock, endpoint, pidFile = '' } = command;
  const shell = spawn(
    '/bin/sh',
    ['-c', guardian, 'guardian', folder.path, pidFile, 'env', ...variables(command, clock), program, ...args],
    { cwd: folder.path, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'] },
  );
  const status = statusOf(shell, pidFile !== '');
  const words = lastWords(shell);
  const ended = once(shell, 'close');
  const close = async (): Promise<void> => {
    (shell.stdio[3] as { destroy(): void }).destroy();
    await ended;
    folder.remove();
  };
  const name = basename(program);
  const said = (): string => {
    const last = words().trim().split('\n').slice(-3).join(' / ');
    return last === '' ? 'It said nothing.' : `It said: ${last}`;
  };
  const epitaph = (): string =>
    status() === '' ? '' : `${name} has ended with status ${status()}. ${said()}`;
  const deadline = performance.now() + patience;
  for (;;) {
    if (await answers(endpoint)) return { epitaph, close };
    if (status() !== '' || performance.now() > deadline) {
      await close();
      const what = epitaph() || `${name} does not listen after ${patience / 1_000} s. ${said()}`;
      throw new DaemonError(`${what} (started as: ${basename(program)} ${args.join(' ')})`);
    }
    await soon();
  }
};

/**
 * The status that the daemon ended with; empty while it runs. One that goes on in the background ends well at
 * once, and how it ends later nobody hears.
 */
const statusOf = (shell: ChildProcess, detaches: boolean): (() => string) => {
  let status = '';
  const told = shell.stdio[4] as Readable;
  told.setEncoding('utf8');
  told.on('data', (text: string) => {
    status = detaches && text.trim() === '0' ? '' : text.trim();
  });
  return () => status;
};

const variables = ({ environment = {} }: DaemonCommand, clock: Clock): readonly string[] =>
  Object.entries({ ...clock.environment, ...environment }).map(([name, value]) => `${name}=${value}`);

/** The end of what it wrote, on either stream. */
const lastWords = (child: ChildProcess): (() => string) => {
  let words = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      words = (words + text).slice(-keptOfItsWords);
    });
  }
  return () => words;
};

const soon = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 10));

/** Whether somebody listens there. */
const answers = (endpoint: Endpoint): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTo(endpoint);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
