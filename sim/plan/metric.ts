// What a gate judges, as a script writes it: `metric('time_to_block').p95.atMost('4h')`.

import { metricUnits, type MetricName } from '../result.ts';
import type { Duration, Share } from './quantities.ts';
import type { PlanInput } from './schema.ts';

type GateInput = NonNullable<PlanInput['gates']>[number];
type Severity = 'fail' | 'warn';

type LimitOf<Name extends MetricName> = {
  readonly ms: Duration;
  readonly hours: Duration;
  readonly minutes: Duration;
  readonly share: Share;
  readonly count: number;
}[(typeof metricUnits)[Name]];

/** A gate, and what may be said of it besides. The words are not part of the plan; what they say is. */
export interface GateDraft extends GateInput {
  /** Lets it be missed up to a day (`2027-01-31`, in UTC), for a reason that every report shows. */
  waive(waiver: { readonly until: `${number}-${number}-${number}`; readonly because: string }): GateDraft;
  /** No data is no miss: for what may rightly never happen, such as a listing. */
  optional(): GateDraft;
}

/** A metric seen one way over the seeds, to be held against a limit. */
export interface Bounded<Limit> {
  atMost(limit: Limit, severity?: Severity): GateDraft;
  atLeast(limit: Limit, severity?: Severity): GateDraft;
}

/** The same, which may also be held against the other side of a comparison. */
export interface Measured<Limit> extends Bounded<Limit> {
  /**
   * At most so much worse than the other side: later, more or less, whichever way is worse. A run alone does
   * not judge it; `sharedfate compare` does.
   */
  notWorseBy(limit: Limit, severity?: Severity): GateDraft;
}

/**
 * `mean`, median, 95th percentile or worst seed; of a share, `rate` is its mean. The worst of some seeds says
 * nothing of the worst of others, so it is held against a limit only.
 */
export type Metric<Name extends MetricName> = Readonly<
  Record<'mean' | 'p50' | 'p95', Measured<LimitOf<Name>>> & { worst: Bounded<LimitOf<Name>> }
> &
  ((typeof metricUnits)[Name] extends 'share' ? { readonly rate: Measured<LimitOf<Name>> } : unknown);

/**
 * What a gate judges: `metric('time_to_block').p95.atMost('4h')`. A misspelt name does not compile, and fails
 * when read.
 */
export const metric = <Name extends MetricName>(name: Name): Metric<Name> => {
  const measured = (statistic: GateInput['statistic']): Measured<LimitOf<Name>> => {
    const rule = (which: GateInput['rule']) => (limit: LimitOf<Name>, severity: Severity = 'fail') =>
      draft({ metric: name, statistic, rule: which, limit: String(limit), severity });
    return { atMost: rule('atMost'), atLeast: rule('atLeast'), notWorseBy: rule('notWorseBy') };
  };
  const mean = measured('mean');
  const ways = { mean, rate: mean, p50: measured('p50'), p95: measured('p95'), worst: measured('worst') };
  return ways as object as Metric<Name>;
};

/** The words are kept out of what is counted as the gate's fields, so that it stays plain data. */
const draft = (gate: GateInput): GateDraft =>
  Object.defineProperties({ ...gate }, {
    waive: { value: (waiver: GateInput['waiver']) => draft({ ...gate, waiver }) },
    optional: { value: () => draft({ ...gate, mayLackData: true }) },
  }) as GateDraft;
