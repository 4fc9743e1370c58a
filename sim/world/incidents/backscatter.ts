// A tenant's autoresponder answers forged mail: its answers, which have no sender themselves, reach people,
// and traps, that never wrote.

import { later } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import { makeAttack } from '../senders/habits/attack.ts';
import type { World } from '../world.ts';
import { accountOf, accuse, speak } from './culprits.ts';

export const answerForged = (
  world: World, incident: Extract<IncidentPlan, { kind: 'backscatter' }>, index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const start = world.agenda.now;
  speak(world, index, 0, {
    account,
    culprit: accuse(world, account, 'backscatter', start),
    truth: 'unwanted',
    list: { kind: 'forged', backscatter: incident.traps },
    nullSender: true,
    habit: makeAttack({ start, end: later(start, incident.length), perHour: incident.rate }),
  });
  const name = tenantName(account.tenant);
  tell(world, 'tenant', name, `${name} has an autoresponder that answers forged mail`);
};
