// A gate's limit, read in the unit of its metric, and the mistakes a gate can hold.

import { type MetricName, metricUnits } from '../result.ts';
import { nearest } from './nearest.ts';
import { type Mistake, offer, shownValue } from './problems.ts';
import { readDuration, type Reading, readShare } from './quantities.ts';
import type { Gate } from './schema.ts';

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metricUnits, name);

/**
 * The limit in the metric's own unit: milliseconds, hours, minutes, a fraction or a count. Times are written as such
 * (`'4h'`) whatever the unit; hours, minutes and counts may be plain numbers too.
 */
export const readGateLimit = (metric: MetricName, limit: string): Reading<number> => {
  const unit = metricUnits[metric];
  const plain = /^\d+(\.\d+)?$/.test(limit) ? Number(limit) : undefined;
  switch (unit) {
    case 'share': return readShare(limit);
    case 'ms': return readDuration(limit);
    case 'hours':
    case 'minutes': {
      if (plain !== undefined) return { ok: true, value: plain };
      const reading = readDuration(limit);
      return reading.ok ? { ok: true, value: reading.value / (unit === 'hours' ? 3_600_000 : 60_000) } : reading;
    }
    case 'count':
      return plain === undefined
        ? { ok: false, wrong: 'is not a count', allowed: 'a number of 0 or more' }
        : { ok: true, value: plain };
    default:
      return unit satisfies never;
  }
};

export const checkGate = (gate: Gate, path: string): readonly Mistake[] => {
  if (!isMetric(gate.metric)) {
    const known = Object.keys(metricUnits);
    const near = nearest(gate.metric, known);
    const allowed = 'it is the name of a metric';
    return [{ path: `${path}.metric`, saw: `is ${shownValue(gate.metric)}`, allowed, advice: offer(near, known, 'metric') }];
  }
  const reading = readGateLimit(gate.metric, gate.limit);
  if (reading.ok) return [];
  const saw = `is ${shownValue(gate.limit)}, which ${reading.wrong}`;
  return [{ path: `${path}.limit (of ${gate.metric})`, saw, allowed: `it is ${reading.allowed}`, advice: '' }];
};
