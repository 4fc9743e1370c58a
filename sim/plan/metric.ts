// What a gate judges, as a script writes it: `metric('time_to_block').p95.atMost('4h')`.

import { metricUnits, type MetricName } from '../result.ts';
import type { Duration, Share } from './quantities.ts';
import type { PlanInput } from './schema.ts';

type GateInput = NonNullable<PlanInput['gates']>[number];

type LimitOf<Name extends MetricName> = {
  readonly ms: Duration;
  readonly hours: Duration;
  readonly minutes: Duration;
  readonly share: Share;
  readonly count: number;
}[(typeof metricUnits)[Name]];

/** A metric seen one way over the seeds, to be held against a limit. */
export interface Measured<Limit> {
  atMost(limit: Limit, severity?: 'fail' | 'warn'): GateInput;
  atLeast(limit: Limit, severity?: 'fail' | 'warn'): GateInput;
}

/** `mean`, median, 95th percentile or worst seed; of a share, `rate` is its mean. */
export type Metric<Name extends MetricName> = Readonly<
  Record<'mean' | 'p50' | 'p95' | 'worst', Measured<LimitOf<Name>>>
> &
  ((typeof metricUnits)[Name] extends 'share' ? { readonly rate: Measured<LimitOf<Name>> } : unknown);

/**
 * What a gate judges: `metric('time_to_block').p95.atMost('4h')`. A misspelt name does not compile, and fails
 * when read.
 */
export const metric = <Name extends MetricName>(name: Name): Metric<Name> => {
  const measured = (statistic: GateInput['statistic']): Measured<LimitOf<Name>> => ({
    atMost: (limit, severity = 'fail') => ({
      metric: name,
      statistic,
      rule: 'atMost',
      limit: String(limit),
      severity,
    }),
    atLeast: (limit, severity = 'fail') => ({
      metric: name,
      statistic,
      rule: 'atLeast',
      limit: String(limit),
      severity,
    }),
  });
  const mean = measured('mean');
  const ways = { mean, rate: mean, p50: measured('p50'), p95: measured('p95'), worst: measured('worst') };
  return ways as object as Metric<Name>;
};
