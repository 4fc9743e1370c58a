// Judged by the leukaemia trial every survival textbook prints (Freireich and others, 1963).

import { expect, test } from 'vitest';
import { kaplanMeier } from '../../../reports/statistics/kaplan-meier.ts';
import { oracle } from './oracles.ts';

interface Inputs {
  treat_time: number[];
  treat_event: number[];
  ctrl_time: number[];
  ctrl_event: number[];
}
interface Expected {
  treat: { t: number[]; n: number[]; d: number[]; S: number[] };
  ctrl: { S_at: Record<string, number> };
}
const { inputs, expected } = oracle<Inputs, Expected>('km-freireich');
const paired = (times: number[], events: number[]) =>
  times.map((value, index) => ({ value, observed: events[index] === 1 }));

test('the curve of the leukaemia trial of 1963 is the published one, censored and uncensored arm', () => {
  const steps = kaplanMeier(paired(inputs.treat_time, inputs.treat_event));
  expect(steps.map((step) => step.time)).toEqual(expected.treat.t);
  expect(steps.map((step) => step.atRisk)).toEqual(expected.treat.n);
  expect(steps.map((step) => step.ended)).toEqual(expected.treat.d);
  steps.forEach((step, index) => expect(step.surviving).toBeCloseTo(expected.treat.S[index]!, 8));
  for (const step of kaplanMeier(paired(inputs.ctrl_time, inputs.ctrl_event))) {
    expect(step.surviving).toBeCloseTo(expected.ctrl.S_at[step.time]!, 8);
  }
});

test('a run censored at the instant another ended was still at risk then', () => {
  const [step] = kaplanMeier([
    { value: 6, observed: true },
    { value: 6, observed: false },
  ]);
  expect(step).toEqual({ time: 6, atRisk: 2, ended: 1, surviving: 0.5 });
});
