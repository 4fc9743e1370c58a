// A tenant mails a list it should not have: once, or again and again.

import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import { makeCampaign } from '../senders/habits/campaign.ts';
import { leavingWeekly } from '../senders/list-quality.ts';
import { gapAt } from '../senders/rhythm.ts';
import type { World } from '../world.ts';
import { accountOf, accuse, speak } from './culprits.ts';

const weekMs = 604_800_000;

export const mailCarelessly = (
  world: World, incident: Extract<IncidentPlan, { kind: 'careless' }>, index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const start = world.agenda.now;
  const { list, provider, size, pace, duplicates, rounds, every, bounces } = incident;
  const leaving = leavingWeekly(list) / weekMs;
  speak(world, index, 0, {
    account,
    culprit: accuse(world, account, 'careless', start),
    truth: 'unwanted',
    list,
    where: world.receivers.find((receiver) => receiver.name === provider)?.id ?? -1,
    // Nobody subscribes to such a list.
    ageing: leaving > 0 ? { since: start, size, leaving, joining: 0 } : null,
    listId: 1_000_000 + index,
    habit: makeCampaign({
      first: start, every, rounds, size, duplicates, cleans: bounces === 'removed', gap: gapAt(pace),
      asked: list.kind === 'opt-in' || list.kind === 'typed-in',
    }),
  });
  const name = tenantName(account.tenant);
  const where = provider === undefined ? '' : `, all at ${provider}`;
  const again = rounds === 1 ? '' : `, ${rounds} times`;
  tell(world, 'tenant', name, `${name} mails a ${list.kind} list of ${size}${where}${again}`);
};
