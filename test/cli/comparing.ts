// Small files for tests of comparisons: an office of which one account is stolen, and policies that stop the
// thief soon, late or never.

import { exported, smallScenario } from './command.ts';

export const stolen = (gates = ''): string => smallScenario({
  build: "w.at('10h', compromised(w.pick(offices), { how: 'weak-password', rate: '600/h', length: '6h' }));",
  change: `gates: [${gates}],`,
});

/** A bucket of so many messages an hour for everybody. */
export const bucket = (rate: number): string => `
import { minutes, policy, tokenBucket } from 'sharedfate/policy';
${exported} policy('bucket', [tokenBucket({ rate: ${rate}, burst: ${rate}, longestWait: minutes(1) })]);
`;

/** Twelve seeds are enough to call two runs the same, and take a second. */
export const seeds = ['--seeds', '12', '--jobs', '1'] as const;
export const terse = ['--reporter', 'line'] as const;
