// What must not compile in a gate. The compiler is the judge: `tsc` fails where an expected error is missing.

import { metric } from 'sharedfate';

const waiver = { until: '2027-01-31', because: 'the second shift starts in February' } as const;

export const right = [
  metric('time_to_block').p95.notWorseBy('15m'),
  metric('fp.tenants').rate.notWorseBy('0.1%', 'warn'),
  metric('escaped').mean.notWorseBy(50).waive(waiver).optional(),
];

export const wrong = [
  // @ts-expect-error -- a misspelt metric
  metric('time_to_blok').p95.notWorseBy('15m'),
  // @ts-expect-error -- a time is not a share
  metric('time_to_block').p95.notWorseBy('1%'),
  // @ts-expect-error -- the worst of some seeds says nothing of the worst of others
  metric('escaped').worst.notWorseBy(5),
  // @ts-expect-error -- a waiver has a reason
  metric('escaped').mean.atMost(5).waive({ until: '2027-01-31' }),
  // @ts-expect-error -- a waiver has a day
  metric('escaped').mean.atMost(5).waive({ until: 'next year', because: 'x' }),
];
