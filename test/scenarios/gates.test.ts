// A scenario that `.ci/run` holds to its gates has some that count.

import { expect, test } from 'vitest';
import { scripts } from '../run/small.ts';

test.each([...scripts])('%s has a gate that does more than warn', (_, { plan }) => {
  expect((plan.gates ?? []).filter(({ severity }) => severity === 'fail')).not.toEqual([]);
});
