// Pools of sending addresses, and which of them a message leaves by. A cold address takes on a little more
// every day, by its pool's schedule; what is too much for it leaves by the warm ones.

import type { IpAddress, PoolName } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import { warmupSchedules } from '../../presets/index.ts';
import { tell } from '../measures/tally.ts';
import type { Message } from './message.ts';
import type { World } from '../world.ts';

export interface Pool {
  readonly name: PoolName;
  /** Indices into `World.ips`. */
  readonly addresses: readonly number[];
  /** What its cold addresses take on; null where all are treated alike. */
  readonly warmup: Warmup | null;
}

export interface Warmup {
  /** Attempts a day, from the first day an address sends on; without limit after the last. */
  readonly perDay: readonly number[];
  readonly cold: readonly ColdAddress[];
}

/** How far a cold address has come. Days are those of UTC, counted from the Monday before time 0. */
interface ColdAddress {
  readonly address: number;
  /** The day it first sent, or sent again after a long rest; -1 before. */
  begun: number;
  /** The last day it sent, and how much. */
  day: number;
  sent: number;
}

const dayMs = 86_400_000;

/** Days without mail after which an address counts as cold again (signals.json, cold-after-idle). */
const forgottenDays = 30;

export const makePools = (plan: Plan, ips: readonly IpAddress[]): ReadonlyMap<PoolName, Pool> =>
  new Map(
    plan.pools.map((pool) => [
      pool.name,
      {
        name: pool.name,
        addresses: pool.addresses.map((ip) => ips.indexOf(ip)),
        warmup: warmupOf(pool, ips),
      },
    ]),
  );

/**
 * Whether the platform has the pool that the policy means mail for. Where it has not, the mail leaves as all
 * mail does, as with a mail server whose table lacks the name; it is counted, and the first time told.
 */
export const hasPool = (world: World, pool: PoolName): boolean => {
  if (world.pools.has(pool)) return true;
  const { missingPools } = world.tally;
  const before = missingPools.get(pool) ?? 0;
  if (before === 0) {
    tell(world, 'policy', pool,
      `means mail for pool ${pool}, which the platform does not have: it goes out as all mail does`);
  }
  missingPools.set(pool, before + 1);
  return false;
};

const warmupOf = ({ warmup, cold }: Plan['pools'][number], ips: readonly IpAddress[]): Warmup | null => {
  if (warmup === 'none' || cold.length === 0) return null;
  const { perDay } = warmupSchedules.find((schedule) => schedule.id === warmup)!;
  return {
    perDay,
    cold: cold.map((ip) => ({ address: ips.indexOf(ip), begun: -1, day: -1, sent: 0 })),
  };
};

/**
 * The address an attempt leaves by: by the message's own number, since what others send must not move its
 * luck; but another than those to avoid, and a warm one where a cold one has had enough today. In a pool
 * without a warm address nothing waits, nor in one of which all addresses are to be avoided.
 */
export const addressFor = (
  world: World, { addresses: all, warmup }: Pool, { actor, number }: Message, avoided: readonly IpAddress[],
): number => {
  const turn = (actor.id >>> 0) + number;
  const left = avoided.length === 0 ? all : all.filter((address) => !avoided.includes(world.ips[address]!));
  const addresses = left.length === 0 ? all : left;
  const own = addresses[turn % addresses.length]!;
  if (warmup === null || takesOn(world, warmup, own)) return own;
  const warm = addresses.filter((address) => isWarm(world, warmup, address));
  return warm.length === 0 ? own : warm[turn % warm.length]!;
};

const today = (world: World): number => Math.floor((world.agenda.now + world.sinceMonday) / dayMs);

/** Counts the attempt for a cold address that has room for it. */
const takesOn = (world: World, { perDay, cold }: Warmup, address: number): boolean => {
  const state = cold.find((one) => one.address === address);
  if (state === undefined) return true;
  const day = today(world);
  if (state.day !== day) {
    if (state.begun < 0 || day - state.day > forgottenDays) state.begun = day;
    state.day = day;
    state.sent = 0;
  }
  const most = perDay[day - state.begun];
  if (most !== undefined && state.sent >= most) return false;
  state.sent += 1;
  return true;
};

const isWarm = (world: World, { perDay, cold }: Warmup, address: number): boolean => {
  const state = cold.find((one) => one.address === address);
  return state === undefined || (state.begun >= 0 && today(world) - state.begun >= perDay.length);
};
