// What incidents that make a culprit have in common: their names, whom they befall, the accusation, and the
// voice they give an account.

import type { Milliseconds } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { luckNumber } from '../luck-number.ts';
import { emptyRecord } from '../measures/abuse-record.ts';
import { purpose } from '../purposes.ts';
import type { Ageing, Whereabouts } from '../senders/addresses.ts';
import { scheduleNext } from '../senders/arrivals.ts';
import {
  type Account, type Actor, type Cause, type Culprit, type Habit, makeActor, type Tenant, type Truth,
} from '../senders/cast.ts';
import type { ListGiven } from '../senders/list-quality.ts';
import type { World } from '../world.ts';

type Who = { readonly group: string; readonly member: number | 'any' };
/** Incidents that make a culprit. */
export type CulpritPlan = Extract<IncidentPlan, { readonly who: unknown }>;

/**
 * What an incident's luck goes by: its kind, its time and whom it befalls, so that other incidents of a plan
 * leave it as it is; and its number among those that agree in all of these.
 */
export const incidentName = (world: World, index: number): string => {
  const { incidents } = world.plan;
  const nameOf = (incident: IncidentPlan): string =>
    [incident.kind, incident.at, ...('who' in incident ? [incident.who.group, incident.who.member] : [])]
      .join(' ');
  const name = nameOf(incidents[index]!);
  let same = 0;
  for (let before = 0; before < index; before += 1) if (nameOf(incidents[before]!) === name) same += 1;
  return `${name} ${same}`;
};

/** The account an incident befalls: the plan's choice, or anyone of the group by the luck of the seed. */
export const accountOf = (world: World, who: Who, index: number): Account => {
  const name = incidentName(world, index);
  const tenant = who.member === 'any'
    ? choose(world, who.group, name, 1)[0]!
    : world.tenants.find((one) => one.group === who.group && one.member === who.member)!;
  const drawn = world.luck.draw(luckNumber(name), tenant.member, purpose.member, 1);
  return tenant.accounts[Math.floor(drawn * tenant.accounts.length)]!;
};

/**
 * So many tenants of a group, by the luck of the seed: each has a lot, and the lowest are taken. Trouble
 * comes once to a tenant: one who is a culprit already, or whom an incident names as its own, is taken only
 * where nobody else is left.
 */
export const choose = (world: World, group: string, name: string, many: number): readonly Tenant[] => {
  const luck = luckNumber(name);
  const named = namedIn(world, group);
  const lots: { readonly tenant: Tenant; readonly lot: number }[] = [];
  for (const tenant of world.tenants) {
    if (tenant.group !== group) continue;
    const lot = world.luck.draw(luck, tenant.member, purpose.member);
    const isTaken = tenant.culprit !== null || named.has(tenant.member);
    lots.push({ tenant, lot: isTaken ? lot + 1 : lot });
  }
  lots.sort((one, two) => one.lot - two.lot || one.tenant.member - two.tenant.member);
  return lots.slice(0, many).map(({ tenant }) => tenant);
};

/** Members of a group that an incident of the plan befalls by number. */
const namedIn = ({ plan }: World, group: string): ReadonlySet<number> =>
  new Set(
    plan.incidents.flatMap((incident) =>
      'who' in incident && incident.who.group === group && incident.who.member !== 'any' ?
        [incident.who.member]
      : [],
    ),
  );

export const accuse = (world: World, account: Account, cause: Cause, onset: Milliseconds): Culprit => {
  const culprit: Culprit = {
    tenant: account.tenant,
    account,
    accounts: [account],
    cause,
    onset,
    removedAt: -1,
    cutOff: false,
    abuse: emptyRecord(),
    detectedAt: -1,
    detectedBy: '',
    over: false,
  };
  account.tenant.culprit = culprit;
  world.notable[account.tenant.id] = 1;
  world.culprits.push(culprit);
  return culprit;
};

/** A voice that an incident gives an account. */
export interface Voice {
  readonly account: Account;
  readonly culprit: Culprit | null;
  readonly truth: Truth;
  readonly habit: Habit;
  readonly list: ListGiven;
  readonly where?: Whereabouts;
  readonly ageing?: Ageing | null;
  /** Fingerprint of its List-Id; 0 for none. */
  readonly listId?: number;
  readonly source?: number;
  readonly nullSender?: boolean;
}

/** Tools of attackers give up at a deferral; a customer's own programs try again, whatever they send. */
const isAttack = (cause: Cause): boolean => cause !== 'careless' && cause !== 'backscatter';

/** Lets an account speak with another voice too; `serial` tells apart the voices of one incident. */
export const speak = (world: World, index: number, serial: number, voice: Voice): Actor => {
  const { account, culprit, truth, habit, list, where = -1, ageing = null, listId = 0, source } = voice;
  const name = ['incident', incidentName(world, index), String(serial)] as const;
  const kind = truth === 'feigned' ? 'sound' : 'mixed';
  const space = world.addresses.open(kind, list, where, luckNumber(...name, 'list'), ageing);
  const actor = makeActor({
    id: luckNumber(...name),
    account,
    habit,
    truth,
    stream: world.streams.open(...name),
    space,
    slips: space,
    list: listId,
    patience: culprit !== null && isAttack(culprit.cause) ? 0 : 16,
    culprit,
    source: source ?? account.tenant.id,
    nullSender: voice.nullSender ?? false,
  });
  world.actors.push(actor);
  scheduleNext(world, actor, { kind: 'submission', actor });
  return actor;
};
