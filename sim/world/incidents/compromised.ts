// A stolen account finds a second voice: a thief who has guessed its password and works through the
// platform's own front door, or a hole in a web site through which others send with the site's account.

import { hours, later, minutes } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { tenantName } from '../senders/cast.ts';
import type { Spells } from '../senders/habits/attack.ts';
import type { World } from '../world.ts';
import { attack, makeAttacker, personNotices, spareAccounts } from './attacker.ts';
import { accountOf, accuse } from './culprits.ts';

/**
 * A thief keeps a day: he works for 14 hours of each 24, from the break-in on, and sleeps for ten. That
 * people who hijack accounts by hand keep working hours is what Bursztein et al. 2014 saw; the hours are
 * assumed.
 */
const thiefsDay: Spells = { work: hours(14), rest: hours(10), drawn: false };

/**
 * Whoever found the hole fires it in bursts: ten minutes at three times the rate, then twenty of rest, both
 * drawn anew each time. Assumptions; the rate over a day is the plan's.
 */
const bursts: Spells = { work: minutes(10), rest: minutes(20), drawn: true };
const burstRate = 3;

export const compromise = (
  world: World, incident: Extract<IncidentPlan, { kind: 'compromised' }>, index: number,
): void => {
  const account = accountOf(world, incident.who, index);
  const start = world.agenda.now;
  const culprit = accuse(world, account, 'compromised', start);
  const isThief = incident.how === 'weak-password';
  const attacker = makeAttacker(
    world,
    incident,
    index,
    {
      cause: 'compromised',
      noticesAfter: personNotices,
      logsIn: isThief,
      signsUp: false,
      source: isThief ? 'stranger' : 'tenant',
    },
    spareAccounts(world, incident, index, [account]),
  );
  const end = later(start, incident.length);
  const { rate, ramp, list } = incident;
  const habit = isThief
    ? { start, end, perHour: rate, ramp, spells: thiefsDay }
    : { start, end, perHour: rate * burstRate, spells: bursts };
  attack(world, attacker, habit, { account, culprit, truth: 'abusive', list });
  const name = tenantName(account.tenant);
  tell(world, 'tenant', name, `${name} is taken over (${incident.how.replace('-', ' ')})`);
};
