// The whole state of one run. Every part is a plain record owned by the module that bears its name; this file
// only gathers them, so that functions over the world have one thing to take.

import type { IpAddress, PolicyEngine, PoolName } from '../../policy/index.ts';
import type { Agenda } from '../agenda.ts';
import type { Luck } from '../luck.ts';
import type { Plan } from '../plan/schema.ts';
import type { Streams } from '../streams.ts';
import type { Addresses } from './senders/addresses.ts';
import type { Desk } from './desk/caseload.ts';
import type { Account, Actor, Culprit, Tenant } from './senders/cast.ts';
import type { WorldEvent } from './events.ts';
import type { Ledger } from './desk/ledger.ts';
import type { PolicyHost, Transport } from './ports.ts';
import type { Outbound } from './platform/outbound.ts';
import type { Pool } from './platform/pools.ts';
import type { Telemetry } from './platform/telemetry.ts';
import type { Receiver } from './receivers/receiver.ts';
import type { Feeds } from './registers/feeds.ts';
import type { Register } from './registers/register.ts';
import type { JunkTally } from './measures/junk-tally.ts';
import type { Tally } from './measures/tally.ts';

export interface World {
  readonly plan: Plan;
  readonly seed: string;
  readonly agenda: Agenda<WorldEvent>;
  readonly streams: Streams;
  readonly luck: Luck;
  readonly addresses: Addresses;
  readonly engine: PolicyEngine;
  transport: Transport;
  /** Asked about each submission before the engine; null where the policy is all of our own making. */
  host: PolicyHost | null;
  /** All outgoing addresses of the platform; everything else knows them by index. */
  readonly ips: readonly IpAddress[];
  /** By address: what luck about it goes by. The address itself, which no other pool moves. */
  readonly ipLuck: readonly number[];
  readonly poolOf: readonly PoolName[];
  readonly pools: ReadonlyMap<PoolName, Pool>;
  readonly registers: readonly Register[];
  /** Which registers each receiver tells of the mail it sees. */
  readonly feeds: Feeds;
  readonly receivers: readonly Receiver[];
  readonly tenants: readonly Tenant[];
  readonly accounts: readonly Account[];
  /**
   * By tenant: 1 from when it is at fault on, which whoever signs up during a run is too. Of all others,
   * nearly all there are, a message need not look at the record, far off in memory.
   */
  readonly notable: Uint8Array;
  readonly ledger: Ledger;
  readonly actors: Actor[];
  readonly culprits: Culprit[];
  readonly outbound: Outbound;
  readonly desk: Desk;
  readonly telemetry: Telemetry;
  readonly tally: Tally;
  readonly junk: JunkTally;
  /** Messages submitted so far; the next one's number. */
  messages: number;
  /** Milliseconds from Monday 0:00 UTC to time 0. */
  readonly sinceMonday: number;
}
