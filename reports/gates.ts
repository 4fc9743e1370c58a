// Judges the gates a plan declares: absolute limits on a statistic over seeds. Words, never booleans: passed,
// failed, or no data, and a gate without data does not pass. One place decides the exit code.

import { nearest, readGateLimit, type RunResult } from '../sim/index.ts';
import { sparedWord } from './blame.ts';
import { findingText, type Finding } from './finding.ts';
import { plural, printable, quantity } from './format.ts';
import { isMetric, metricFacts, metricNames } from './metrics.ts';
import { type MetricSummary, worstSeed } from './metric-summary.ts';
import type { Summary } from './summary.ts';

type DeclaredGate = NonNullable<RunResult['plan']['gates']>[number];

export interface GateVerdict {
  /** As in `time_to_block.p95`. */
  readonly name: string;
  readonly label: string;
  readonly outcome: 'passed' | 'failed' | 'no data';
  readonly severity: 'fail' | 'warn';
  /** What was found, and the rule, in words: `1 h 02 m`, `at most 4 h`. */
  readonly found: string;
  readonly rule: string;
  /** Why, where the figure alone does not say it; else empty. */
  readonly note: string;
  /** The seed that came off worst, to look at first; empty without data, or where all came off alike. */
  readonly worstSeed: string;
}

export interface GateReport {
  readonly verdicts: readonly GateVerdict[];
  /** Of the gates with severity `fail`; `none` where the plan declares no gate at all. */
  readonly outcome: 'passed' | 'failed' | 'no data' | 'none';
  /** 0, 20 (a gate failed) or 21 (a gate had no data). Gates with severity `warn` never change it. */
  readonly exitCode: 0 | 20 | 21;
}

/**
 * A gate nobody can judge: a metric that does not exist or a limit that is not one. The user's mistake (exit
 * code 2).
 */
export class GateMistake extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'GateMistake';
    this.mistakes = mistakes;
  }
}

/**
 * Judges every gate of the plan. Throws a GateMistake that lists all mistakes, each with the nearest name.
 */
export const judgeGates = (result: RunResult, summary: Summary): GateReport => {
  const gates = result.plan.gates ?? [];
  const mistakes: string[] = [];
  const verdicts: GateVerdict[] = [];
  for (const [index, gate] of gates.entries()) {
    const judged = judge(gate, summary);
    if (typeof judged === 'string') mistakes.push(`gates[${index}]: ${judged}`);
    else verdicts.push(judged);
  }
  if (mistakes.length > 0) throw new GateMistake(mistakes);
  const strict = verdicts.filter((verdict) => verdict.severity === 'fail');
  const has = (outcome: GateVerdict['outcome']): boolean =>
    strict.some((verdict) => verdict.outcome === outcome);
  const outcome =
    verdicts.length === 0 ? 'none' : has('failed') ? 'failed' : has('no data') ? 'no data' : 'passed';
  return { verdicts, outcome, exitCode: outcome === 'failed' ? 20 : outcome === 'no data' ? 21 : 0 };
};

const judge = (gate: DeclaredGate, summary: Summary): GateVerdict | string => {
  if (!isMetric(gate.metric)) {
    const near = nearest(gate.metric, metricNames);
    return `no metric is called "${printable(gate.metric)}".${
      near === undefined ? ' docs/METRICS.md lists them.' : ` Did you mean "${near}"?`
    }`;
  }
  const { unit, label } = metricFacts(gate.metric);
  const reading = readGateLimit(gate.metric, gate.limit);
  if (!reading.ok) {
    const { wrong, allowed } = reading;
    return `limit of ${gate.metric} is "${printable(gate.limit)}", which ${wrong}; expected ${allowed}`;
  }
  const limit = reading.value;
  const metric = summary.metrics[gate.metric];
  const finding = statisticOf(metric, gate.statistic);
  return {
    name: `${gate.metric}.${gate.statistic}`,
    // No careless sender, no word of one.
    label: gate.metric === 'fp.tenants' ? `${sparedWord(summary)} tenants hit` : label,
    outcome: outcomeOf(finding, gate.rule, limit, gate.statistic),
    severity: gate.severity ?? 'fail',
    found:
      gate.statistic === 'mean' && finding.kind === 'never'
        ? `at least ${quantity(finding.atLeast, unit)}`
        : findingText(finding, unit),
    rule: `${gate.rule === 'atMost' ? 'at most' : 'at least'} ${quantity(limit, unit)}`,
    note: noteOf(metric, finding, gate.statistic, summary.seeds),
    worstSeed: worstSeed(metric),
  };
};

const statisticOf = (metric: MetricSummary, statistic: DeclaredGate['statistic']): Finding => {
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
