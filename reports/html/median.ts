// The interval of a median over seeds, censored ones among them.

import { quantity } from '../format.ts';
import { durationsOf, type MetricSummary } from '../metric-summary.ts';
import { curveQuantileInterval } from '../statistics/curve-quantile.ts';
import { kaplanMeier } from '../statistics/kaplan-meier.ts';

/** Fewer seeds say nothing of how far a median may be off. */
const leastSeeds = 6;

/** `5 m 20 s to 6 m 1 s`, `all alike`, or a dash where there are too few seeds to tell. */
export const medianInterval = (
  { name, unit, values }: MetricSummary,
  say = (value: number): string => quantity(value, unit),
): string => {
  if (values.length < leastSeeds) return '–';
  const durations = durationsOf(name, values);
  const curve = kaplanMeier(
    durations.map(({ value }) => Math.max(0, value)),
    durations.map(({ observed }) => observed),
  );
  const [low, high] = curveQuantileInterval(curve, 0.5);
  if (values.every(({ value, observed }) => observed && value === values[0]!.value)) return 'all alike';
  const [one, two] = [low, high].map((end) => (Number.isFinite(end) ? say(end) : 'never'));
  return one === two ? one! : `${one} to ${two}`;
};
