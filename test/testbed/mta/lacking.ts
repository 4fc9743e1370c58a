// What a machine lacks for a run through Postfix; empty where nothing.

import { spawnSync } from 'node:child_process';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], {
  env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
}).status === 0;

export const noCompiler = has('cc') ? ''
  : 'no C compiler compiles the clock (Debian: apt-get install gcc libc6-dev)';

export const lackingForPostfix =
  !has('postfix') ? 'postfix is not installed (Debian: apt-get install postfix)'
  : process.getuid!() !== 0 ? 'only root can start postfix'
  : noCompiler;
