// About how many seeds would settle what is inconclusive.

import { expect, test } from 'vitest';
import { settlingGate, settlingRow } from '../../../reports/comparison/settled.ts';

const change = (estimate: number, half: number) => ({
  horizon: null, baseline: 0, candidate: estimate, change: estimate,
  interval: [estimate - half, estimate + half] as const, p: 0.2, beyond: () => 0.5, within: () => 0.5,
  mostWorse: 0,
});
const row = { pairs: 20, differing: 20, margin: 1, factor: 1 };

test('an interval twice too wide takes four times the seeds', () => {
  expect(settlingRow(change(10, 20), row)).toBe(80);
});

test('a change near nothing is settled as the same when the interval fits the margin', () => {
  expect(settlingRow(change(0, 2), row)).toBe(80);
  expect(settlingRow(change(0.5, 2), row)).toBe(320);
});

test('what happens in one seed of twenty takes six such seeds', () => {
  expect(settlingRow(change(10, 10), { ...row, differing: 1 })).toBe(120);
});

test('more rows ask for more seeds', () => {
  expect(settlingRow(change(10, 20), { ...row, factor: 40 })!).toBeGreaterThan(80);
});

test('a gate is settled when the interval clears its margin on either side', () => {
  expect(settlingGate(change(5, 10), { pairs: 20, off: -5, factor: 1 })).toBe(80);
  expect(settlingGate(change(5, 10), { pairs: 20, off: 5, factor: 1 })).toBe(80);
});

test('a gate whose change is its margin exactly is settled by no number of seeds', () => {
  expect(settlingGate(change(5, 10), { pairs: 20, off: 0, factor: 1 })).toBeNull();
});

test('numbers are of two figures, rounded up, and never below what there were', () => {
  expect(settlingRow(change(10, 35.1), row)).toBe(250);
  expect(settlingRow(change(10, 9), row)).toBe(21);
});
