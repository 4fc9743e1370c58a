// A PC in an office has caught malware that sends through the accounts whose passwords it found there. Its
// mail comes from the office's own address, among that of the people who work there.

import { hours, later } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import type { Spells } from '../senders/habits/attack.ts';
import type { World } from '../world.ts';
import { attack, makeAttacker, malwareNotices } from './attacker.ts';
import { accountOf, accuse } from './culprits.ts';

/** The PC is on for a working day from the infection on, and off at night; an assumption. */
const pcIsOn: Spells = { work: hours(9), rest: hours(15), drawn: false };

export const infect = (
  world: World, incident: Extract<IncidentPlan, { kind: 'infected' }>, index: number,
): void => {
  const first = accountOf(world, incident.who, index);
  const { tenant } = first;
  const found = [first, ...tenant.accounts.filter((account) => account !== first)]
    .slice(0, incident.accounts);
  const start = world.agenda.now;
  const culprit = accuse(world, first, 'infected', start);
  // Malware that moves on uses one password after the other; any other, all at once.
  const atOnce = incident.whenBlocked === 'move' ? [first] : found;
  culprit.accounts.push(...atOnce.slice(1));
  const attacker = makeAttacker(
    world,
    incident,
    index,
    { cause: 'infected', noticesAfter: malwareNotices, logsIn: false, signsUp: false, source: 'tenant' },
    found.slice(atOnce.length),
  );
  const end = later(start, incident.length);
  for (const account of atOnce) {
    const habit = { start, end, perHour: incident.rate / atOnce.length, spells: pcIsOn };
    attack(world, attacker, habit, { account, culprit, truth: 'abusive', list: incident.list });
  }
  const name = tenantName(tenant);
  tell(world, 'tenant', name, `${name} has a PC infected that knows ${found.length} of its passwords`);
};
