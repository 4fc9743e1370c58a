// A stolen account finds a second voice.

import { later } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { accountOf, accuse, voice } from './culprits.ts';

export const compromise = (
  world: World,
  incident: Extract<IncidentPlan, { kind: 'compromised' }>,
  index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const start = world.agenda.now;
  const culprit = accuse(world, account, 'compromised', start);
  voice(world, account, culprit, 'abusive', incident.list, -1, 0, index, {
    kind: 'burst',
    start,
    end: later(start, incident.length),
    perHour: incident.rate,
    ramp: incident.ramp,
    used: 0,
  });
  tell(
    world,
    'tenant',
    tenantName(account.tenant),
    `${tenantName(account.tenant)} is taken over (${incident.how.replace('-', ' ')})`,
  );
};
