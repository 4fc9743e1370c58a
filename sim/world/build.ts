// Makes a world from a plan, a policy and a seed: everyone in place, the first event of each on the agenda.

import {
  type AccountId,
  milliseconds,
  PolicyEngine,
  type Policy,
  type ReceiverId,
  type TenantId,
} from '../../policy/index.ts';
import { Agenda } from '../agenda.ts';
import { luckOf } from '../luck.ts';
import type { Plan, StreamPlan } from '../plan/schema.ts';
import { Streams } from '../streams.ts';
import type { Trace } from '../trace.ts';
import { Addresses, type SpaceId } from './senders/addresses.ts';
import { gapAt, scheduleNext } from './senders/arrivals.ts';
import { type Account, type Habit, makeActor, type Tenant } from './senders/cast.ts';
import { makeDesk } from './desk/caseload.ts';
import type { WorldEvent } from './events.ts';
import { Ledger } from './desk/ledger.ts';
import { memoryTransport } from './memory.ts';
import { purpose } from './purposes.ts';
import { luckNumber } from './luck-number.ts';
import { makeLane } from './platform/outbound.ts';
import { makeReceiver } from './receivers/receiver.ts';
import { makeRegister } from './registers/register.ts';
import { sinceMonday, WeeklyRhythm } from './senders/rhythm.ts';
import { makeTally } from './measures/tally.ts';
import type { Pool, World } from './world.ts';

export type Traces = ReadonlyMap<string, Trace>;

export const buildWorld = (plan: Plan, seed: string, policy: Policy, traces: Traces): World => {
  const luck = luckOf(seed);
  const ips = plan.pools.flatMap((pool) => pool.addresses);
  const pools = new Map<string, Pool>(
    plan.pools.map((pool) => [
      pool.name,
      { name: pool.name, addresses: pool.addresses.map((ip) => ips.indexOf(ip)) },
    ]),
  );
  const registers = plan.registers.map((register, id) => makeRegister(register, id, ips.length));
  const receivers = plan.receivers.map((receiver, id) =>
    makeReceiver(receiver, id as ReceiverId, registers, ips.length),
  );
  const { tenants, accounts } = makeTenants(plan);
  const world: World = {
    plan,
    seed,
    luck,
    ips,
    pools,
    registers,
    receivers,
    tenants,
    accounts,
    ledger: new Ledger(accounts.length),
    poolOf: plan.pools.flatMap((pool) => pool.addresses.map(() => pool.name)),
    agenda: new Agenda<WorldEvent>(),
    streams: new Streams(seed),
    addresses: new Addresses(
      luck,
      plan.receivers.map((receiver) => receiver.share),
    ),
    engine: new PolicyEngine(policy),
    transport: { deliver: unset, ask: unset },
    actors: [],
    culprits: [],
    outbound: { lanes: receivers.map((receiver) => makeLane(plan, receiver)), frozen: [] },
    desk: makeDesk(plan, ips.length),
    tally: makeTally(tenants.length, receivers.length, incidentWindow(plan)),
    messages: 0,
    sinceMonday: sinceMonday(plan.epoch),
  };
  world.transport = memoryTransport(world);
  setTheScene(world, traces);
  return world;
};

const unset = (): never => {
  throw new Error('the world has no transport yet');
};

const makeTenants = (plan: Plan): { tenants: Tenant[]; accounts: Account[] } => {
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

/** From half a day before the first incident to a week after the last; null for a plan without any. */
const incidentWindow = (plan: Plan): { start: number; end: number } | null => {
  if (plan.incidents.length === 0) return null;
  const times = plan.incidents.map((incident) => incident.at);
  const start = Math.max(0, Math.min(...times) - 43_200_000);
  return { start, end: Math.min(plan.length, Math.max(...times) + 7 * 86_400_000) };
};

const setTheScene = (world: World, traces: Traces): void => {
  const { plan, agenda } = world;
  agenda.after(plan.length, { kind: 'end' }, 3);
  if (plan.warmup > 0) {
    world.tally.counting = false;
    agenda.after(plan.warmup, { kind: 'end-of-warmup' }, 0);
  }
  for (const [index, incident] of plan.incidents.entries())
    agenda.after(incident.at, { kind: 'incident', index }, 0);
  // Nobody's cron job is in step with the incidents: when in its period the desk polls is the luck of the
  // seed.
  const phase = Math.round(world.luck.draw(0, 0, purpose.pollPhase) * plan.desk.poll);
  agenda.after(milliseconds(phase), { kind: 'poll' }, 3);
  let first = 0;
  for (const group of plan.tenants) {
    const members = world.tenants.slice(first, first + group.count);
    first += group.count;
    addActors(world, group.name, members, group.stream, traces);
  }
};

const addActors = (
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
    default:
      return stream satisfies never;
  }
};
