// What the sequential tests share: the shape of one, and how their parameters are checked. A test reads one
// observation after another and speaks as soon as it has seen enough.

/**
 * `alarm`: what the test looks for is there. `clear`: it is not, as far as the test can tell. Either ends
 * the test, and the next observation begins it anew.
 */
export type Outcome = 'continue' | 'alarm' | 'clear';

/**
 * A sequential test. Its state is plain JSON and belongs to one key; a state that was saved and loaded goes
 * on as if nothing had happened.
 */
export interface SequentialTest<State, Observation = number> {
  /** The state of a test that has seen nothing. */
  fresh(): State;
  /**
   * Takes in one observation, writing to the state. With an outcome other than `continue` the state is left
   * as fresh. Throws a RangeError for a number that is no observation (NaN, say), with the state untouched.
   */
  observe(state: State, x: Observation): Outcome;
}

/** Which way a level must move to alarm. */
export type Sides = 'upper' | 'lower' | 'both';

/**
 * Of a threshold, how little may be missing for it to count as reached: sums of decimal fractions, such as
 * 0.1 ten times over, end that much beside what they should. Far above the rounding of a million additions.
 */
export const roundingShare = 1e-9;

/** A number strictly between two others. Throws a RangeError naming test, parameter, value and range. */
export const inside = (
  test: string, parameter: string, value: number, above: number, below: number,
): number => {
  if (typeof value === 'number' && value > above && value < below) return value;
  const range = below === Infinity ? `a finite number above ${above}`
    : `a number above ${above}, below ${below}`;
  throw new RangeError(`${test}: ${parameter} is ${value}; it is ${range}.`);
};

/** A number from `least` up to, but not including, `below`. Throws as `inside` does. */
export const from = (
  test: string, parameter: string, value: number, least: number, below: number,
): number => {
  if (typeof value === 'number' && value >= least && value < below) return value;
  const range = below === Infinity ? `a finite number, ${least} or more`
    : `a number from ${least}, below ${below}`;
  throw new RangeError(`${test}: ${parameter} is ${value}; it is ${range}.`);
};

/** One of the three sides. Throws as `inside` does. */
export const sidesOf = (test: string, sides: Sides): Sides => {
  if (sides === 'upper' || sides === 'lower' || sides === 'both') return sides;
  throw new RangeError(`${test}: sides is ${String(sides)}; it is upper, lower or both.`);
};

/** An observation that is a finite number. Throws a RangeError that names it otherwise. */
export const finite = (test: string, x: number): number => {
  if (Number.isFinite(x)) return x;
  throw new RangeError(`${test}: ${String(x)} was observed; an observation is a finite number.`);
};
