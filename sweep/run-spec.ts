// One run of a sweep: what tells it from every other, and how it can end.

import { createHash } from 'node:crypto';
import { type MetricName, type Measure } from '../sim/index.ts';
import { canonicalJson } from '../sim/plan/hash.ts';

/** All that a worker needs to know of a run, beside the plans and traces it was started with. */
export interface RunSpec {
  /** The run's identity (`runKey`). */
  readonly key: string;
  /** Which of the sweep's scenarios. */
  readonly scenario: number;
  /** As `--policy` and `--set` take them. */
  readonly policy: string;
  readonly settings: readonly string[];
  readonly seed: string;
}

/** What tells a run from every other; two with the same are one run, wherever and whenever they are made. */
export interface Identity {
  /** Hash of the plan, as far as it can change a run, and of the traces it replays. */
  readonly world: string;
  /** Name of the policy, digest of its code where it is no part of this tool, and all its settings. */
  readonly policy: string;
  readonly policyCode: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly seed: string;
  readonly code: string;
}

/** 32 hexadecimal digits, the same on every machine. */
export const runKey = (identity: Identity): string => digest(canonicalJson(identity));

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * How a run ended. What threw throws again, wherever it is run; what took too long may do better elsewhere,
 * as may what was lost with the worker that ran it.
 */
export type Outcome =
  | {
    readonly kind: 'done';
    readonly fingerprint: string;
    readonly events: number;
    readonly metrics: Readonly<Record<MetricName, Measure>>;
    /** Wall-clock time it took, for the time left; part of no table. */
    readonly ms: number;
  }
  | { readonly kind: 'threw' | 'timeout' | 'lost'; readonly reason: string };

export type HearOutcome = (run: RunSpec, outcome: Outcome) => void;
