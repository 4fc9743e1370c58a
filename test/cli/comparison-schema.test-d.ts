// That the published schema of a comparison has not drifted from its type. The compiler is the judge.

import type * as z from 'zod';
import type { comparisonSchema } from '../../cli/comparing/comparison-schema.ts';
import type { Comparison } from '../../reports/comparison/comparison.ts';

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;
type Read = z.output<typeof comparisonSchema>;

// Both ways round: a field added, dropped or changed on one side only does not compile.
export const drift = [
  (comparison: Read): Comparison => comparison,
  (comparison: Comparison): Frozen<Read> => comparison,
];
