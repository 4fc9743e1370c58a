// The sequential tests against exact operating characteristics and run lengths, reckoned from the code
// itself (run-lengths.ts, normal-run-lengths.ts): no chance and no approximation of Wald's. Tried once: a
// bound one step off, a hit counted twice, a rate 0.1 % off, a sum that may fall below 0, a threshold that
// must be exceeded, a head start forgotten and a limit 0.005 % off each fail here.

import { describe, expect, test } from 'vitest';
import {
  bernoulliCusum, bernoulliSprt, cusum, type CusumState, ewma, type EwmaState, poissonSprt, type Sides,
} from '../../policy/tests/index.ts';
import { type Leveled, normalRunLengths } from './normal-run-lengths.ts';
import oracles from './oracles.json' with { type: 'json' };
import { coin, endsOf, moment, poisson, runLength, total } from './run-lengths.ts';

interface Oracle<Inputs, Expected> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly expected: Expected;
}
const all = oracles.oracles as unknown as readonly Oracle<never, never>[];
const oracle = <Inputs, Expected>(id: string): Oracle<Inputs, Expected> =>
  all.find((one) => one.id === id)! as Oracle<Inputs, Expected>;
const allOf = <Inputs, Expected>(start: string): readonly Oracle<Inputs, Expected>[] =>
  all.filter((one) => one.id.startsWith(start)) as Oracle<Inputs, Expected>[];

const near = (seen: number, theory: number, share: number): void => {
  expect(Math.abs(seen / theory - 1), `${seen} against ${theory}`).toBeLessThan(share);
};

interface Means {
  readonly mu: readonly number[];
}

interface Characteristic {
  readonly P_accept_H1: number;
  readonly P_accept_H0: number;
  readonly EN: number;
  readonly EN_given_H1decision: number;
  readonly pmf_H1_first: Readonly<Record<string, number>>;
  readonly pmf_H0_first: Readonly<Record<string, number>>;
}
interface Plan {
  readonly theta0: number;
  readonly theta1: number;
  readonly alpha: number;
  readonly beta: number;
}
type Hypotheses = Readonly<Record<'exact_H0' | 'exact_H1', Characteristic>>;

describe('the SPRT of a share has its exact operating characteristic', () => {
  const plans = allOf<Plan, Hypotheses>('sprt-bernoulli-');
  test('the oracle has four plans', () => expect(plans.length).toBe(4));

  for (const { inputs, expected } of plans) {
    const { theta0, theta1, alpha, beta } = inputs;
    for (const [what, share, exact] of [
      ['harmless', theta0, expected.exact_H0], ['harmful', theta1, expected.exact_H1],
    ] as const) {
      test(`between ${theta0} and ${theta1}, risks ${alpha} and ${beta}, on ${what} observations`, () => {
        const { alarm, clear } = endsOf(bernoulliSprt(inputs), coin(share));
        near(total(alarm), exact.P_accept_H1, 1e-9);
        near(total(clear), exact.P_accept_H0, 1e-9);
        near(moment(alarm) + moment(clear), exact.EN, 1e-9);
        near(moment(alarm) / total(alarm), exact.EN_given_H1decision, 1e-9);
        for (const [pmf, first] of [[alarm, exact.pmf_H1_first], [clear, exact.pmf_H0_first]] as const) {
          const lengths = Object.keys(first).map(Number);
          expect([...pmf.keys()].sort((one, two) => one - two).slice(0, lengths.length)).toEqual(lengths);
          for (const n of lengths) near(pmf.get(n)!, first[n]!, 1e-9);
        }
      });
    }
  }

  test('where both thetas mirror each other it is the gambler\'s ruin', () => {
    interface Cases { readonly cases: readonly Plan[] }
    interface Ruin { readonly P_false_alarm: readonly number[]; readonly EN: readonly number[] }
    const { inputs, expected } = oracle<Cases, Ruin>('sprt-gamblers-ruin');
    for (const [i, plan] of inputs.cases.entries()) {
      const { alarm, clear } = endsOf(bernoulliSprt(plan), coin(plan.theta0));
      near(total(alarm), expected.P_false_alarm[i]!, 1e-10);
      near(moment(alarm) + moment(clear), expected.EN[i]!, 1e-10);
    }
  });

  test('its bounds are the two lines of a sequential sampling plan, to a millionth', () => {
    interface Lines { readonly h1: number; readonly h2: number; readonly s: number }
    type Inputs = Readonly<Record<'p1' | 'p2' | 'alpha' | 'beta', number>>;
    const { inputs, expected } = oracle<Inputs, Lines>('sprt-nist-lines');
    const { p1, p2, alpha, beta } = inputs;
    const plan = bernoulliSprt({ theta0: p1, theta1: p2, alpha, beta });
    // With n seen, h2 + s n hits or more alarm and s n - h1 or fewer clear. Over a million n, the part of a
    // hit by which a line passes above a whole number takes a million values, so the code's answers at the
    // whole numbers on either side of a line pin the line down to that.
    for (let n = 2; n < 1_000_000; n += 1) {
      const alarms = Math.ceil(expected.h2 + expected.s * n);
      const clears = Math.floor(expected.s * n - expected.h1);
      const asks: readonly (readonly [number, string])[] =
        [[alarms, 'alarm'], [alarms - 1, 'continue'], [clears, 'clear'], [clears + 1, 'continue']];
      for (const [hits, outcome] of asks) {
        if (hits < 0 || hits >= n) continue;
        const seen = plan.observe({ hits, misses: n - hits - 1 }, false);
        if (seen !== outcome) expect(`${n} seen, ${hits} hits: ${seen}`).toBe(outcome);
      }
    }
  });
});

describe('the SPRT of a rate has its exact operating characteristic', () => {
  interface Rates { readonly l0: number; readonly l1: number; readonly a: number; readonly b: number }
  type Exact = Readonly<Record<'exact_H0' | 'exact_H1', Readonly<Record<'P_H1' | 'P_H0' | 'EN', number>>>>;
  const plans = allOf<Rates, Exact>('sprt-poisson-');
  test('the oracle has two plans', () => expect(plans.length).toBe(2));

  for (const { inputs, expected } of plans) {
    test(`between ${inputs.l0} and ${inputs.l1} a span, risk ${inputs.a}`, () => {
      const plan = poissonSprt({ rate0: inputs.l0, rate1: inputs.l1, alpha: inputs.a, beta: inputs.b });
      for (const [rate, exact] of [[inputs.l0, expected.exact_H0], [inputs.l1, expected.exact_H1]] as const) {
        const { alarm, clear } = endsOf(plan, poisson(rate));
        near(total(alarm), exact.P_H1, 1e-7);
        near(total(clear), exact.P_H0, 1e-7);
        near(moment(alarm) + moment(clear), exact.EN, 1e-7);
      }
    });
  }
});

const upperChart = (threshold: number, headStart: number): Leveled<CusumState> => ({
  test: cusum({ reference: 0.5, threshold, headStart, sides: 'upper' }),
  levelOf: ({ upper }) => upper,
  stateAt: (level) => ({ upper: level, lower: 0 }),
  lowest: 0,
  highest: threshold,
});
const lowerChart = (threshold: number, headStart: number): Leveled<CusumState> => ({
  ...upperChart(threshold, headStart),
  test: cusum({ reference: 0.5, threshold, headStart, sides: 'lower' }),
  levelOf: ({ lower }) => lower,
  stateAt: (level) => ({ upper: 0, lower: level }),
});

describe('the CUSUM has its exact run lengths under normal observations', () => {
  type Lengths = Readonly<Record<'one' | 'two' | 'two_FIR_h2', readonly number[]>>;
  type Approximate = Readonly<Record<string, Readonly<Record<string, { readonly one: number }>>>>;
  for (const h of [4, 5]) {
    const { inputs, expected } = oracle<Means, Lengths>(`cusum-normal-k05-h${h}`);
    const rising = normalRunLengths(upperChart(h, 0), inputs.mu);
    const falling = normalRunLengths(lowerChart(h, 0), inputs.mu);

    test(`threshold ${h}: one side`, () => {
      for (const [i, length] of expected.one.entries()) near(rising[i]!, length, 1e-6);
      const mirrored = normalRunLengths(lowerChart(h, 0), inputs.mu.map((mu) => -mu));
      for (const [i, length] of expected.one.entries()) near(mirrored[i]!, length, 1e-6);
    });

    test(`threshold ${h}: both sides, which alarm with whichever is first`, () => {
      // Kemp (1961): rates of alarms add up, since either sum alarms only where the other has drained.
      for (const [i, length] of expected.two.entries()) {
        near(1 / (1 / rising[i]! + 1 / falling[i]!), length, 1e-6);
      }
    });

    test(`threshold ${h}: both sides with half of it as head start`, () => {
      const ahead = normalRunLengths(upperChart(h, h / 2), inputs.mu);
      const behind = normalRunLengths(lowerChart(h, h / 2), inputs.mu);
      for (const [i, length] of expected.two_FIR_h2.entries()) {
        const [up, down, upAhead, downAhead] = [rising[i]!, falling[i]!, ahead[i]!, behind[i]!];
        // Lucas and Crosier 1982.
        near((upAhead * down + downAhead * up - up * down) / (up + down), length, 1e-6);
      }
    });

    test(`threshold ${h}: Siegmund's approximation is within 1 % for shifts of up to one deviation`, () => {
      const approximate = oracle<unknown, Approximate>('cusum-siegmund').expected[`h=${h}`]!;
      for (const [i, mu] of inputs.mu.entries()) {
        if (mu <= 1) near(rising[i]!, approximate[mu]!.one, 0.01);
      }
    });
  }
});

test('the CUSUM of counts has its exact run lengths, rising and falling, with and without head start', () => {
  interface Counts { readonly mu: number; readonly k: number; readonly h: number }
  type Lengths = Readonly<Record<'upper' | 'upper_headstart' | 'lower' | 'lower_headstart', number>>;
  const { inputs, expected } = oracle<Counts, Lengths>('cusum-poisson-lucas1985');
  const length = (sides: Sides, headStart: number): number => runLength(
    cusum({ reference: 0, target: inputs.k, threshold: inputs.h, headStart, sides }), poisson(inputs.mu));
  near(length('upper', 0), expected.upper, 1e-7);
  near(length('upper', inputs.h / 2), expected.upper_headstart, 1e-7);
  near(length('lower', 0), expected.lower, 1e-7);
  near(length('lower', inputs.h / 2), expected.lower_headstart, 1e-7);
});

test('the CUSUM of a share has its exact run lengths, from 3 messages to 56 million', () => {
  const { inputs, expected } = oracle<
    { readonly gamma: number; readonly h: readonly number[]; readonly p: readonly number[] },
    Readonly<Record<string, number>>
  >('cusum-bernoulli');
  for (const h of inputs.h) {
    const share = bernoulliCusum({ reference: inputs.gamma, threshold: h });
    for (const p of inputs.p) {
      near(runLength(share, coin(p)), expected[`h=${h} p=${p}`]!, 1e-9);
    }
  }
});

const average = (lambda: number, width: number): Leveled<EwmaState> => {
  const limit = width * Math.sqrt(lambda / (2 - lambda));
  return {
    test: ewma({ lambda, width, sides: 'both' }),
    levelOf: ({ level }) => level,
    stateAt: (level) => ({ level }),
    lowest: -limit,
    highest: limit,
  };
};

describe('the EWMA has its exact run lengths under normal observations', () => {
  interface Designs {
    readonly designs: readonly (readonly [number, number])[];
    readonly mu: readonly number[];
  }
  const { inputs, expected } = oracle<Designs, Readonly<Record<string, readonly number[]>>>('ewma-normal');
  for (const [lambda, width] of inputs.designs) {
    test(`weight ${lambda}, limits at ${width}`, () => {
      const name = Object.keys(expected).find((one) => {
        const [first, second] = one.split('/').map(Number);
        return first === lambda && second === width;
      })!;
      const lengths = normalRunLengths(average(lambda, width), inputs.mu);
      for (const [i, length] of expected[name]!.entries()) near(lengths[i]!, length, 1e-5);
    });
  }

  test('weight 0.25, limits at 3, a shift of one deviation: as the SAS manual prints', () => {
    const printed = expected['SASQC_lambda.25_L3_mu1'] as unknown as number;
    near(normalRunLengths(average(0.25, 3), [1])[0]!, printed, 1e-9);
  });

  test('of weight 1 it is the Shewhart chart', () => {
    const { inputs: { mu }, expected: { ARL } } =
      oracle<Means, { readonly ARL: readonly number[] }>('shewhart-3sigma');
    const lengths = normalRunLengths(average(1, 3), mu);
    for (const [i, length] of ARL.entries()) near(lengths[i]!, length, 1e-9);
  });
});
