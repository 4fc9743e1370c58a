// How large a change of each metric must be to matter. "Same" is claimed only of a change whose whole
// interval lies within the margin, so the margins say how much a careful operator would let pass without a
// word. They are ours, chosen from what people act on; no publication has them. docs/COMPARING.md repeats
// them.

import type { MetricName } from '../../sim/index.ts';
import { metricFacts } from '../metrics.ts';
import type { Unit } from '../format.ts';

/** The larger of the two holds: an amount in the metric's unit, or a part of what the baseline has. */
export interface Margin {
  readonly amount: number;
  readonly part: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** A twentieth is less than what two summers of one platform differ by; nobody changes a policy for it. */
const twentieth = 0.05;

/**
 * By unit: a quarter of an hour is how often the desk looks at the registers (`desk.poll`); half an hour of
 * work or listing is below what a day's log rounds to; a tenth of a point of tenants is one in a thousand.
 */
const usual: Readonly<Record<Unit, Margin>> = {
  ms: { amount: 15 * minute, part: twentieth },
  hours: { amount: 0.5, part: twentieth },
  minutes: { amount: 5, part: twentieth },
  share: { amount: 0.001, part: twentieth },
  count: { amount: 0.1, part: twentieth },
};

/** Where the unit alone does not say it. */
const own: Readonly<Partial<Record<MetricName, Margin>>> = {
  // 4,000 messages an hour, the usual theft, are 330 in five minutes.
  time_to_detect: { amount: 5 * minute, part: twentieth },
  // Registers answer in hours and receivers cache for as long (presets/registers.json).
  time_to_list: { amount: hour, part: twentieth },
  time_to_delist: { amount: hour, part: twentieth },
  time_to_recover: { amount: hour, part: twentieth },
  // Ten spam messages more or less get nobody listed: registers want three trap hits in tens of thousands.
  escaped: { amount: 10, part: twentieth },
  'escaped.until_block': { amount: 10, part: twentieth },
  'escaped.share': { amount: 0.01, part: twentieth },
  // A message a day of a platform of a hundred offices is heard of; a tenth of it is not.
  'fp.messages.rejected': { amount: 0.0002, part: twentieth },
  'fp.messages.held': { amount: 0.0002, part: twentieth },
  'wanted.lost': { amount: 1, part: twentieth },
  'collateral.bounced': { amount: 1, part: twentieth },
  'collateral.deferred': { amount: 1, part: twentieth },
  'collateral.junked': { amount: 1, part: twentieth },
  // Of all that was delivered a twentieth would hide a disaster: one in a thousand.
  'wanted.delivered': { amount: 1, part: 0.001 },
  // What was simulated, not how well it went: one in a hundred.
  'wanted.submitted': { amount: 1, part: 0.01 },
  'abusive.submitted': { amount: 10, part: 0.01 },
  'attribution.correct': { amount: 0.02, part: twentieth },
  'queue.peak': { amount: 10, part: twentieth },
};

export const marginOf = (metric: MetricName): Margin => own[metric] ?? usual[metricFacts(metric).unit];

/** In the unit of the metric; `baseline` is what the baseline came to. */
export const marginAt = (metric: MetricName, baseline: number): number => {
  const { amount, part } = marginOf(metric);
  return Math.max(amount, part * Math.abs(baseline));
};
