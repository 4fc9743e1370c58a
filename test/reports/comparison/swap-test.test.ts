// The chance of a change if it did not matter which side is which.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { swapMean } from '../../../reports/comparison/swap-test.ts';
import { drawsOf } from '../../../reports/statistics/draws.ts';

const both = (differences: readonly number[]) => swapMean(differences, { seed: 'test', tail: 'both' });
const above = (differences: readonly number[]) => swapMean(differences, { seed: 'test', tail: 'above' });

test('no difference at all leaves everything to chance', () => {
  expect(both([0, 0, 0])).toBe(1);
});

test('five that all went one way are not yet a finding, six are', () => {
  expect(both([3, 3, 3, 3, 3])).toBe(2 / 32);
  expect(both([1, 2, 3, 4, 5, 6])).toBe(2 / 64);
  expect(above([1, 2, 3, 4, 5, 6])).toBe(1 / 64);
});

test('seeds that do not differ change nothing', () => {
  expect(both([5, 0, -2, 0, 7, 7, 0])).toBe(both([5, -2, 7, 7]));
});

test('neither the order of the seeds nor the unit of the metric changes the chance', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 10 }),
    (values) => {
    expect(both(values.toReversed())).toBe(both(values));
    expect(both(values.map((value) => value * 1e-3))).toBe(both(values));
    expect(both(values.map((value) => -value))).toBe(both(values));
  }));
});

test('drawn ways agree with all ways counted (oracle: counting, by hand)', () => {
  const values = [5, -3, 2, 2, 7, -1, 4, 4, -6, 3, 1, 2, -2, 5, 3];
  const sum = Math.abs(values.reduce((total, value) => total + value, 0));
  let reached = 0;
  for (let way = 0; way < 1 << values.length; way += 1) {
    const other = values.reduce((total, value, bit) => total + (way & (1 << bit) ? value : -value), 0);
    if (Math.abs(other) >= sum) reached += 1;
  }
  expect(both(values)).toBeCloseTo(reached / (1 << values.length), 1);
});

test('a change in forty seeds one way is told to be rarer than any draw could show', () => {
  const chance = both(Array.from({ length: 40 }, () => 2));
  expect(chance).toBeLessThan(1e-8);
  // And no smaller than it is: two of all the ways.
  expect(chance).toBeGreaterThanOrEqual(2 / 2 ** 40);
});

test('of a thousand comparisons of luck with luck about one in twenty comes out below 0.05', () => {
  const draw = drawsOf('luck');
  const places = new Uint32Array(24);
  let alarms = 0;
  for (let round = 0; round < 1_000; round += 1) {
    draw(places, 1_000);
    // Lopsided on each side, as counts of mail are; the difference of two alike is not.
    const value = (place: number): number => Math.floor(1e6 / (1 + places[place]!));
    const differences = Array.from({ length: 12 }, (_, pair) => value(2 * pair) - value(2 * pair + 1));
    if (both(differences) <= 0.05) alarms += 1;
  }
  expect(alarms / 1_000).toBeGreaterThan(0.03);
  expect(alarms / 1_000).toBeLessThanOrEqual(0.065);
});
