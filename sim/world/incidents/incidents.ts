// What goes wrong, at its time: a stolen account finds a second voice, a tenant mails the wrong list, a
// spammer signs up, a register changes its rule overnight.

import { later, type Milliseconds, type ReceiverId, zero } from '../../../policy/index.ts';
import type { IncidentPlan, ListPlan } from '../../plan/schema.ts';
import { apart } from '../senders/addresses.ts';
import { gapAt, scheduleNext } from '../senders/arrivals.ts';
import {
  type Account,
  type Cause,
  type Culprit,
  type Habit,
  makeActor,
  type Tenant,
  tenantName,
  type Truth,
} from '../senders/cast.ts';
import { purpose } from '../purposes.ts';
import { upgrade } from '../registers/register.ts';
import { tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

export const begin = (world: World, index: number): void => {
  const incident = world.plan.incidents[index]!;
  switch (incident.kind) {
    case 'compromised':
      return compromise(world, incident, index);
    case 'careless':
      return mailCarelessly(world, incident, index);
    case 'spammer':
      return signUpSpammer(world, incident, index);
    case 'register-upgrade': {
      const register = world.registers.find((one) => one.name === incident.register)!;
      const { trapThreshold, window, expiry, coverage } = incident.to;
      upgrade(world, register, {
        ...(trapThreshold !== undefined && { threshold: trapThreshold }),
        ...(window !== undefined && { window }),
        ...(expiry !== undefined && { expiry }),
        ...(coverage !== undefined && { coverage }),
      });
      const { rule } = register;
      tell(
        world,
        'register',
        register.name,
        `${register.name} changes its rule: ${rule.threshold} trap hits in ${rule.window / 3_600_000} h`,
      );
      return;
    }
    default:
      return incident satisfies never;
  }
};

const compromise = (
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

const mailCarelessly = (
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

const signUpSpammer = (
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

/** The account an incident befalls: the plan's choice, or anyone of the group by the luck of the seed. */
const accountOf = (world: World, who: { group: string; member: number | 'any' }, index: number): Account => {
  const group = world.tenants.filter((tenant) => tenant.group === who.group);
  // Trouble comes once to a tenant: another's place is taken by somebody else of the group, while there is
  // one.
  const free = group.filter((tenant) => tenant.culprit === null);
  const among = free.length === 0 ? group : free;
  const drawn = among[Math.floor(world.luck.draw(index, 0, purpose.member) * among.length)];
  const tenant = (who.member === 'any' ? drawn : group[who.member]) as Tenant;
  return tenant.accounts[Math.floor(world.luck.draw(index, 1, purpose.member) * tenant.accounts.length)]!;
};

const accuse = (world: World, account: Account, cause: Cause, onset: Milliseconds): Culprit => {
  const culprit: Culprit = {
    tenant: account.tenant,
    account,
    cause,
    onset,
    ended: onset,
    times: [],
    left: [],
    stoppers: [],
    detectedAt: -1,
    detectedBy: '',
    over: false,
  };
  account.tenant.culprit = culprit;
  world.culprits.push(culprit);
  return culprit;
};

/**
 * Gives an account another habit of sending. Its stream is named after incident and truth, its space is its
 * list.
 */
const voice = (
  world: World,
  account: Account,
  culprit: Culprit | null,
  truth: Truth,
  list: ListPlan,
  only: ReceiverId | -1,
  listId: number,
  index: number,
  habit: Habit,
): void => {
  const number = index * 2 + (truth === 'feigned' ? 0 : 1);
  const space = world.addresses.openApart(number * 2, truth === 'feigned' ? 'sound' : 'mixed', list, only);
  const slips = world.addresses.openApart(number * 2 + 1, 'slips', list, only);
  const actor = makeActor({
    id: apart + number,
    account,
    habit,
    truth,
    stream: world.streams.open('incident', index, truth),
    space,
    slips,
    list: listId,
    patience: culprit === null ? 16 : 0,
    culprit,
  });
  world.actors.push(actor);
  scheduleNext(world, actor, { kind: 'submission', actor });
};
