// The port that all engines serve: runs go in, outcomes come out, in whatever order. Which runs there are,
// where outcomes are kept and what is made of them is none of an engine's business.

import type { HearOutcome, RunSpec } from './run-spec.ts';

export interface Engine {
  /**
   * Runs them all, telling each outcome once. Resolves when all are told, or soon after `stop`. Rejects with
   * what `hear` threw, such as a full disk, and with whatever keeps the engine itself from working.
   */
  run(runs: readonly RunSpec[], hear: HearOutcome): Promise<void>;
  /** Ends it; a run under way is dropped, and none of it counts. */
  stop(): void;
}

/**
 * The part of the runs that `--shard 2/4` means: every n-th from the i-th on, so that parts are of like size
 * whatever the scenarios cost. Parts on any machines, in any order, add up to the whole.
 */
export const partOf = <Item>(runs: readonly Item[], part: number, parts: number): readonly Item[] =>
  runs.filter((_, index) => index % parts === part - 1);
