// A standard normal deviate from two uniform ones. It imports nothing, so that constants may rest on it.

/** Box and Muller's (1958); both in [0, 1). */
export const normal = (one: number, two: number): number =>
  Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * two);
