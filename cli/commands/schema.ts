// `sharedfate schema`: the JSON Schema of a plan, a result or a comparison, for editors, generators and
// other languages.

import { nearest } from '../../sim/plan/nearest.ts';
import { planJsonSchema } from '../../sim/plan/json-schema.ts';
import { offer, shownValue } from '../../sim/plan/problems.ts';
import { resultJsonSchema } from '../../sim/result-schema.ts';
import { comparisonJsonSchema } from '../comparing/comparison-schema.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';

const schemas = { plan: planJsonSchema, result: resultJsonSchema, comparison: comparisonJsonSchema };

export const schema = (of: string, console: Console): number => {
  if (of !== 'plan' && of !== 'result' && of !== 'comparison') {
    const known = Object.keys(schemas);
    throw new UserMistake(
      `schema ${shownValue(of)} is not known. ${offer(nearest(of, known), known, 'schema')}`,
    );
  }
  console.print(`${JSON.stringify(schemas[of](), null, 2)}\n`);
  return exitCodes.passed;
};
