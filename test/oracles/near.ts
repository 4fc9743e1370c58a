// How the statistics are held to published figures: within the tolerance of the entry, place by place.

import { expect } from 'vitest';

/** Lists of figures are alike in length and, place by place, within `tolerance`. */
export const near = (seen: readonly number[], published: readonly number[], tolerance: number): void => {
  expect(seen).toHaveLength(published.length);
  expect(Number.isFinite(tolerance), 'a tolerance that is a number').toBe(true);
  seen.forEach((figure, place) => {
    const wanted = published[place]!;
    const message = `figure ${place}: ${figure} against ${wanted}`;
    expect(Math.abs(figure - wanted) <= tolerance, message).toBe(true);
  });
};
