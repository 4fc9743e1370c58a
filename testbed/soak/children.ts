// Programs that a soak starts, each the head of a process group of its own. A guardian, a shell that waits
// for a pipe of ours to close, kills the groups that are left and removes the folder, however we went.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

const guardian = `
trap '' INT TERM HUP
folder=$1 groups=
while read -r what group; do
  case $what in
    begins) groups="$groups $group" ;;
    ends) left=; for one in $groups; do [ "$one" = "$group" ] || left="$left $one"; done; groups=$left ;;
  esac
done
for one in $groups; do kill -s KILL -- "-$one" 2>/dev/null; done
rm -rf "$folder"
`;

export interface Child {
  readonly pid: number;
  /** Its standard output and input. */
  readonly process: ChildProcess;
  readonly isAlive: boolean;
  /** Its exit code, null after a signal; resolves when it has ended. */
  readonly ended: Promise<number | null>;
  /** The process alone, not its group. */
  signal(name: NodeJS.Signals): void;
  /** Ends all that it started, at once. */
  kill(): Promise<void>;
}

export class Children {
  readonly #guardian: ChildProcess;
  readonly #folder: string;
  readonly #alive = new Set<Child>();

  /** The folder is removed in the end. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#guardian = spawn('/bin/sh', ['-c', guardian, 'guardian', folder],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#guardian.stdin!.on('error', () => {});
  }

  /** Starts one; what it says on standard error goes to a file of that name. */
  start(name: string, command: readonly string[]): Child {
    const [program, ...args] = command as [string, ...string[]];
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    const started = spawn(program, args, {
      detached: true, stdio: ['pipe', 'pipe', log], cwd: this.#folder,
    });
    closeSync(log);
    const { pid = 0 } = started;
    started.stdin!.on('error', () => {});
    const group = (signal: NodeJS.Signals): void => {
      try {
        process.kill(-pid, signal);
      } catch {
        // All of it has ended.
      }
    };
    let isAlive = pid !== 0;
    this.#guardian.stdin!.write(`begins ${pid}\n`);
    const ended = new Promise<number | null>((done) => {
      const end = (code: number | null): void => {
        isAlive = false;
        done(code);
      };
      started.once('exit', end);
      started.once('error', () => end(127));
    });
    const child: Child = {
      pid, process: started, ended,
      get isAlive() {
        return isAlive;
      },
      signal: (signal) => void (isAlive && started.kill(signal)),
      kill: async () => {
        group('SIGKILL');
        await ended;
        // Once more: what its last moment has started.
        group('SIGKILL');
        this.#alive.delete(child);
        this.#guardian.stdin!.write(`ends ${pid}\n`);
      },
    };
    this.#alive.add(child);
    return child;
  }

  /** Ends all, and removes the folder. */
  async close(): Promise<void> {
    await Promise.all([...this.#alive].map((child) => child.kill()));
    const gone = once(this.#guardian, 'exit');
    this.#guardian.stdin!.end();
    await gone;
  }
}
