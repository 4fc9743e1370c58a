// What a sweep's maker and its workers tell each other by way of Redis, all of it JSON.

import type { PlanInput } from '../../sim/index.ts';
import type { Outcome } from '../run-spec.ts';

/** A sweep that workers may join. */
export interface OpenSweep {
  readonly id: string;
  /** The sweep's file, for people. */
  readonly sweep: string;
  /** The code it was begun with: only workers of the same may join. */
  readonly code: string;
  /** Digest of each policy's own code, by what it is asked for as; empty for what comes with the tool. */
  readonly policies: Readonly<Record<string, string>>;
  readonly runs: number;
  /** Longest time of one run, in milliseconds. */
  readonly limit: number;
}

/** What runs are made from besides policies, which every worker has as files of its own. */
export interface SharedData {
  readonly scenarios: readonly {
    readonly where: string;
    readonly plan: PlanInput;
    /** Texts of the traces it replays, by the plan's `file`. */
    readonly traces: Readonly<Record<string, string>>;
  }[];
}

/** An outcome on its way back. `session` tells failures of an earlier try from those of this one. */
export interface Told {
  readonly key: string;
  readonly session: string;
  readonly outcome: Outcome;
  /** Workers that had taken the run before and fell silent over it. */
  readonly silent: number;
}

/** Without a word from its maker for so many seconds, a sweep is open no longer: its machine went off. */
export const silentFor = 60;

/** How long Redis keeps a sweep that nobody finishes, in seconds: 30 days. */
export const keptFor = 30 * 86_400;
