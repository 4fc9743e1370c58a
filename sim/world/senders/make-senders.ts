// Puts the tenants of a plan in place: their accounts, and for each account the actor that writes its mail.

import type { AccountId, TenantId } from '../../../policy/index.ts';
import type { Plan, StreamPlan } from '../../plan/schema.ts';
import type { Trace } from '../../trace.ts';
import { luckNumber } from '../luck-number.ts';
import type { World } from '../world.ts';
import type { SpaceId } from './addresses.ts';
import { gapAt, scheduleNext } from './arrivals.ts';
import { type Account, type Habit, makeActor, type Tenant } from './cast.ts';
import { WeeklyRhythm } from './rhythm.ts';

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

export const addActors = (
  world: World,
  group: string,
  tenants: readonly Tenant[],
  stream: StreamPlan,
  traces: Traces,
): void => {
  if (stream.kind === 'quiet') return;
  // The senders of a trace write to the same people; any other tenant has recipients of its own.
  const common =
    stream.kind === 'trace'
      ? world.addresses.open('sound', stream.list, -1, luckNumber('book', group))
      : null;
  const habit = habitMaker(world, stream, traces);
  for (const tenant of tenants) {
    for (const account of tenant.accounts) {
      const name = ['actor', group, tenant.member, account.id - tenant.accounts[0]!.id] as const;
      addActor(
        world,
        account,
        common ?? world.addresses.open('sound', stream.list, -1, account.luck ^ luckNumber('book')),
        stream,
        habit(tenant),
        name,
      );
    }
  }
};

const addActor = (
  world: World,
  account: Account,
  space: SpaceId,
  stream: Exclude<StreamPlan, { kind: 'quiet' }>,
  habit: Habit,
  name: readonly (string | number)[],
): void => {
  const slips = world.addresses.open('slips', stream.list, -1, account.luck ^ luckNumber('slips'));
  const actor = makeActor({
    id: (account.luck ^ luckNumber('actor')) >>> 0,
    account,
    habit,
    truth: 'wanted',
    stream: world.streams.open(...name),
    space,
    slips,
    list: habit.kind === 'newsletter' ? account.id + 1 : 0,
    patience: 16,
    culprit: null,
  });
  world.actors.push(actor);
  scheduleNext(world, actor, { kind: 'submission', actor });
};

/** Makes the habit of each tenant of a group; what they share is made once. */
const habitMaker = (
  world: World,
  stream: Exclude<StreamPlan, { kind: 'quiet' }>,
  traces: Traces,
): ((tenant: Tenant) => Habit) => {
  switch (stream.kind) {
    case 'office': {
      const rhythm = new WeeklyRhythm(stream.perDay, stream.zone);
      const habit: Habit = {
        kind: 'office',
        rhythm,
        book: stream.book,
        lnBook: Math.log(stream.book + 1),
        newcomers: stream.newcomers,
        meanRecipients: stream.recipients,
      };
      return () => habit;
    }
    case 'newsletter':
      return () => ({
        kind: 'newsletter',
        size: stream.size,
        every: stream.every,
        first: stream.first,
        gap: gapAt(stream.pace),
      });
    case 'trace': {
      const trace = traces.get(stream.file);
      if (trace === undefined) throw new RangeError(`the run was given no trace "${stream.file}"`);
      const start = Date.parse(world.plan.epoch);
      const rows: number[][] = Array.from({ length: trace.senders }, () => []);
      for (let row = 0; row < trace.rows; row += 1)
        if (trace.times[row]! >= start) rows[trace.from[row]!]!.push(row);
      return (tenant) => ({
        kind: 'trace',
        trace,
        rows: Int32Array.from(rows[tenant.member]!),
        start,
        speed: stream.speed,
      });
    }
    case 'shop':
    case 'script':
      throw new RangeError(`no ${stream.kind} yet`);
    default:
      return stream satisfies never;
  }
};
