// What incidents that make a culprit have in common: whom they befall, the accusation, and the voice they
// give an account.

import type { Milliseconds, ReceiverId } from '../../../policy/index.ts';
import type { ListPlan } from '../../plan/schema.ts';
import { purpose } from '../purposes.ts';
import { apart } from '../senders/addresses.ts';
import { scheduleNext } from '../senders/arrivals.ts';
import {
  type Account, type Cause, type Culprit, type Habit, makeActor, type Tenant, type Truth,
} from '../senders/cast.ts';
import type { World } from '../world.ts';

/** The account an incident befalls: the plan's choice, or anyone of the group by the luck of the seed. */
export const accountOf = (
  world: World, who: { group: string; member: number | 'any' }, index: number,
): Account => {
  const group = world.tenants.filter((tenant) => tenant.group === who.group);
  // Trouble comes once to a tenant: another's place is taken by somebody else of the group, while there is
  // one.
  const free = group.filter((tenant) => tenant.culprit === null);
  const among = free.length === 0 ? group : free;
  const drawn = among[Math.floor(world.luck.draw(index, 0, purpose.member) * among.length)];
  const tenant = (who.member === 'any' ? drawn : group[who.member]) as Tenant;
  return tenant.accounts[Math.floor(world.luck.draw(index, 1, purpose.member) * tenant.accounts.length)]!;
};

export const accuse = (world: World, account: Account, cause: Cause, onset: Milliseconds): Culprit => {
  const culprit: Culprit = {
    tenant: account.tenant,
    account,
    accounts: [account],
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
export const voice = (
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
