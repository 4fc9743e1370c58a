// The survival statistics against the leukaemia trial of 1963 (Freireich and others), the sample every
// textbook prints, with figures of R's survival package.

import { describe, expect, test } from 'vitest';
import { curveQuantile, curveQuantileInterval } from '../../reports/statistics/curve-quantile.ts';
import { hazardRatio } from '../../reports/statistics/hazard-ratio.ts';
import { kaplanMeier, survivingAt } from '../../reports/statistics/kaplan-meier.ts';
import { logRank, type Weights } from '../../reports/statistics/log-rank.ts';
import { nelsonAalen } from '../../reports/statistics/nelson-aalen.ts';
import { restrictedMean } from '../../reports/statistics/restricted-mean.ts';
import type { Survival } from '../../reports/statistics/survival.ts';
import type { Scale } from '../../reports/statistics/survival-interval.ts';
import { oracle } from '../reports/statistics/oracles.ts';
import { near } from './near.ts';

type Pair = [number, number];
type MaybePair = [number, number | null];
interface Arm {
  t: number[];
  n: number[];
  d: number[];
  S: number[];
  se: number[];
  ci_log: Pair[];
  ci_loglog: Pair[];
  ci_plain: Pair[];
  median: number;
  median_ci_log: MaybePair;
  median_ci_loglog: MaybePair;
}
interface Control {
  median: number;
  median_ci_log: MaybePair;
  median_ci_loglog: MaybePair;
  S_at: Record<string, number>;
  se_at: Record<string, number>;
}

const trial = oracle<Record<string, number[]>, { treat: Arm; ctrl: Control }>('km-freireich');
const arm = (name: 'treat' | 'ctrl'): Survival => ({
  durations: trial.inputs[`${name}_time`]!,
  observed: trial.inputs[`${name}_event`]!.map((event) => event === 1),
});
const treated = arm('treat');
const control = arm('ctrl');
const curve = ({ durations, observed }: Survival, scale: Scale = 'log-log') =>
  kaplanMeier(durations, observed, undefined, { scale });
/** R writes "not reached" as NA. */
const reached = ([low, high]: MaybePair): Pair => [low, high ?? Infinity];

describe('Kaplan and Meier on the trial of 1963', () => {
  const { treat, ctrl } = trial.expected;

  test('the treated arm: who was at risk and ended, the share surviving, and its error by Greenwood', () => {
    const { steps } = curve(treated);
    expect(steps.map(({ time }) => time)).toEqual(treat.t);
    expect(steps.map(({ atRisk }) => atRisk)).toEqual(treat.n);
    expect(steps.map(({ ended }) => ended)).toEqual(treat.d);
    near(steps.map(({ surviving }) => surviving), treat.S, trial.tolerance);
    near(steps.map(({ standardError }) => standardError), treat.se, trial.tolerance);
  });

  for (const [scale, published] of [
    ['log-log', treat.ci_loglog], ['log', treat.ci_log], ['plain', treat.ci_plain],
  ] as const) {
    test(`the treated arm: the interval at each step on the ${scale} scale`, () => {
      const { steps } = curve(treated, scale);
      near(steps.flatMap(({ low, high }) => [low, high]), published.flat(), trial.tolerance);
    });
  }

  test('the control arm, where nobody is censored and at last nobody survives', () => {
    const times = Object.keys(ctrl.S_at).map(Number);
    const { steps } = curve(control);
    expect(steps.map(({ time }) => time)).toEqual(times);
    near(times.map((time) => survivingAt(curve(control), time)), Object.values(ctrl.S_at), trial.tolerance);
    const errors = steps.filter(({ time }) => time in ctrl.se_at).map(({ standardError }) => standardError);
    near(errors, Object.values(ctrl.se_at), trial.tolerance);
  });

  test('the medians and their intervals, one of them never reached', () => {
    for (const [runs, published] of [[treated, treat], [control, ctrl]] as const) {
      expect(curveQuantile(curve(runs), 0.5)).toBe(published.median);
      expect(curveQuantileInterval(curve(runs), 0.5)).toEqual(reached(published.median_ci_loglog));
      expect(curveQuantileInterval(curve(runs, 'log'), 0.5)).toEqual(reached(published.median_ci_log));
    }
  });
});

describe('the two arms of the trial compared', () => {
  interface Tests {
    observed: Pair;
    expected: Pair;
    variance: number;
    chisq: number;
    p: number;
    gehan_wilcoxon: number;
    tarone_ware: number;
    peto_prentice: number;
    peto_FH_rho1: number;
    cox_efron: { beta_placebo: number; se: number; HR: number };
    cox_breslow: { beta: number; se: number; HR: number };
  }
  const { expected, tolerance } = oracle<unknown, Tests>('logrank-freireich');

  test('the log-rank test: ends seen and expected, their variance, chi-squared and p', () => {
    const seen = logRank(treated, control);
    near([...seen.observed, ...seen.expected], [...expected.observed, ...expected.expected], tolerance);
    const { variance, chisq, p } = expected;
    near([seen.variance, seen.chiSquared, seen.p], [variance, chisq, p], tolerance);
    // The p value is smaller than the tolerance would notice in part; it is right in all its digits.
    expect(seen.p / expected.p).toBeCloseTo(1, 9);
  });

  test.each<[Weights, number]>([
    ['gehan', expected.gehan_wilcoxon],
    ['tarone-ware', expected.tarone_ware],
    ['peto-prentice', expected.peto_prentice],
    ['fleming-harrington', expected.peto_FH_rho1],
  ])('the test with the weights of %s', (weights, published) => {
    near([logRank(treated, control, weights).chiSquared], [published], tolerance);
  });

  test('the hazard ratio of Cox, ties by Efron and by Breslow', () => {
    const efron = hazardRatio(control, treated);
    const { beta_placebo: log, se, HR } = expected.cox_efron;
    near([efron.log, efron.standardError, efron.ratio], [log, se, HR], tolerance);
    const breslow = hazardRatio(control, treated, { ties: 'breslow' });
    const { cox_breslow } = expected;
    near(
      [breslow.log, breslow.standardError, breslow.ratio],
      [cox_breslow.beta, cox_breslow.se, cox_breslow.HR],
      tolerance,
    );
  });
});

test('the restricted means of both arms, to 23 and to 35 weeks, and the difference', () => {
  interface Means {
    treat: Pair;
    ctrl: Pair;
    diff?: number;
    diff_se?: number;
  }
  const { expected, tolerance } = oracle<unknown, Record<string, Means>>('rmst-freireich');
  for (const until of [23, 35]) {
    const published = expected[`tau=${until}`]!;
    const one = restrictedMean(curve(treated), until);
    const two = restrictedMean(curve(control), until);
    near([one.mean, one.standardError], published.treat, tolerance);
    near([two.mean, two.standardError], published.ctrl, tolerance);
    if (published.diff === undefined) continue;
    const error = Math.sqrt(one.standardError ** 2 + two.standardError ** 2);
    near([one.mean - two.mean, error], [published.diff, published.diff_se!], tolerance);
  }
});

test('the cumulative hazard of the treated arm by Nelson and Aalen', () => {
  const { expected, tolerance } = oracle<unknown, { t: number[]; H: number[]; se: number[] }>(
    'nelson-aalen-freireich',
  );
  const steps = nelsonAalen(treated);
  expect(steps.map(({ time }) => time)).toEqual(expected.t);
  near(steps.map(({ hazard }) => hazard), expected.H, tolerance);
  near(steps.map(({ standardError }) => standardError), expected.se, tolerance);
});
