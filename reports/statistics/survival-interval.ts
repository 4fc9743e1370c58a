// The interval of a point of a survival curve, from its standard error: Kalbfleisch and Prentice, The
// Statistical Analysis of Failure Time Data (1980). On the scale of log(-log) it stays inside 0 to 1
// without being cut off there, which is why reports use it; the other two are what other tools print.

import type { Interval } from './interval.ts';

export type Scale = 'log-log' | 'log' | 'plain';

/**
 * The interval for a surviving share above 0 and below 1; `z` is the normal quantile of its level. Throws a
 * RangeError for other shares, where no such formula holds.
 */
export const survivalInterval = (
  surviving: number,
  standardError: number,
  z: number,
  scale: Scale = 'log-log',
): Interval => {
  if (!(surviving > 0 && surviving < 1 && standardError >= 0))
    throw new RangeError(
      `survivalInterval: ${surviving} with error ${standardError}; the share lies between 0 and 1.`,
    );
  const relative = (z * standardError) / surviving;
  switch (scale) {
    case 'log-log': {
      const hazard = -Math.log(surviving);
      const stretch = Math.exp(relative / hazard);
      return [Math.exp(-hazard * stretch), Math.exp(-hazard / stretch)];
    }
    case 'log':
      return [surviving * Math.exp(-relative), Math.min(1, surviving * Math.exp(relative))];
    case 'plain':
      return [Math.max(0, surviving * (1 - relative)), Math.min(1, surviving * (1 + relative))];
    default:
      return scale satisfies never;
  }
};
