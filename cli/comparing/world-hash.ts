// Which figures may be held against one another: those of plans that simulate the same world. What a plan
// says of gates, of its title and of how many seeds it would like changes no figure.

import { canonicalJson, fnv1a128 } from '../../sim/plan/hash.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { Plan } from '../../sim/plan/schema.ts';
import type { RunResult } from '../../sim/result.ts';

export const worldHash = ({ gates, seeds, title, question, ...world }: Plan): string => {
  void [gates, seeds, title, question];
  return fnv1a128(canonicalJson(world));
};

/** Of a result; of a plan that this version no longer reads, the hash of the whole plan, marked as such. */
export const worldHashOf = ({ plan, planHash, scenario }: RunResult): string => {
  try {
    return worldHash(readPlan(plan, scenario));
  } catch {
    return `plan ${planHash}`;
  }
};
