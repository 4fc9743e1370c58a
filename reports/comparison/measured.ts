// What a comparison needs of one side's figures of one scenario: less than a whole result, so that results of
// older versions, of other machines and committed baselines can be compared too.

import type { Measure } from '../../sim/index.ts';
import type { SidePolicy } from './comparison.ts';

export interface MeasuredSeed {
  readonly seed: string;
  readonly fingerprint: string;
  /** By the metric's name; a version that did not know a metric has none. */
  readonly metrics: Readonly<Record<string, Measure>>;
}

export interface Measured {
  /** Name and version of the tool that made them. */
  readonly tool: string;
  readonly policy: SidePolicy;
  readonly transport: string;
  readonly seeds: readonly MeasuredSeed[];
}
