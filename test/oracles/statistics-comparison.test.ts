// Intervals, tests of pairs, and corrections for many tests against published figures and R.

import { sampleCorrelation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../reports/statistics/benjamini-hochberg.ts';
import { bonferroni } from '../../reports/statistics/bonferroni.ts';
import { bootstrapBca } from '../../reports/statistics/bootstrap-bca.ts';
import { clopperPearson } from '../../reports/statistics/clopper-pearson.ts';
import { hochberg } from '../../reports/statistics/hochberg.ts';
import { holm } from '../../reports/statistics/holm.ts';
import type { Interval } from '../../reports/statistics/interval.ts';
import { jackknife } from '../../reports/statistics/jackknife.ts';
import { pairedT } from '../../reports/statistics/paired-t.ts';
import { peekingError } from '../../reports/statistics/peeking.ts';
import { poissonExact } from '../../reports/statistics/poisson-exact.ts';
import { quantile } from '../../reports/statistics/quantile.ts';
import { wilson } from '../../reports/statistics/wilson.ts';
import { oracle, statisticsOracles } from '../reports/statistics/oracles.ts';
import { near } from './near.ts';

const meanOf = (sample: readonly number[]): number => {
  let sum = 0;
  for (let index = 0; index < sample.length; index += 1) sum += sample[index]!;
  return sum / sample.length;
};

describe('intervals of a share, after Newcombe (1998)', () => {
  interface Shares {
    wilson: Interval[];
    clopper_pearson: Interval[];
    wilson_cc: Interval[];
  }
  const { inputs, expected, tolerance } = oracle<{ cases: Interval[] }, Shares>('binom-ci');
  const each = (interval: (hits: number, trials: number) => Interval, published: readonly Interval[]) =>
    near(
      inputs.cases.slice(0, published.length).flatMap(([hits, trials]) => interval(hits, trials)),
      published.flat(),
      tolerance,
    );

  test('by Wilson', () => each(wilson, expected.wilson));
  test('by Wilson, corrected for whole counts', () =>
    each((hits, trials) => wilson(hits, trials, { continuity: true }), expected.wilson_cc));
  test('by Clopper and Pearson', () => each(clopperPearson, expected.clopper_pearson));
});

test('the exact interval of a Poisson count', () => {
  const { inputs, expected, tolerance } = oracle<{ x: number[] }, { ci: Interval[] }>('poisson-ci');
  near(inputs.x.flatMap((count) => poissonExact(count)), expected.ci.flat(), tolerance);
});

describe('the bootstrap', () => {
  test('of a lopsided mean agrees with R in all three intervals at a million draws', () => {
    interface Published {
      basic: Interval;
      percentile: Interval;
      bca: Interval;
      jackknife_acceleration: number;
    }
    const { inputs, expected, tolerance } = oracle<{ x: number[] }, Published>('bca-scipy');
    expect(tolerance).toBe('0.5-1% at 1e6 reps');
    const seen = bootstrapBca(inputs.x, meanOf, { seed: 'oracle', resamples: 1_000_000 });
    for (const [interval, published] of [
      [seen.interval, expected.bca], [seen.percentile, expected.percentile], [seen.basic, expected.basic],
    ] as const) {
      near([interval[0]], [published[0]], 0.005 * published[0]);
      near([interval[1]], [published[1]], 0.005 * published[1]);
    }
    near([seen.acceleration], [expected.jackknife_acceleration], 1e-9);
    near([seen.estimate], [53.99375], 1e-9);
  });

  test('of a correlation, the law schools of Efron and Tibshirani: its error and acceleration', () => {
    interface Schools {
      r: number;
      jackknife_se: number;
      acceleration: number;
    }
    const { inputs, expected, tolerance } = oracle<{ lsat: number[]; gpa: number[] }, Schools>('law-school');
    const schools = inputs.lsat.map((lsat, index) => [lsat, inputs.gpa[index]!] as const);
    const correlation = (sample: readonly (readonly [number, number])[]): number =>
      sampleCorrelation(sample.map(([lsat]) => lsat), sample.map(([, gpa]) => gpa));
    const seen = jackknife(schools, correlation);
    near(
      [correlation(schools), seen.standardError, seen.acceleration],
      [expected.r, expected.jackknife_se, expected.acceleration],
      tolerance,
    );
  });
});

test("Student's own paired sample: ten sleepers, two drugs", () => {
  interface Sleep {
    mean_diff: number;
    t: number;
    df: number;
    p: number;
    ci: Interval;
  }
  const { inputs, expected, tolerance } = oracle<{ a: number[]; b: number[] }, Sleep>('paired-t-sleep');
  const seen = pairedT(inputs.a.map((hours, index) => hours - inputs.b[index]!));
  near([seen.mean, seen.t, seen.p], [expected.mean_diff, expected.t, expected.p], tolerance);
  near(seen.interval, expected.ci, tolerance);
  expect(seen.freedom).toBe(expected.df);
});

describe('the fifteen p values of Benjamini and Hochberg (1995)', () => {
  type Adjusted = Record<'BH' | 'holm' | 'bonferroni' | 'hochberg', number[]>;
  interface Rejections {
    rejections_at_005: Record<'BH' | 'bonferroni' | 'holm', number>;
  }
  const { inputs, expected, tolerance } = oracle<{ p: number[] }, Adjusted & Rejections>(
    'multiple-comparisons',
  );
  const corrections = { BH: benjaminiHochberg, holm, bonferroni, hochberg };

  for (const name of ['BH', 'holm', 'bonferroni', 'hochberg'] as const) {
    test(`adjusted by ${name}`, () => near(corrections[name](inputs.p), expected[name], tolerance));
  }

  test('so many are rejected at 5 %', () => {
    for (const [name, count] of Object.entries(expected.rejections_at_005)) {
      const adjusted = corrections[name as keyof typeof corrections](inputs.p);
      expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(count);
    }
  });
});

test('looking again and again at 5 % finds a difference of nothing as often as Armitage computed', () => {
  const { inputs, expected, tolerance } = oracle<{ looks: number[] }, Record<string, number>>(
    'peeking-inflation',
  );
  near(
    inputs.looks.map((looks) => peekingError(looks)),
    inputs.looks.map((looks) => expected[looks]!),
    tolerance,
  );
});

test('the quantile of type 7 is what R says it is', () => {
  const { inputs, expected, tolerance } = oracle<{ x: number[]; p: number[] }, { q: number[] }>(
    'quantile-type7',
  );
  near(inputs.p.map((p) => quantile(inputs.x, p)), expected.q, tolerance);
});

test('no published figure of the statistics is left without a test', () => {
  expect(statisticsOracles.toSorted()).toEqual([
    'bca-scipy', 'binom-ci', 'km-freireich', 'law-school', 'logrank-freireich', 'multiple-comparisons',
    'nelson-aalen-freireich', 'paired-t-sleep', 'peeking-inflation', 'poisson-ci', 'quantile-type7',
    'rmst-freireich',
  ]);
});
