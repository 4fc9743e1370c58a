// What a search is to make small: the cost of abuse and of lost mail together, or one metric.

import type { Unit } from '../../reports/format.ts';
import { isMetric, metricFacts, metricNames } from '../../reports/metrics.ts';
import { nearest } from '../../sim/plan/nearest.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import { UserMistake } from '../faults.ts';

export interface Objective {
  readonly name: string;
  /** For people. */
  readonly meaning: string;
  /** Of its values, and of their mean. */
  readonly unit: Unit;
  /** A run's value; null where the metric does not apply to it. */
  value(outcome: Outcome & { readonly kind: 'done' }): number | null;
}

/** `cost:9`, or a metric of which less is better. Throws a UserMistake. */
export const readObjective = (text: string): Objective => {
  const cost = /^cost:(\d{1,6}(?:\.\d{1,6})?)$/.exec(text);
  if (cost !== null) {
    const weight = Number(cost[1]);
    return {
      name: text,
      meaning: `abuse that got out + ${weight} × wanted mail lost`,
      unit: 'count',
      value: ({ metrics }) => (metrics.escaped.value ?? 0) + weight * (metrics['wanted.lost'].value ?? 0),
    };
  }
  if (!isMetric(text)) {
    const near = nearest(text, ['cost:9', ...metricNames]);
    throw new UserMistake(
      `--objective is ${shownValue(text)}; it is cost:<weight>, such as cost:9, or a metric.` +
      (near === undefined ? '' : ` Did you mean ${near}?`));
  }
  const { better, label, unit } = metricFacts(text);
  if (better !== 'low')
    throw new UserMistake(
      `--objective ${text}: less of it is not better. Choose another metric, or cost:<weight>.`);
  if (unit === 'ms')
    throw new UserMistake(`--objective ${text}: a time may never end, and has no mean then. ` +
      'escaped.until_block, escaped and cost:<weight> say the same in messages.');
  return { name: text, meaning: label, unit, value: ({ metrics }) => metrics[text].value };
};
