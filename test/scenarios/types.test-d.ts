// What must not compile in a scenario, and that the published schema of a result has not drifted from its
// type. The compiler is the judge: `tsc` fails where an expected error is missing.

import type * as z from 'zod';
import type { resultSchema } from '../../sim/result-schema.ts';
import type { RunResult } from '../../sim/result.ts';
import { compromised, metric, office, scenario } from 'sharedfate';

export const right = scenario({
  title: 'One weak password among 120 offices',
  question: 'How long does one stolen password hurt everyone behind the address?',
  length: '3d', warmup: '1d', seeds: 50,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.10']);
    const offices = w.tenants(120, office({ pool: shared, perDay: 40 }));
    const west = w.register('spamcop-scbl');
    w.receiver('gmail', { share: '55%' });
    w.receiver('cpanel-spamcop', { share: '45%', consults: [west] });
    w.at('1d20h', compromised(w.pick(offices), { how: 'weak-password', rate: '4000/h', ramp: '15m' }));

    // @ts-expect-error -- a time has no words
    w.at('4 hours', compromised(w.pick(offices), { how: 'weak-password', rate: '4000/h' }));
    // @ts-expect-error -- a rate says per what
    compromised(w.pick(offices), { how: 'weak-password', rate: '4000' });
    // @ts-expect-error -- a rate is written short
    compromised(w.pick(offices), { how: 'weak-password', rate: '4000/hour' });
    // @ts-expect-error -- a way in that is not modelled
    compromised(w.pick(offices), { how: 'phishing', rate: '4000/h' });
    // @ts-expect-error -- a group is not a tenant
    compromised(offices, { how: 'weak-password', rate: '4000/h' });
    // @ts-expect-error -- a share has its sign
    w.receiver('gmail', { share: 55 });
    // @ts-expect-error -- a register is referred to by what w.register gave
    w.receiver('gmail', { share: '55%', consults: ['psbl'] });
    // @ts-expect-error -- a field that does not exist
    office({ pool: shared, perday: 40 });
    // @ts-expect-error -- tenants have a pool
    office({ perDay: 40 });
    // @ts-expect-error -- a pool is referred to by what w.pool gave
    office({ pool: 'shared', perDay: 40 });
  },
  gates: [metric('time_to_block').p95.atMost('4h'), metric('fp.tenants').rate.atMost('0%')],
});

export const wrong = [
  // @ts-expect-error -- a misspelt metric
  metric('time_to_blok'),
  // @ts-expect-error -- a share is not a time
  metric('fp.tenants').mean.atMost('4h'),
  // @ts-expect-error -- a time is not a share
  metric('time_to_block').p95.atMost('4%'),
  // @ts-expect-error -- a count is a number
  metric('escaped').p95.atMost('4'),
  // @ts-expect-error -- a time has no rate
  metric('time_to_block').rate,
];

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;
type Read = z.output<typeof resultSchema>;

// Both ways round: a field added, dropped or changed on one side only does not compile. The plan is passed
// through.
export const drift = [
  (result: Read): Omit<RunResult, 'plan'> => result,
  (result: Omit<RunResult, 'plan'>): Frozen<Omit<Read, 'plan'>> => result,
];
