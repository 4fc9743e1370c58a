// The bootstrap's chance: fair, and the same for ever.

import { expect, test } from 'vitest';
import { drawsOf } from '../../../reports/statistics/draws.ts';

test('are what they were: recorded figures, the same on every machine', () => {
  const places = new Uint32Array(6);
  drawsOf('oracle')(places, 1_000_000);
  expect([...places]).toEqual([197_170, 328_719, 641_637, 198_662, 456_567, 525_307]);
});

test('fall on all places alike', () => {
  const places = new Uint32Array(60_000);
  drawsOf('alike')(places, 6);
  const counts = [0, 0, 0, 0, 0, 0];
  for (const place of places) counts[place]! += 1;
  // Chi-squared on 5 degrees of freedom passes 20.5 once in a thousand.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(20.5);
});
