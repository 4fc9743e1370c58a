// Holm's step-down correction (1979): the chance of even one false alarm among all the gates stays within the
// level, however they depend on one another.

import { adjusted } from './adjusted.ts';

/** Adjusted p values in the order given; none for none. Throws a RangeError for a p that is not 0 to 1. */
export const holm = (ps: readonly number[]): readonly number[] =>
  adjusted('holm', ps, 'up', (place, count) => count - place + 1);
