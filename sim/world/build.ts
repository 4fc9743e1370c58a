// Makes a world from a plan, a policy and a seed: everyone in place, the first event of each on the agenda.

import { milliseconds, type Policy, PolicyEngine, type ReceiverId } from '../../policy/index.ts';
import { Agenda } from '../agenda.ts';
import { luckOf } from '../luck.ts';
import type { Plan } from '../plan/schema.ts';
import { Streams } from '../streams.ts';
import { Addresses } from './senders/addresses.ts';
import { addActors, makeTenants, type Traces } from './senders/make-senders.ts';
import { makeDesk } from './desk/caseload.ts';
import type { WorldEvent } from './events.ts';
import { Ledger } from './desk/ledger.ts';
import { memoryTransport } from './memory.ts';
import { purpose } from './purposes.ts';
import { makeLane } from './platform/lane.ts';
import { makePools } from './platform/pools.ts';
import { makeTelemetry } from './platform/telemetry.ts';
import { makeReceiver } from './receivers/receiver.ts';
import { makeFeeds } from './registers/feeds.ts';
import { makeRegisters } from './registers/make-registers.ts';
import { ipNumber } from './registers/ranges.ts';
import { listFromTheStart } from './registers/rules/policy.ts';
import { sinceMonday } from './senders/rhythm.ts';
import { makeJunkTally } from './measures/junk-tally.ts';
import { listener, makeEars } from './measures/ears.ts';
import { makeTally } from './measures/tally.ts';
import type { World } from './world.ts';

export const buildWorld = (plan: Plan, seed: string, policy: Policy, traces: Traces): World => {
  const luck = luckOf(seed);
  const ips = plan.pools.flatMap((pool) => pool.addresses);
  const pools = makePools(plan, ips);
  const registers = makeRegisters(plan);
  const cold = new Set(plan.pools.flatMap((pool) => pool.cold.map((ip) => ips.indexOf(ip))));
  const receivers = plan.receivers.map((receiver, id) =>
    makeReceiver(receiver, id as ReceiverId, registers, ips, cold),
  );
  const { tenants, accounts } = makeTenants(plan);
  const agenda = new Agenda<WorldEvent>();
  const ears = makeEars();
  const world: World = {
    plan,
    seed,
    luck,
    ips,
    ipLuck: ips.map(ipNumber),
    pools,
    registers,
    feeds: makeFeeds(),
    receivers,
    tenants,
    accounts,
    notable: new Uint8Array(tenants.length),
    ledger: new Ledger(accounts.length),
    poolOf: plan.pools.flatMap((pool) => pool.addresses.map(() => pool.name)),
    agenda,
    streams: new Streams(seed),
    addresses: new Addresses(
      luck,
      plan.receivers.map((receiver) => receiver.share),
      agenda,
    ),
    engine: new PolicyEngine(policy, listener(ears)),
    transport: { deliver: unset, ask: unset },
    host: null,
    actors: [],
    culprits: [],
    outbound: {
      lanes: receivers.map((receiver) => makeLane(plan, receiver)),
      frozen: [], holds: new Map(), strays: new Set(), tells: false,
    },
    desk: makeDesk(plan, ips.length),
    telemetry: makeTelemetry(plan, ips.length),
    tally: makeTally({
      tenants: tenants.length, receivers: receivers.length, addresses: ips.length,
      intoDay: sinceMonday(plan.epoch) % 86_400_000, length: plan.length,
    }, incidentWindow(plan), ears),
    junk: makeJunkTally(),
    messages: 0,
    sinceMonday: sinceMonday(plan.epoch),
  };
  world.transport = memoryTransport(world);
  world.outbound.tells = world.engine.hears('attempted');
  setTheScene(world, traces);
  return world;
};

const unset = (): never => {
  throw new Error('the world has no transport yet');
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
  listFromTheStart(world);
  for (const [index, incident] of plan.incidents.entries())
    agenda.after(incident.at, { kind: 'incident', index }, 0);
  // Nobody's cron job is in step with the incidents: when in its period the desk polls is the luck of the
  // seed.
  const phase = Math.round(world.luck.draw(0, 0, purpose.pollPhase) * plan.desk.poll);
  agenda.after(milliseconds(phase), { kind: 'poll' }, 3);
  const midnight = (86_400_000 - (world.sinceMonday % 86_400_000)) % 86_400_000;
  agenda.after(milliseconds(midnight), { kind: 'day' }, 0);
  let first = 0;
  for (const group of plan.tenants) {
    const members = world.tenants.slice(first, first + group.count);
    first += group.count;
    addActors(world, group, members, traces);
  }
};
