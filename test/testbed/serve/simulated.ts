// A simulated run, and all that its policy heard, to be told to a served one.

import {
  type Milliseconds, type Module, pass, type Policy, policy, type Signal,
} from '../../../policy/index.ts';
import type { Plan } from '../../../sim/index.ts';
import { readPlan } from '../../../sim/plan/read.ts';
import { runSeed } from '../../../sim/run.ts';

/** Six offices, one of them with a stolen password, and a careless one; bounces and complaints come back. */
const planOf = (length: string, rate: string, more: readonly object[] = []): Plan => readPlan(
  {
    title: 'served', question: 'Is a served policy the same?', length,
    pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
    registers: [{ name: 'watch', preset: 'psbl', coverage: '100%', rule: { trapThreshold: 1 } }],
    receivers: [
      { name: 'plain', preset: 'small-postfix', share: '60%', consults: ['watch'] },
      { name: 'yahoo', preset: 'yahoo', share: '40%', consults: [] },
    ],
    tenants: [{ name: 'offices', count: 6, pool: 'shared', stream: { kind: 'office', perDay: 20 } }],
    incidents: [{
      kind: 'compromised', at: '1d8h', who: { group: 'offices', member: 1 }, how: 'weak-password',
      rate, ramp: '10m', length: '2h', list: { kind: 'harvested', pristine: '2%' },
    }, ...more],
    desk: { poll: '1h' },
  },
  'served',
);

const plan = planOf('36h', '300/h');
/** And a careless list, so long that there are complaints. */
export const grave = planOf('4d', '300/h', [{
  kind: 'careless', at: '8h', who: { group: 'offices', member: 2 }, size: 4_000, pace: '400/h',
}]);

export interface Heard {
  readonly at: Milliseconds;
  readonly signal: Signal;
}

/** All that a policy heard in a simulated run, in order: verdicts on submissions and whatever it learned. */
export const heardIn = (judged: Policy, of = plan, seed = '1'): readonly Heard[] => {
  const heard: Heard[] = [];
  const recorder: Module<object> = {
    name: 'recorder', key: 'platform', fresh: () => ({}), decide: () => pass,
    // The words of a reply are only put together when they are read, and would not be cloned.
    learn: (_, signal, at) => void heard.push({
      at, signal: 'reply' in signal ? { ...signal, reply: { ...signal.reply, text: signal.reply.text } }
        : structuredClone(signal),
    }),
  };
  runSeed({ plan: of, policy: policy('recorded', [...judged.modules, recorder]), seed, traces: new Map() });
  return heard;
};

export const login = (tenant: number, account: number): string => `a${account}@t${tenant}.test`;
