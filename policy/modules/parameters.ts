// What the modules share when they are made: checking a parameter against its range, and naming a rule after
// its span.

import { days, hours, type Milliseconds, minutes, seconds } from '../units.ts';

/** A number from `least` to `most`. Throws a RangeError that names module, parameter, value and range. */
export const inRange = (
  module: string, parameter: string, value: number, least: number, most: number,
): number => {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new RangeError(`${module}: ${parameter} is ${value}; it is a number from ${least} to ${most}.`);
};

/** A whole number from `least` to `most`. Throws as `inRange` does. */
export const countInRange = (
  module: string, parameter: string, value: number, least: number, most: number,
): number => {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${module}: ${parameter} is ${value}; it is a whole number from ${least} to ${most}.`);
};

/** One of a few words. Throws as `inRange` does, naming the words. */
export const oneOf = <const Word extends string>(
  module: string, parameter: string, value: Word, words: readonly Word[],
): Word => {
  if (words.includes(value)) return value;
  throw new RangeError(`${module}: ${parameter} is ${String(value)}; it is one of ${words.join(', ')}.`);
};

/** A span of time between two others. Throws as `inRange` does, in words such as 1m and 30d. */
export const spanInRange = (
  module: string, parameter: string, value: Milliseconds, least: Milliseconds, most: Milliseconds,
): Milliseconds => {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = `${spanText(least)} to ${spanText(most)}`;
  throw new RangeError(`${module}: ${parameter} is ${value} ms; it is a span from ${range} in whole ms.`);
};

/** A quantity's name with the span it is counted over: `recipients/24h`. */
export const perSpan = (quantity: string, span: Milliseconds): string => `${quantity}/${spanText(span)}`;

/** A span in its largest whole unit; days only from two on, as operators say 24h. */
export const spanText = (span: Milliseconds): string => {
  if (span >= days(2) && span % days(1) === 0) return `${span / days(1)}d`;
  if (span >= hours(1) && span % hours(1) === 0) return `${span / hours(1)}h`;
  if (span >= minutes(1) && span % minutes(1) === 0) return `${span / minutes(1)}m`;
  if (span % seconds(1) === 0) return `${span / seconds(1)}s`;
  return `${span}ms`;
};
