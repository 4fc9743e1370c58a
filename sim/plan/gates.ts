// A gate's limit, read in the unit of its metric, and the mistakes a gate can hold.

import { type MetricName, metricUnits } from '../result.ts';
import { nearest } from './nearest.ts';
import { type Mistake, offer, shownValue } from './problems.ts';
import { readDuration, type Reading, readShare } from './quantities.ts';
import type { Gate } from './schema.ts';

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metricUnits, name);

/**
 * The limit in the metric's own unit: milliseconds, hours, minutes, a fraction or a count. Times are written
 * as `'4h'`.
 */
export const readGateLimit = (metric: MetricName, limit: string): Reading<number> => {
  const unit = metricUnits[metric];
  switch (unit) {
    case 'share':
      return readShare(limit);
    case 'ms':
    case 'hours':
    case 'minutes': {
      const reading = readDuration(limit);
      return reading.ok ?
          { ok: true, value: reading.value / { ms: 1, hours: 3_600_000, minutes: 60_000 }[unit] }
        : reading;
    }
    case 'count':
      return /^\d+(\.\d+)?$/.test(limit) ?
          { ok: true, value: Number(limit) }
        : { ok: false, wrong: 'is not a count', allowed: 'a number of 0 or more' };
    default:
      return unit satisfies never;
  }
};

export const checkGate = (gate: Gate, path: string): readonly Mistake[] => {
  if (!isMetric(gate.metric)) {
    const known = Object.keys(metricUnits);
    const near = nearest(gate.metric, known);
    const allowed = 'it is the name of a metric';
    return [
      {
        path: `${path}.metric`,
        saw: `is ${shownValue(gate.metric)}`,
        allowed,
        advice: offer(near, known, 'metric'),
      },
    ];
  }
  if (gate.rule === 'notWorseBy' && gate.statistic === 'worst') return [worstCompared(path)];
  if (gate.rule === 'notWorseBy' && amounts.includes(gate.metric)) return [amountCompared(gate.metric, path)];
  const reading = readGateLimit(gate.metric, gate.limit);
  if (reading.ok) return [];
  const saw = `is ${shownValue(gate.limit)}, which ${reading.wrong}`;
  return [
    { path: `${path}.limit (of ${gate.metric})`, saw, allowed: `it is ${reading.allowed}`, advice: '' },
  ];
};

/** Amounts of traffic, of which neither more nor less is worse; the reports' facts say so, too. */
const amounts: readonly MetricName[] = ['abusive.submitted', 'wanted.submitted'];

const amountCompared = (metric: MetricName, path: string): Mistake => ({
  path: `${path}.rule`,
  saw: `is notWorseBy, of ${metric}`,
  allowed: 'it is atMost or atLeast there: neither more nor less of it is worse',
  advice: '',
});

const worstCompared = (path: string): Mistake => ({
  path: `${path}.statistic`,
  saw: 'is worst, with the rule notWorseBy',
  allowed: 'it is mean, p50 or p95 there: the worst of some seeds says nothing of the worst of others',
  advice: 'Use p95, or hold the worst against a limit.',
});
