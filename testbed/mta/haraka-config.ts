// Haraka's configuration for one run: submission on a port of loopback, our plugin and no other, and
// Postfix's waits between two tries.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostfixOptions } from './postfix.ts';

/** Writes it into `folder`; `home` is where Haraka is installed, with our plugin beside it. */
export const configureHaraka = (
  folder: string, port: number, home: string, { connections, times }: PostfixOptions,
): void => {
  for (const name of ['config', 'plugins', 'queue']) mkdirSync(join(folder, name));
  const write = (name: string, text: string): void => writeFileSync(join(folder, 'config', name), text);
  // With an address of its own it need not ask anybody for one.
  write('smtp.ini', `listen=127.0.0.1:${port}\nnodes=0\npublic_ip=127.0.0.1\n`);
  write('plugins', 'loop\n');
  write('me', 'out.platform.test\n');
  write('queue_dir', `${join(folder, 'queue')}\n`);
  write('outbound.ini',
    `concurrency_max=${connections * 20}\nenable_tls=false\nlocal_mx_ok=true\n` +
    `temp_fail_intervals=${retries(times).map((wait) => `${wait}s`).join(',')}\n`);
  // It wants the whole of its own; we change nothing in it.
  const own = join(home, 'node_modules', 'Haraka', 'config', 'connection.ini');
  copyFileSync(own, join(folder, 'config', 'connection.ini'));
  copyFileSync(join(home, 'loop-plugin.cjs'), join(folder, 'plugins', 'loop.js'));
};

/** Haraka takes no shorter wait, in seconds. */
const shortestWait = 5;

/** Seconds from one try to the next, as Postfix would have it: doubled each time, up to the longest. */
const retries = ({ firstRetry, longestRetry, giveUp }: PostfixOptions['times']): readonly number[] => {
  const waits: number[] = [];
  let queued = 0;
  while (queued < giveUp && waits.length < 1_000) {
    const wait = Math.min(Math.max(queued, firstRetry), longestRetry);
    waits.push(Math.max(shortestWait, Math.round(wait / 1_000)));
    queued += wait;
  }
  return waits;
};
