// Numbers that luck goes by. They hang on names, not on order, so that one tenant, group or register more in
// a plan does not move the luck of the others.

import { fnv1a128 } from '../plan/hash.ts';

/**
 * A number of 32 bits for a name. Members of a group take this and the numbers that follow; that two groups
 * of 10,000 should overlap has a chance of 1 in 200,000, and would only make some of their members alike in
 * luck.
 */
export const luckNumber = (...name: readonly string[]): number => {
  const hash = fnv1a128(name.join('\n'));
  let number = 0;
  // All of its 128 bits: the end of a name moves the lower ones alone.
  for (let at = 0; at < hash.length; at += 8) {
    number = mixed(number ^ Number.parseInt(hash.slice(at, at + 8), 16));
  }
  return number >>> 0;
};

/** The steps and multipliers of sim/fingerprint.ts. */
const mixed = (word: number): number => {
  let bits = Math.imul(word ^ (word >>> 16), 0x21f0_aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a_2d97);
  return bits ^ (bits >>> 15);
};
