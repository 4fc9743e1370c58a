// What the corrections for many p values have in common: they walk them in order and hand each its adjusted
// value, which is compared with the level as if it stood alone.

/**
 * Adjusts p values, keeping their order. `stepwise` gives the factor for the value of a place, the smallest
 * having place 1; going `up` (from the smallest) no later value ends below an earlier one, going `down` (from
 * the largest) none above. Throws a RangeError for a p that is not from 0 to 1.
 */
export const adjusted = (
  what: string,
  ps: readonly number[],
  direction: 'up' | 'down',
  stepwise: (place: number, count: number) => number,
): readonly number[] => {
  ps.forEach((p, index) => {
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`${what}: p value ${index} is ${p}; it is 0 to 1. Leave out what had no data.`);
  });
  const order = ps.map((_, index) => index).toSorted((one, two) => ps[one]! - ps[two]!);
  const result = ps.slice();
  let bound = direction === 'up' ? 0 : 1;
  const walk = direction === 'up' ? order.keys() : [...order.keys()].toReversed();
  for (const rank of walk) {
    const index = order[rank]!;
    const scaled = Math.min(1, ps[index]! * stepwise(rank + 1, ps.length));
    bound = direction === 'up' ? Math.max(bound, scaled) : Math.min(bound, scaled);
    result[index] = bound;
  }
  return result;
};
