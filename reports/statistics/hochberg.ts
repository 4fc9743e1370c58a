// Hochberg's step-up correction (1988): sharper than Holm's, but only for p values that are independent or
// rise together, which the measures of one simulation need not be. For comparison; gates use Holm's.

import { adjusted } from './adjusted.ts';

/** Adjusted p values in the order given; none for none. Throws a RangeError for a p that is not 0 to 1. */
export const hochberg = (ps: readonly number[]): readonly number[] =>
  adjusted('hochberg', ps, 'down', (place, count) => count - place + 1);
