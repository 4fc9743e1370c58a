// What a run's mail went through, in words.

import type { RunResult } from '../sim/index.ts';

type Way = RunResult['transport'];

const words: Readonly<Record<Way, string>> = {
  memory: 'in memory',
  wire: 'on the wire (loopback)',
  postfix: 'through Postfix (loopback)',
  haraka: 'through Haraka (loopback)',
};

export const transportText = (transport: Way): string => words[transport];

/** How the command is told; nothing for what needs no telling. */
export const transportArguments = (transport: Way): readonly string[] =>
  transport === 'memory' ? [] : transport === 'wire' ? ['--wire'] : ['--mta', transport];
