// Numbers that luck goes by. They hang on names, not on order, so that one tenant, group or register more in
// a plan does not move the luck of the others.

import { fnv1a128 } from '../plan/hash.ts';

/**
 * A number of 32 bits for a name. Members of a group take this and the numbers that follow; that two groups
 * of 10,000 should overlap has a chance of 1 in 200,000, and would only make some of their members alike in
 * luck.
 */
export const luckNumber = (...name: readonly string[]): number =>
  Number.parseInt(fnv1a128(name.join('\n')).slice(0, 8), 16);
