// What a sweep came to, as the trade-off is made from: each scenario, each point of each policy, each seed.

import type { SeedResult } from '../../sim/index.ts';

export interface SweptResults {
  readonly title: string;
  /** Name and version of the code that ran. */
  readonly tool: string;
  /** The sweep's file. */
  readonly sweep: string;
  /** Seeds asked for. */
  readonly seeds: number;
  /** What holds a point, by its number, against the policy as it comes, on all of these scenarios. */
  readonly commandOver: (point: number, scenarios: readonly string[]) => string;
  readonly scenarios: readonly {
    readonly scenario: string;
    readonly title: string;
    readonly points: readonly SweptPoint[];
  }[];
}

export interface SweptPoint {
  /** Its number in the sweep, from 1, the same in every scenario. */
  readonly point: number;
  readonly policy: string;
  /** `burst=40 longestWait=15m`; empty where nothing is set. */
  readonly settings: string;
  /** The policy as it is where nobody sets anything. */
  readonly isDefault: boolean;
  /** What repeats it. */
  readonly command: string;
  readonly seeds: readonly Pick<SeedResult, 'seed' | 'metrics'>[];
  /** Runs that failed, and runs that were not made. */
  readonly failed: number;
  readonly missing: number;
}
