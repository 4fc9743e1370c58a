// Puts the tenants of a plan in place: their accounts, and for each account the actor that writes its mail.

import type { AccountId, TenantId } from '../../../policy/index.ts';
import type { Plan, StreamPlan } from '../../plan/schema.ts';
import type { Trace } from '../../trace.ts';
import { luckNumber } from '../luck-number.ts';
import type { World } from '../world.ts';
import { cumulated, type SpaceId, type Whereabouts } from './addresses.ts';
import { scheduleNext } from './arrivals.ts';
import { type Account, type Habit, makeActor, type Tenant } from './cast.ts';
import { makeCampaign } from './habits/campaign.ts';
import { makeOffice } from './habits/office.ts';
import { makeScript } from './habits/script.ts';
import { makeShop } from './habits/shop.ts';
import { traceMaker } from './habits/trace.ts';
import { leavingWeekly } from './list-quality.ts';
import { gapAt } from './rhythm.ts';

const weekMs = 604_800_000;

export type Traces = ReadonlyMap<string, Trace>;

export const makeTenants = (plan: Plan): { tenants: Tenant[]; accounts: Account[] } => {
  const tenants: Tenant[] = [];
  const accounts: Account[] = [];
  for (const group of plan.tenants) {
    const first = luckNumber('account', group.name);
    for (let member = 0; member < group.count; member += 1) {
      const tenant: Tenant = {
        id: tenants.length as TenantId,
        group: group.name,
        member,
        pool: group.pool,
        allowance: group.allowance ?? 0,
        accounts: [],
        since: -1,
        restsUntil: -1,
        culprit: null,
      };
      tenants.push(tenant);
      for (let one = 0; one < group.accounts; one += 1) {
        const account: Account = {
          id: accounts.length as AccountId,
          luck: (first + member * group.accounts + one) >>> 0,
          tenant,
          shutSince: -1,
          blamedAt: -1,
          looks: 0,
          caseOpen: false,
        };
        accounts.push(account);
        tenant.accounts.push(account);
      }
    }
  }
  return { tenants, accounts };
};

/**
 * Share of mail that cannot wait, by stream: resets and receipts, alarms, a person in a hurry.
 * Assumptions.
 */
const urgentShare = { office: 0.05, shop: 0.4, script: 0.2, newsletter: 0, trace: 0.05 } as const;

/**
 * Holiday notes that answer forged mail, a copy (registers.json, trapTypes, backscatter-trap); assumed
 * there.
 */
const answersToForged = 50e-6;

export const addActors = (
  world: World, group: Plan['tenants'][number], tenants: readonly Tenant[], traces: Traces,
): void => {
  const { name, stream } = group;
  if (stream.kind === 'quiet') return;
  const where = group.mix === undefined ? -1 : mixOf(world, group.mix);
  const books = bookMaker(world, stream, where);
  const urgent = Math.round((group.urgent ?? urgentShare[stream.kind]) * 1e6);
  const slipping = stream.kind === 'office' ? { ...stream.list, backscatter: answersToForged } : stream.list;
  // The senders of a trace write to the same people; any other tenant has recipients of its own.
  const common = stream.kind === 'trace' ? books(luckNumber('book', name)) : null;
  const habit = habitMaker(world, stream, traces);
  for (const tenant of tenants) {
    for (const account of tenant.accounts) {
      const id = (account.luck ^ luckNumber('actor')) >>> 0;
      const space = common ?? books(account.luck ^ luckNumber('book'));
      const slips = stream.kind === 'office' || stream.kind === 'trace'
        ? world.addresses.open('slips', slipping, where, account.luck ^ luckNumber('slips'))
        : space;
      const actor = makeActor({
        id, account, space, slips, urgent,
        habit: habit(tenant, id),
        truth: 'wanted',
        stream: world.streams.open('actor', name, tenant.member, account.id - tenant.accounts[0]!.id),
        list: stream.kind === 'newsletter' ? account.id + 1 : 0,
        patience: 16,
        culprit: null,
      });
      world.actors.push(actor);
      scheduleNext(world, actor, { kind: 'submission', actor });
    }
  }
};

/** Shares of a group's own recipients, by receiver, summed up. */
const mixOf = (world: World, mix: Readonly<Record<string, number>>): readonly number[] =>
  cumulated(world.receivers.map((receiver) => mix[receiver.name] ?? 0));

type Sending = Exclude<StreamPlan, { kind: 'quiet' }>;

/** Opens the recipients of each account, by the number that their luck goes by. */
const bookMaker = (world: World, stream: Sending, where: Whereabouts): ((luck: number) => SpaceId) => {
  switch (stream.kind) {
    case 'office':
    case 'trace':
      return (luck) => world.addresses.open('sound', stream.list, where, luck);
    case 'shop':
    case 'script':
      return (luck) => world.addresses.open('mixed', stream.list, where, luck);
    case 'newsletter': {
      // Who leaves is made up for by who subscribes, so that the list keeps its size.
      const leaving = leavingWeekly(stream.list) / weekMs;
      const ageing = leaving === 0 ? null
        : { since: stream.first, size: stream.size, leaving, joining: leaving };
      return (luck) => world.addresses.open('mixed', stream.list, where, luck, ageing);
    }
    default:
      return stream satisfies never;
  }
};

/** Makes the habit of each account of a group; what they share is made once. */
const habitMaker = (
  world: World, stream: Sending, traces: Traces,
): ((tenant: Tenant, actor: number) => Habit) => {
  switch (stream.kind) {
    case 'office': {
      const habit = makeOffice(stream);
      return () => habit;
    }
    case 'shop': {
      const habit = makeShop(stream);
      return () => habit;
    }
    case 'script':
      return (_, actor) => makeScript(stream, world.luck, actor, world.sinceMonday);
    case 'newsletter': {
      const { first, every, size, pace, duplicates, bounces } = stream;
      const cleans = bounces === 'removed';
      const rounds = Number.POSITIVE_INFINITY;
      return () => makeCampaign({ first, every, rounds, size, duplicates, cleans, gap: gapAt(pace) });
    }
    case 'trace':
      return traceMaker(stream, traces, world.plan.epoch);
    default:
      return stream satisfies never;
  }
};
