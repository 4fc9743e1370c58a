// Benjamini and Hochberg's correction (1995): of the differences called real, the expected share of false
// ones stays within the level. For searching many measures, not for gates.

import { adjusted } from './adjusted.ts';

/** Adjusted p values in the order given; none for none. Throws a RangeError for a p that is not 0 to 1. */
export const benjaminiHochberg = (ps: readonly number[]): readonly number[] =>
  adjusted('benjaminiHochberg', ps, 'down', (place, count) => count / place);
