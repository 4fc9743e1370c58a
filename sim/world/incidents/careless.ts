// A tenant mails a list it should not have.

import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { gapAt } from '../senders/arrivals.ts';
import { tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { accountOf, accuse, voice } from './culprits.ts';

export const mailCarelessly = (
  world: World,
  incident: Extract<IncidentPlan, { kind: 'careless' }>,
  index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const start = world.agenda.now;
  const culprit = accuse(world, account, 'careless', start);
  const only = world.receivers.find((receiver) => receiver.name === incident.provider)?.id ?? -1;
  voice(world, account, culprit, 'unwanted', incident.list, only, 1_000_000 + index, index, {
    kind: 'campaign',
    start,
    size: incident.size,
    gap: gapAt(incident.pace),
  });
  const where = incident.provider === undefined ? '' : `, all at ${incident.provider}`;
  tell(
    world,
    'tenant',
    tenantName(account.tenant),
    `${tenantName(account.tenant)} mails a ${incident.list.kind} list of ${incident.size}${where}`,
  );
};
