// Sobol's points: evenly spread in every dimension and every pair of the first ones, the same each time.

import { expect, test } from 'vitest';
import { mostDimensions, sobolPoints } from '../../sweep/sobol.ts';

test('each of 64 slices of each dimension holds one of 64 points', () => {
  const points = sobolPoints(64, mostDimensions, 'shift');
  for (let dimension = 0; dimension < mostDimensions; dimension += 1) {
    const slices = points.map((point) => Math.floor(point[dimension]! * 64))
      .toSorted((one, two) => one - two);
    expect(slices, `dimension ${dimension}`).toEqual(Array.from({ length: 64 }, (_, slice) => slice));
  }
});

test('each of 8 × 8 squares of the first two dimensions holds one of 64 points', () => {
  const squares = sobolPoints(64, 2, 'shift').map(([x, y]) => Math.floor(x! * 8) * 8 + Math.floor(y! * 8));
  expect(new Set(squares).size).toBe(64);
});

test('no pair of dimensions is one and the same line of points', () => {
  const points = sobolPoints(128, mostDimensions, 'shift');
  const columns = Array.from({ length: mostDimensions },
    (_, at) => points.map((point) => Math.floor(point[at]! * 128)));
  for (let one = 0; one < mostDimensions; one += 1)
    for (let two = 0; two < one; two += 1)
      expect(new Set(columns[one]!.map((value, index) =>
        value ^ columns[two]![index]!)).size).toBeGreaterThan(4);
});

test('one name has one set of points; more of them begin with the same', () => {
  expect(sobolPoints(5, 3, 'a')).toEqual(sobolPoints(16, 3, 'a').slice(0, 5));
  expect(sobolPoints(5, 3, 'a')).not.toEqual(sobolPoints(5, 3, 'b'));
  expect(sobolPoints(4, 2, 'a').flat().every((place) => place >= 0 && place < 1)).toBe(true);
});

test('more dimensions than there are numbers for are refused', () => {
  expect(() => sobolPoints(4, mostDimensions + 1, 'a')).toThrow(RangeError);
});
