// A spammer signs up, behaves for a while, and blasts.

import { later, zero } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { accountOf, accuse, voice } from './culprits.ts';

export const signUpSpammer = (
  world: World,
  incident: Extract<IncidentPlan, { kind: 'spammer' }>,
  index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const signUp = world.agenda.now;
  account.tenant.since = signUp;
  const blast = later(signUp, incident.warmup);
  const culprit = accuse(world, account, 'spammer', blast);
  voice(world, account, null, 'feigned', { kind: 'opt-in' }, -1, 0, index, {
    kind: 'burst',
    start: signUp,
    end: blast,
    perHour: incident.warmupRate,
    ramp: zero,
    used: 0,
  });
  voice(world, account, culprit, 'abusive', incident.list, -1, 0, index, {
    kind: 'burst',
    start: blast,
    end: later(blast, incident.length),
    perHour: incident.rate,
    ramp: zero,
    used: 0,
  });
  tell(world, 'tenant', tenantName(account.tenant), `${tenantName(account.tenant)} signs up and warms up`);
};
