// Bonferroni's correction (Dunn 1961): each p value times their number. Holm's is never larger and promises
// the same; this one is for reading other people's figures.

import { adjusted } from './adjusted.ts';

/** Adjusted p values in the order given; none for none. Throws a RangeError for a p that is not 0 to 1. */
export const bonferroni = (ps: readonly number[]): readonly number[] =>
  adjusted('bonferroni', ps, 'up', (_, count) => count);
