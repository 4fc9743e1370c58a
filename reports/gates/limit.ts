// A gate that holds one side against a limit: the statistic over the seeds, and whether it keeps within.

import { nearest, readGateLimit } from '../../sim/index.ts';
import { findingText, type Finding } from '../finding.ts';
import { plural, printable, quantity } from '../format.ts';
import { isMetric, metricFacts, metricNames } from '../metrics.ts';
import { type MetricSummary, worstSeed } from '../metric-summary.ts';
import type { DeclaredGate, GateVerdict } from './verdict.ts';

/** The limit in the metric's own unit, or what is wrong with the gate, in words. */
export const limitOf = (gate: DeclaredGate): number | string => {
  if (!isMetric(gate.metric)) {
    const near = nearest(gate.metric, metricNames);
    return `no metric is called "${printable(gate.metric)}".${
      near === undefined ? ' docs/METRICS.md lists them.' : ` Did you mean "${near}"?`
    }`;
  }
  if (gate.rule === 'notWorseBy' && metricFacts(gate.metric).better === 'neither') {
    return `${gate.metric} says what was simulated, of which neither more nor less is worse; use atMost`;
  }
  if (gate.rule === 'notWorseBy' && gate.statistic === 'worst')
    return 'the worst of some seeds says nothing of the worst of others; use p95 with notWorseBy';
  const reading = readGateLimit(gate.metric, gate.limit);
  if (reading.ok) return reading.value;
  const { wrong, allowed } = reading;
  return `limit of ${gate.metric} is "${printable(gate.limit)}", which ${wrong}; expected ${allowed}`;
};

/** What judging a statistic against a limit gives; the rest of a verdict is the gate's own. */
export type LimitVerdict = Pick<GateVerdict, 'outcome' | 'found' | 'rule' | 'note' | 'worstSeed'>;

/** `seeds` is how many there were, with or without a value. */
export const judgeLimit = (
  { rule, statistic }: DeclaredGate, metric: MetricSummary, limit: number, seeds: number,
): LimitVerdict => {
  const finding = statisticOf(metric, statistic);
  const outcome = outcomeOf(finding, rule, limit, statistic);
  const allowed = quantity(limit, metric.unit);
  const found = statistic === 'mean' && finding.kind === 'never'
    ? `at least ${quantity(finding.atLeast, metric.unit)}`
    : findingText(finding, metric.unit);
  // What is over by less than is shown would else read "2 %, at most 2 %: failed".
  const isNear = outcome === 'failed' && found === allowed;
  return {
    outcome,
    found: isNear ? `${rule === 'atMost' ? 'over' : 'under'} ${found}` : found,
    rule: `${rule === 'atMost' ? 'at most' : 'at least'} ${allowed}`,
    note: noteOf(metric, finding, statistic, seeds),
    worstSeed: worstSeed(metric),
  };
};

export const statisticOf = (metric: MetricSummary, statistic: DeclaredGate['statistic']): Finding => {
  switch (statistic) {
    case 'mean':
      return metric.mean;
    case 'p50':
      return metric.p50;
    case 'p95':
      return metric.p95;
    case 'worst': {
      if (metric.worst === undefined) return { kind: 'none' };
      const { value, observed } = metric.worst;
      return observed ? { kind: 'value', value } : { kind: 'never', atLeast: value };
    }
    default:
      return statistic satisfies never;
  }
};

/**
 * Never is later than any limit. A mean over censored seeds is known only from below: enough to say that it
 * is over a limit, not that it is under one, and a gate that cannot be judged has no data.
 */
const outcomeOf = (
  finding: Finding,
  rule: DeclaredGate['rule'],
  limit: number,
  statistic: DeclaredGate['statistic'],
): GateVerdict['outcome'] => {
  if (finding.kind === 'none') return 'no data';
  if (finding.kind === 'never' && statistic === 'mean') {
    if (finding.atLeast <= limit) return 'no data';
    return rule === 'atLeast' ? 'passed' : 'failed';
  }
  const value = finding.kind === 'never' ? Number.POSITIVE_INFINITY : finding.value;
  return (rule === 'atMost' ? value <= limit : value >= limit) ? 'passed' : 'failed';
};

const noteOf = (metric: MetricSummary, finding: Finding, statistic: string, seeds: number): string => {
  if (finding.kind === 'none') return `nothing to measure in ${plural(seeds, 'seed')}`;
  if (metric.censored === 0) return '';
  const censored = `not seen to its end in ${metric.censored} of ${plural(metric.seeds, 'seed')}`;
  return statistic === 'mean' ? `${censored}, so a mean is known only from below; use p50 or p95` : censored;
};
