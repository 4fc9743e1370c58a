// The simulator as the worker threads call it: in memory, or over real sockets on loopback.

import { registerPreset, receiverPreset } from '../sim/presets/index.ts';
import type { Plan } from '../sim/plan/schema.ts';
import type { SeedResult } from '../sim/result.ts';
import { type RunRequest, runSeed as runInMemory } from '../sim/run.ts';

export const runSeed = (request: RunRequest, wire: boolean): SeedResult | Promise<SeedResult> => {
  if (!wire) return runInMemory(request);
  throw new Error('--wire is not connected yet');
};

/** The unverified fields of every preset that a plan uses. */
export const assumptions = ({ registers, receivers }: Plan): readonly string[] => [
  ...registers.flatMap(({ preset }) => registerPreset(preset).unverifiedFields.map((field) => `register ${preset}: ${field}`)),
  ...receivers.flatMap(({ preset }) => receiverPreset(preset).unverifiedFields.map((field) => `receiver ${preset}: ${field}`)),
];
