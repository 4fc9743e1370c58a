// Starts a policy delegation daemon in a folder and under a clock of its own, and makes a host of it.

import type { World } from '../../sim/index.ts';
import { type ClockKind, daemonClock } from './daemon-clock.ts';
import { startDaemon } from './daemon.ts';
import { delegationHost } from './delegation-host.ts';
import type { Endpoint } from './endpoint.ts';
import type { RunningHost } from './host.ts';
import { type PrivateFolder, privateFolder } from './private-folder.ts';
import { programPath } from './programs.ts';

export interface DelegationDaemon {
  readonly name: string;
  readonly program: string;
  readonly endOfMessage?: boolean;
  /** Of a daemon that always goes to the background: the file in its folder with its process id. */
  readonly pidFile?: string;
  /** Writes its configuration; what it is started with, to listen at that socket. */
  arguments(folder: PrivateFolder, socket: string): readonly string[];
}

/** A host whose daemon can be asked past it; for those who measure what asking through it costs. */
export interface DelegationHost extends RunningHost {
  readonly endpoint: Endpoint;
}

export const startDelegationDaemon = async (
  { name, program, endOfMessage = false, pidFile, ...one }: DelegationDaemon, world: World, asked?: ClockKind,
): Promise<DelegationHost> => {
  const folder = privateFolder();
  try {
    const clock = daemonClock(world, folder, asked, true);
    const socket = folder.file('socket');
    const endpoint = { path: socket };
    const daemon = await startDaemon({
      program: programPath(program) ?? program, args: one.arguments(folder, socket), folder, clock, endpoint,
      ...(pidFile !== undefined && { pidFile: folder.file(pidFile) }),
    });
    const { close, epitaph } = daemon;
    return { ...delegationHost({ name, clock, world, endpoint, endOfMessage, epitaph, close }), endpoint };
  } catch (error) {
    folder.remove();
    throw error;
  }
};
