// What a reader needs to know of each metric beside its number: what to call it, and which way is better.
// Definitions with examples are in docs/METRICS.md.

import { type MetricName, metricUnits } from '../sim/index.ts';
import type { Unit } from './format.ts';

/** `neither` is for amounts of traffic, which say what was simulated and not how well it went. */
export type Better = 'low' | 'high' | 'neither';

export interface MetricFacts {
  readonly name: MetricName;
  readonly unit: Unit;
  readonly label: string;
  readonly better: Better;
}

const facts: Readonly<Record<MetricName, readonly [label: string, better: Better]>> = {
  time_to_detect: ['time to detect', 'low'],
  time_to_block: ['time to block', 'low'],
  'abusive.submitted': ['abuse submitted', 'neither'],
  escaped: ['abuse that got out', 'low'],
  'escaped.share': ['abuse that got out, share', 'low'],
  'escaped.until_block': ['abuse that got out before the block', 'low'],
  time_to_list: ['time to first listing', 'high'],
  time_to_delist: ['time to come off the register', 'low'],
  listed_hours: ['time on a register', 'low'],
  time_to_recover: ['time to recover', 'low'],
  trap_hits: ['trap hits', 'low'],
  'trap_hits.background': ['trap hits without a culprit', 'low'],
  'fp.tenants': ['innocent or careless tenants hit', 'low'],
  'fp.tenants.paced': ['innocent tenants slowed', 'low'],
  'fp.messages.rejected': ['wanted mail refused by the policy', 'low'],
  'fp.messages.held': ['wanted mail held', 'low'],
  'fp.messages.deferred': ['wanted mail deferred by the policy', 'low'],
  'fp.messages.paced': ['wanted mail paced', 'low'],
  'fp.delay.p50': ['delay added to wanted mail, p50', 'low'],
  'fp.delay.p95': ['delay added to wanted mail, p95', 'low'],
  'wanted.submitted': ['wanted mail submitted', 'neither'],
  'wanted.delivered': ['wanted mail delivered', 'high'],
  'wanted.lost': ['wanted mail lost', 'low'],
  'collateral.bounced': ['wanted mail bounced for the address', 'low'],
  'collateral.deferred': ['wanted mail deferred for the address', 'low'],
  'collateral.bounced.share': ['wanted mail bounced for the address, share', 'low'],
  'collateral.junked': ['wanted mail filed as junk for the address', 'low'],
  'collateral.junked.share': ['wanted mail filed as junk for the address, share', 'low'],
  'collateral.tenants': ['innocent tenants turned away for the address', 'low'],
  'attribution.correct': ['desk acted on the culprit first', 'high'],
  'attribution.wrongly_accused': ['tenants wrongly accused', 'low'],
  'attribution.wrong_before': ['tenants wrongly accused before the culprit', 'low'],
  'wrongly_shut.hours': ['hours that innocent accounts were shut', 'low'],
  appeals: ['appeals of tenants that were shut', 'low'],
  tickets: ['tickets of tenants whose mail was refused', 'low'],
  'urgent.diverted': ['urgent mail sent another way', 'low'],
  'delist.requests': ['delisting requests', 'low'],
  'delist.without_cause': ['delisting requests without a cause found', 'low'],
  'delist.refused': ['delisting requests refused', 'low'],
  'delist.fees': ['euros paid to be taken off', 'low'],
  'desk.hours': ['work of the desk', 'low'],
  'desk.backlog': ['most cases waiting at the desk', 'low'],
  'queue.peak': ['longest outbound queue', 'low'],
  'queue.age': ['oldest mail in an outbound queue', 'low'],
};

export const metricNames = Object.keys(metricUnits) as readonly MetricName[];

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metricUnits, name);

export const metricFacts = (name: MetricName): MetricFacts => {
  const [label, better] = facts[name];
  return { name, unit: metricUnits[name], label, better };
};

/**
 * Whether a seed in which it has not happened when last watched will never see it, since the abuse is over;
 * of others, such as a listing that still stands, it may come yet.
 */
export const isOverUnseen = (name: MetricName): boolean =>
  name === 'time_to_detect' || name === 'time_to_block';
