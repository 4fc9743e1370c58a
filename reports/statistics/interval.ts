// What the intervals of this folder have in common: their form and their level.

/** Both ends belong to it. */
export type Interval = readonly [low: number, high: number];

/** The level of every interval a report shows, unless it says otherwise. */
export const usualLevel = 0.95;

/** What an interval of this level leaves out on each side, such as 0.025. Throws unless 0 < level < 1. */
export const tailOf = (what: string, level: number): number => {
  if (!(level > 0 && level < 1))
    throw new RangeError(`${what}: level is ${level}; it lies between 0 and 1, such as 0.95.`);
  return (1 - level) / 2;
};
