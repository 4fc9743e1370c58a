// A script's slip of arithmetic, as its author is told of it.

import { expect, test } from 'vitest';
import { office, scenario } from '../../sim/plan/script.ts';
import { readPlan } from '../../sim/plan/read.ts';

test('a number that is none is told as what the script has, not as null', () => {
  const { plan } = scenario({
    title: 'A title', question: 'A question?', length: '3d',
    build(w) {
      const shared = w.pool('shared', ['192.0.2.10']);
      w.tenants(2, office({ pool: shared, perDay: Number.NaN }));
      w.tenants(Number.POSITIVE_INFINITY, office({ pool: shared, perDay: 20 }));
      w.receiver('gmail', { share: '100%' });
    },
  });
  expect(() => readPlan(plan, 'x.ts')).toThrow(/perDay .*is NaN; it is a number above 0/);
  expect(() => readPlan(plan, 'x.ts')).toThrow(/count .*is Infinity; it is a whole number/);
});
