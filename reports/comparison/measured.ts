// What a comparison needs of one side's figures of one scenario: less than a whole result, so that results of
// older versions, of other machines and committed baselines can be compared too.

import { valueText } from '../../policy/index.ts';
import type { Measure, RunResult } from '../../sim/index.ts';
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

/** Of a result, or of as much of one as this takes. */
export const measuredOf = (
  result: Pick<RunResult, 'tool' | 'policy'> & Pick<Measured, 'transport' | 'seeds'>,
): Measured => ({
  tool: result.tool,
  policy: sidePolicyOf(result.policy),
  transport: result.transport,
  seeds: result.seeds.map(({ seed, fingerprint, metrics }) => ({ seed, fingerprint, metrics })),
});

/** A policy as a comparison tells of it: what may be set of it by name, with the values that held. */
export const sidePolicyOf = ({ settings, ...policy }: RunResult['policy']): SidePolicy => ({
  ...policy,
  parameters: Object.fromEntries(settings.map(({ name, unit, value }) => [name, valueText(value, unit)])),
});
