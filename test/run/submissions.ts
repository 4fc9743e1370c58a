// Runs a seed and writes down the mail that was handed in, whatever became of it.

import type { Module, Submission } from '../../policy/index.ts';
import { type RunRequest, runSeed } from '../../sim/run.ts';
import type { Truth } from '../../sim/world/senders/cast.ts';
import type { World } from '../../sim/world/world.ts';

export interface Entry {
  readonly truth: Truth;
  readonly account: number;
  readonly at: number;
  readonly recipients: Submission['recipients'];
  readonly receivers: Submission['receivers'];
  readonly bytes: number;
}

/** Runs a seed and writes down every submission, with its truth, the first time it is handed in. */
export const submissionsOf = (
  asked: RunRequest,
): { readonly entries: readonly Entry[]; readonly world: World } => {
  const entries: Entry[] = [];
  let truth: Truth = 'wanted';
  let last = 0;
  let seen: World | undefined;
  const scribe: Module<object> = {
    name: 'scribe',
    key: 'platform',
    fresh: () => ({}),
    decide: () => ({ kind: 'pass' }),
    learn: (_, signal, at) => {
      if (signal.kind !== 'submitted' || signal.submission.id <= last) return;
      last = signal.submission.id;
      const { account, recipients, receivers, bytes } = signal.submission;
      entries.push({ truth, account, at, recipients, receivers, bytes });
    },
  };
  runSeed({
    ...asked,
    policy: { ...asked.policy, modules: [...asked.policy.modules, scribe] },
    observe: (world, event) => {
      seen = world;
      if (event.kind === 'submission') truth = event.actor.truth;
    },
  });
  return { entries, world: seen! };
};

export const ofTruth = (entries: readonly Entry[], truth: Truth) =>
  entries.filter((entry) => entry.truth === truth);
