// A run boiled down to what people ask: each metric over the seeds, and who did what to whom, added up by
// tenant, register, receiver and rule. Pure and made from the result alone; every renderer starts here.

import type { MetricName, RunResult } from '../sim/index.ts';
import {
  type CulpritRow,
  type HitRow,
  type ListingRow,
  type ReplyRow,
  type RuleTotal,
  sumCulprits,
  sumHits,
  sumListings,
  sumReplies,
  sumRules,
} from './tables.ts';
import { metricNames } from './metrics.ts';
import { type MetricSummary, summariseMetric } from './metric-summary.ts';

export interface Summary {
  readonly seeds: number;
  readonly seedsAsked: number;
  readonly events: number;
  /** Tenants simulated. */
  readonly tenants: number;
  /** Of those, what fp.tenants is a share of: innocents and careless senders; the most of any seed. */
  readonly innocents: number;
  readonly metrics: Readonly<Record<MetricName, MetricSummary>>;
  readonly culprits: readonly CulpritRow[];
  readonly hits: readonly HitRow[];
  readonly listings: readonly ListingRow[];
  readonly replies: readonly ReplyRow[];
  readonly rules: readonly RuleTotal[];
}

/** Throws a RangeError where the result holds no seed at all: there is nothing to sum up. */
export const summarise = (result: RunResult): Summary => {
  const { seeds } = result;
  if (seeds.length === 0)
    throw new RangeError('summarise: the result holds no seed. Let at least one run finish.');
  const tenants = result.cast.reduce((sum, group) => sum + group.tenants, 0);
  return {
    seeds: seeds.length,
    seedsAsked: result.seedsAsked,
    events: seeds.reduce((sum, seed) => sum + seed.events, 0),
    tenants,
    innocents: Math.max(...seeds.map((seed) => seed.innocents)),
    metrics: Object.fromEntries(metricNames.map((name) => [name, summariseMetric(name, seeds)])) as Record<
      MetricName,
      MetricSummary
    >,
    culprits: sumCulprits(seeds),
    hits: sumHits(seeds),
    listings: sumListings(seeds),
    replies: sumReplies(seeds),
    rules: sumRules(seeds),
  };
};
