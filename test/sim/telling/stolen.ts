// A small world for tales: four offices behind one address, the password of one stolen on a Monday evening, a
// strict register that hears of every trap, and a receiver that asks it.

import {
  hardBounceRatio, hours, type Policy, policy, recipientWindow, registerWatch,
} from '../../../policy/index.ts';
import { readPlan } from '../../../sim/plan/read.ts';
import type { Plan } from '../../../sim/plan/schema.ts';
import type { SeedResult } from '../../../sim/result.ts';
import { runSeed } from '../../../sim/run.ts';
import type { Tale } from '../../../sim/telling/tale.ts';
import { Teller } from '../../../sim/telling/teller.ts';

export const culprit = 'offices-2';

export const stolenPlan: Plan = readPlan(
  {
    title: 'Four offices, one stolen password',
    question: 'What became of them?',
    length: '60h',
    pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
    registers: [{ name: 'watch', preset: 'psbl', coverage: '100%', rule: { trapThreshold: 1 } }],
    receivers: [
      { name: 'plain', preset: 'small-postfix', share: '60%', consults: ['watch'] },
      { name: 'yahoo', preset: 'yahoo', share: '40%', consults: [] },
    ],
    tenants: [{ name: 'offices', count: 4, pool: 'shared', stream: { kind: 'office', perDay: 20 } }],
    incidents: [
      {
        kind: 'compromised', at: '17h', who: { group: 'offices', member: 1 }, how: 'weak-password',
        rate: '120/h', ramp: '10m', length: '2h', list: { kind: 'harvested', pristine: '8%' },
      },
    ],
    desk: { poll: '1h' },
  },
  'stolen',
);

/** Stops the thief by his bounces; the window is far too wide for him. */
export const usualRules: Policy = policy('usual', [
  recipientWindow({ name: 'window', limit: 400, window: hours(24) }),
  hardBounceRatio({ ratio: 0.1, minimum: 6, window: hours(24) }),
  registerWatch({ avoidFor: hours(6), alternative: 'alternative', bulkWaits: hours(1) }),
]);

/** Lets everything pass that a thief like this one sends. */
export const looseRules: Policy = policy('loose', [
  recipientWindow({ name: 'window', limit: 400, window: hours(24) }),
  hardBounceRatio({ ratio: 0.9, minimum: 500, window: hours(24) }),
]);

/** Hits honest offices too. */
export const tightRules: Policy = policy('tight', [
  recipientWindow({ name: 'window', limit: 8, window: hours(1) }),
]);

export const tell = (
  tenant: string, rules: Policy = usualRules, plan: Plan = stolenPlan, seed = 'tale-3',
): { readonly tale: Tale; readonly result: SeedResult } => {
  let teller: Teller | undefined;
  const result = runSeed({
    plan, seed, policy: rules, traces: new Map(),
    attend: (world) => (teller = new Teller(world, tenant, rules)),
  });
  return { tale: teller!.tale(), result };
};
