// Judged by published medians, and by cases one can see through.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { censoredQuantile, orNever } from '../../../reports/statistics/censored-quantile.ts';
import { quantile } from '../../../reports/statistics/quantile.ts';
import { oracle } from './oracles.ts';

const seen = (value: number) => ({ value, observed: true });
const cut = (value: number) => ({ value, observed: false });

test('the medians of the leukaemia trial of 1963 are the published ones', () => {
  const { inputs, expected } = oracle<
    Record<string, number[]>,
    { treat: { median: number }; ctrl: { median: number } }
  >('km-freireich');
  const arm = (name: string) =>
    inputs[`${name}_time`]!.map((value, index) => ({
      value,
      observed: inputs[`${name}_event`]![index] === 1,
    }));
  expect(censoredQuantile(arm('treat'), 0.5)).toBe(expected.treat.median);
  expect(censoredQuantile(arm('ctrl'), 0.5)).toBe(expected.ctrl.median);
});

test('p95 is never where more than one run in twenty is never blocked', () => {
  const runs = [...Array.from({ length: 18 }, (_, index) => seen(index + 1)), cut(40), cut(40)];
  expect(censoredQuantile(runs, 0.95)).toBe(Infinity);
  expect(censoredQuantile(runs, 0.5)).toBe(10.5);
});

test('where exactly half of the runs end and the rest are cut off, the median is never', () => {
  expect(censoredQuantile([seen(1), cut(9)], 0.5)).toBe(Infinity);
});

test('censoring never makes a quantile earlier than taking the cut runs as ended', () => {
  const run = fc.record({ value: fc.nat({ max: 9 }), observed: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(run, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(0.25, 0.5, 0.95),
      (runs, p) => {
        // The order statistic below: type 7 itself goes between two of them, a step curve does not.
        const sorted = runs.map((each) => each.value).sort((one, two) => one - two);
        expect(censoredQuantile(runs, p)).toBeGreaterThanOrEqual(
          sorted[Math.max(0, Math.floor((sorted.length - 1) * p))]!,
        );
      },
    ),
  );
});

test('without a cut run it is the ordinary quantile, and an empty sample is refused', () => {
  expect(censoredQuantile([seen(4), seen(1), seen(9)], 0.95)).toBe(quantile([1, 4, 9], 0.95));
  expect(() => censoredQuantile([], 0.5)).toThrow(/empty sample/);
  expect(() => censoredQuantile([seen(4), cut(9)], 1.5)).toThrow(/p is 1.5/);
});

test('one that never ends goes on for as long as any, however short a time it was watched', () => {
  const runs = [cut(1), cut(2), seen(3), seen(9)];
  expect(censoredQuantile(runs, 0.5)).toBe(6);
  expect(orNever(runs)).toEqual([cut(9), cut(9), seen(3), seen(9)]);
  expect(censoredQuantile(orNever(runs), 0.25)).toBe(6);
  expect(censoredQuantile(orNever(runs), 0.5)).toBe(Infinity);
  expect(orNever([])).toEqual([]);
});
