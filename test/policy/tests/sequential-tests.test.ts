// What every sequential test keeps to, whatever it counts: saved states go on alike, an outcome begins
// anew, and nothing that is no parameter or no observation is taken for one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bernoulliCusum, bernoulliSprt, cusum, ewma, poissonSprt, type Outcome, type SequentialTest,
} from '../../../policy/tests/index.ts';

const risks = { alpha: 0.05, beta: 0.05 };
const flag = fc.boolean();
const count = fc.nat({ max: 12 });
/** Quarters: their sums are exact, and ties with a threshold are common. */
const quarter = fc.integer({ min: -16, max: 16 }).map((n) => n / 4);

interface Judged<State, Observation> {
  readonly of: SequentialTest<State, Observation>;
  readonly x: fc.Arbitrary<Observation>;
}
const judged = <State, Observation>(
  of: SequentialTest<State, Observation>, x: fc.Arbitrary<Observation>,
): Judged<unknown, unknown> => ({ of, x }) as unknown as Judged<unknown, unknown>;

const every: Readonly<Record<string, Judged<unknown, unknown>>> = {
  bernoulliSprt: judged(bernoulliSprt({ theta0: 0.1, theta1: 0.6, ...risks }), flag),
  poissonSprt: judged(poissonSprt({ rate0: 2, rate1: 5, ...risks }), count),
  'cusum, upper': judged(cusum({ reference: 0.5, threshold: 4, sides: 'upper' }), quarter),
  'cusum, both, head start':
    judged(cusum({ reference: 0.5, threshold: 4, sides: 'both', headStart: 2 }), quarter),
  bernoulliCusum: judged(bernoulliCusum({ reference: 0.2, threshold: 2, headStart: 1 }), flag),
  'ewma, both': judged(ewma({ lambda: 0.3, width: 2, sides: 'both' }), quarter),
};

const outcomes = <State, X>(of: SequentialTest<State, X>, xs: readonly X[]): Outcome[] => {
  const state = of.fresh();
  return xs.map((x) => of.observe(state, x));
};

for (const [name, { of, x }] of Object.entries(every)) {
  describe(name, () => {
    test('goes on alike after its state was saved and loaded at any point', () => {
      fc.assert(fc.property(fc.array(x, { maxLength: 60 }), (xs) => {
        const kept = of.fresh();
        let loaded: unknown = of.fresh();
        for (const one of xs) {
          loaded = JSON.parse(JSON.stringify(loaded));
          expect(of.observe(loaded, one)).toBe(of.observe(kept, one));
          expect(loaded).toStrictEqual(kept);
        }
      }));
    });

    test('begins anew after an outcome', () => {
      fc.assert(fc.property(fc.array(x, { maxLength: 60 }), (xs) => {
        const state = of.fresh();
        for (const one of xs) {
          if (of.observe(state, one) !== 'continue') expect(state).toStrictEqual(of.fresh());
        }
      }));
    });

    test('gives each key a state of its own', () => {
      expect(of.fresh()).not.toBe(of.fresh());
    });
  });
}

describe('the SPRT of a share', () => {
  const spot = bernoulliSprt({ theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01 });

  test('of SPOT alarms at four spam in a row and clears at three ham', () => {
    expect(outcomes(spot, [true, true, true, true])).toEqual(['continue', 'continue', 'continue', 'alarm']);
    expect(outcomes(spot, [false, false, false])).toEqual(['continue', 'continue', 'clear']);
  });

  test('counts a bound that is met exactly as reached, whatever rounding makes of it', () => {
    // ln(0.9 / 0.1) is both a step of the first and the bound of the second; three steps of ln 9 are ln
    // 729.
    const one = bernoulliSprt({ theta0: 0.1, theta1: 0.9, alpha: 0.1, beta: 0.1 });
    expect(outcomes(one, [true, false])).toEqual(['alarm', 'clear']);
    const three = bernoulliSprt({ theta0: 0.1, theta1: 0.9, alpha: 1 / 730, beta: 1 / 730 });
    expect(outcomes(three, [true, true, true])).toEqual(['continue', 'continue', 'alarm']);
    expect(outcomes(three, [false, true, false, false, false])).toEqual(
      ['continue', 'continue', 'continue', 'continue', 'clear']);
  });
});

test('the SPRT of a rate counts empty spans as evidence', () => {
  const plan = poissonSprt({ rate0: 1, rate1: 3, alpha: 0.05, beta: 0.05 });
  expect(outcomes(plan, [0, 0, 7])).toEqual(['continue', 'clear', 'alarm']);
});

describe('the CUSUM', () => {
  const parameters = { reference: 0.5, threshold: 4 } as const;

  test('of both sides alarms exactly when the sum of either does', () => {
    fc.assert(fc.property(fc.array(quarter, { maxLength: 60 }), fc.constantFrom(0, 2), (xs, headStart) => {
      const first = (sides: 'upper' | 'lower' | 'both'): number =>
        outcomes(cusum({ ...parameters, headStart, sides }), xs).indexOf('alarm') >>> 0;
      expect(first('both')).toBe(Math.min(first('upper'), first('lower')));
    }));
  });

  test('of falls is that of rises, turned upside down about its target', () => {
    fc.assert(fc.property(fc.array(quarter, { maxLength: 60 }), (xs) => {
      const falls = cusum({ ...parameters, target: 3, sides: 'lower' });
      const rises = cusum({ ...parameters, target: -3, sides: 'upper' });
      expect(outcomes(falls, xs)).toEqual(outcomes(rises, xs.map((x) => -x)));
    }));
  });

  test('reaches a threshold of ten tenths with ten times 0.1', () => {
    const tenths = cusum({ reference: 0, threshold: 1, sides: 'upper' });
    const said = outcomes(tenths, Array<number>(10).fill(0.1));
    expect(said.indexOf('alarm')).toBe(9);
  });

  test('of a share says what that of levels says of noughts and ones', () => {
    const references = fc.constantFrom(0.05, 0.07, 0.3);
    fc.assert(fc.property(fc.array(flag, { maxLength: 200 }), references, (xs, reference) => {
      const share = bernoulliCusum({ reference, threshold: 2 });
      const level = cusum({ reference: 0, target: reference, threshold: 2, sides: 'upper' });
      expect(outcomes(share, xs)).toEqual(outcomes(level, xs.map(Number)));
    }));
  });
});

test('the EWMA forgets: one outlier of less than width / sqrt(lambda / (2 - lambda)) never alarms', () => {
  const average = ewma({ lambda: 0.1, width: 3, sides: 'both' });
  // The limit is 0.688; an observation of 6.8 moves the average by 0.68, of 6.9 by 0.69.
  expect(outcomes(average, [6.8, 0, 0, 0])).not.toContain('alarm');
  expect(outcomes(average, [6.9])).toEqual(['alarm']);
  expect(outcomes(average, [-6.9])).toEqual(['alarm']);
  expect(outcomes(ewma({ lambda: 0.1, width: 3, sides: 'upper' }), [-6.9])).toEqual(['continue']);
});

describe('a mistake is named with its value and what is allowed', () => {
  const mistakes: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['theta1 below theta0', () => bernoulliSprt({ theta0: 0.5, theta1: 0.2, ...risks }),
      /bernoulliSprt: theta1 is 0.2; it is a number above 0.5, below 1/],
    ['theta0 of 0', () => bernoulliSprt({ theta0: 0, theta1: 0.2, ...risks }),
      /theta0 is 0; .* above 0, below 1/],
    ['risks of 1 together', () => bernoulliSprt({ theta0: 0.1, theta1: 0.2, alpha: 0.5, beta: 0.5 }),
      /beta is 0.5; it is a number above 0, below 0.5/],
    ['equal rates', () => poissonSprt({ rate0: 2, rate1: 2, ...risks }),
      /rate1 is 2; .* finite number above 2/],
    ['no rate', () => poissonSprt({ rate0: NaN, rate1: 2, ...risks }), /rate0 is NaN/],
    ['a negative reference', () => cusum({ reference: -1, threshold: 1, sides: 'both' }), /reference is -1/],
    ['an endless threshold', () => cusum({ reference: 0, threshold: Infinity, sides: 'both' }),
      /threshold is Infinity; it is a finite number above 0/],
    ['a head start at the threshold',
      () => cusum({ reference: 0, threshold: 2, headStart: 2, sides: 'both' }),
      /headStart is 2; it is a number from 0, below 2/],
    ['a target that is none', () => cusum({ reference: 0, threshold: 2, target: NaN, sides: 'both' }),
      /target is NaN; it is a finite number/],
    ['a side that is none', () => ewma({ lambda: 0.1, width: 3, sides: 'up' as 'upper' }),
      /ewma: sides is up; it is upper, lower or both/],
    ['a weight above 1', () => ewma({ lambda: 1.1, width: 3, sides: 'both' }),
      /lambda is 1.1; it is a number above 0, at most 1/],
    ['a reference of 1', () => bernoulliCusum({ reference: 1, threshold: 2 }), /reference is 1/],
    ['a count of halves', () => {
      const plan = poissonSprt({ rate0: 1, rate1: 2, ...risks });
      return plan.observe(plan.fresh(), 0.5);
    }, /0.5 was observed; a count is a whole number, 0 or more/],
    ['no observation', () => {
      const plan = ewma({ lambda: 0.1, width: 3, sides: 'both' });
      return plan.observe(plan.fresh(), NaN);
    }, /NaN was observed; an observation is a finite number/],
  ];
  for (const [what, make, says] of mistakes) {
    test(what, () => {
      expect(make).toThrow(RangeError);
      expect(make).toThrow(says);
    });
  }
});
