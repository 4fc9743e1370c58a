// Compiles our preloaded clock (vclock.c) on first use, into the user's cache folder, where a C compiler is
// found.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('vclock.c', import.meta.url));

/** There is no library to preload; the message says why, and what to install. */
export class ClockLibraryError extends Error {
  override readonly name = 'ClockLibraryError';
}

const compilers = ['cc', 'gcc', 'clang'];

/** XDG base directories: the cache folder is $XDG_CACHE_HOME, or ~/.cache. */
const cacheFolder = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sharedfate');

/** The path of the compiled library. Throws a ClockLibraryError where it cannot be made. */
export const clockLibrary = (environment: NodeJS.ProcessEnv = process.env): string => {
  if (platform() !== 'linux') {
    throw new ClockLibraryError(`our clock is preloaded on Linux only, and this is ${platform()}.`);
  }
  const text = readFileSync(source);
  const digest = createHash('sha256').update(text).update(arch()).digest('hex').slice(0, 16);
  const folder = cacheFolder(environment);
  const path = join(folder, `vclock-${digest}.so`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  compile(path, environment);
  return path;
};

const compile = (path: string, environment: NodeJS.ProcessEnv): void => {
  const asked = environment['CC'];
  // Two runs that start at once each make their own, and the last one's name stands.
  const unfinished = `${path}.${process.pid}.${performance.now()}`;
  const flags = ['-std=c11', '-O2', '-shared', '-fPIC', '-o', unfinished, source, '-ldl'];
  for (const compiler of asked ? [asked] : compilers) {
    const { error, status, stderr } = spawnSync(compiler, flags, { env: environment, encoding: 'utf8' });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue;
    if (error === undefined && status === 0) {
      renameSync(unfinished, path);
      return;
    }
    rmSync(unfinished, { force: true });
    const why = (error?.message ?? stderr).trim().split('\n').slice(0, 3).join('; ');
    throw new ClockLibraryError(`${compiler} cannot compile our clock (testbed/clock/vclock.c): ${why}`);
  }
  throw new ClockLibraryError(
    `no C compiler was found (${asked ?? compilers.join(', ')}), which compiles our clock once. ` +
      'Install one (Debian: apt-get install gcc libc6-dev); perl and python daemons can use libfaketime.',
  );
};
