// Programs of others that tests ask our servers with: whether they are here, and one line where they are not.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Daemons lie there, and not in everyone's path. */
export const path = `${process.env['PATH']}:/usr/sbin:/sbin`;

const isHere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { env: { ...process.env, PATH: path } }).status === 0;

/** Where Exim was unpacked to, since it cannot be installed beside Postfix; empty where it is installed. */
export const eximRoot = process.env['EXIM_ROOT'] ?? '';
export const exim = `${eximRoot}/usr/sbin/exim4`;

/** Whether a network of our own can be made here, where ports 25 and 53 are free. */
const canClose = (): boolean =>
  process.getuid!() === 0 && isHere('unshare') && isHere('nsenter') && isHere('ip') &&
  spawnSync('unshare', ['-n', '-m', 'true'], { env: { ...process.env, PATH: path } }).status === 0;

/**
 * Whether all of these can be used; prints one line where not. `root` where a network of our own is needed,
 * too.
 */
export const canUse = (programs: Readonly<Record<string, string>>, { root = false } = {}): boolean => {
  const missing = Object.entries(programs)
    .filter(([program]) => (program === 'exim' ? !existsSync(exim) : !isHere(program)))
    .map(([program, install]) => `${program} (${install})`);
  if (missing.length === 0 && root && !canClose())
    missing.push('root, unshare, nsenter and ip (apt-get install util-linux iproute2)');
  if (missing.length === 0) return true;
  console.log(`skipped: ${Object.keys(programs).join(', ')} as clients: needs ${missing.join(', ')}`);
  return false;
};

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly text: string;
}

/** Runs a program to its end, its input given all at once. */
export const run = (
  program: string, args: readonly string[], input = '', environment: Record<string, string> = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, PATH: path, ...environment } });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
    child.stdin.end(input);
  });
