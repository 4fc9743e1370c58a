// The platform's side of one receiver: its connections there, the envelopes that wait for one, and how deep
// and how old its queue is. All that is queued for a receiver counts, be it waiting, deferred or held back.

import type { Plan } from '../../plan/schema.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';
import type { Envelope } from './outbound.ts';

export interface Lane {
  /** Connections in use. */
  busy: number;
  /** Connections at once: the plan's, or fewer where the receiver is known to allow fewer per address. */
  readonly most: number;
  /** Fewer, where the policy said so of the attempt it was asked about last. */
  allowed: number;
  readonly connections: Connections;
  readonly waiting: Envelope[];
  /** Index of the first one in `waiting` that still waits. */
  head: number;
  /** The ends of the chain of all that is queued, oldest first: nothing holds on to those that are gone. */
  oldest: Envelope | null;
  newest: Envelope | null;
  /** Envelopes queued now; the most there were at once, and when. */
  depth: number;
  peak: number;
  peakAt: number;
  /** The greatest age, in milliseconds, at which an envelope left the queue. */
  age: number;
  /** The same two within the present bin of the series. */
  binPeak: number;
  binAge: number;
}

/** Connections that are kept open a while after an exchange, each by its place. */
interface Connections {
  /** Places not in use; the one freed last is on top, at `most - busy - 1`. */
  readonly free: Int32Array;
  readonly served: Int32Array;
  readonly usedAt: Float64Array;
  /** Messages one connection takes, by the receiver's rule. */
  readonly messages: number;
}

export const makeLane = (plan: Plan, receiver: Receiver): Lane => {
  const { connection } = receiver.preset;
  const allowed = connection.maxPerIp;
  // Nearly all mail leaves by one pool; what the addresses of the others may open is no help to it.
  const addresses = Math.max(...plan.pools.map((pool) => pool.addresses.length));
  const wanted = plan.outbound.connections;
  const most = allowed === null ? wanted : Math.min(wanted, allowed * addresses);
  return {
    busy: 0, most, allowed: most, waiting: [], head: 0, oldest: null, newest: null,
    depth: 0, peak: 0, peakAt: 0, age: 0, binPeak: 0, binAge: 0,
    connections: {
      free: Int32Array.from({ length: most }, (_, place) => most - 1 - place),
      served: new Int32Array(most),
      usedAt: new Float64Array(most).fill(Number.NEGATIVE_INFINITY),
      messages: messagesOf(connection),
    },
  };
};

const messagesOf = (connection: object): number =>
  (connection as { maxMessagesPerConnection?: number | null }).maxMessagesPerConnection
  ?? Number.POSITIVE_INFINITY;

/** Whether another connection may be opened. */
export const hasRoom = (lane: Lane): boolean => lane.busy < lane.most && lane.busy < lane.allowed;

/** How long an idle connection is kept (Postfix 3.7, smtp_connection_cache_time_limit). */
const keptMs = 2_000;

/**
 * Time to open a connection: TCP, greeting, EHLO, STARTTLS and EHLO again, about seven round trips of 60 ms.
 * An assumption.
 */
const openingMs = 400;

/** Takes a connection for an envelope, and tells how many milliseconds it takes to have it. */
export const connect = (lane: Lane, envelope: Envelope, now: number): number => {
  const { free, served, usedAt, messages } = lane.connections;
  const place = free[lane.most - lane.busy - 1]!;
  envelope.connection = place;
  lane.busy += 1;
  if (now - usedAt[place]! <= keptMs && served[place]! < messages) return 0;
  served[place] = 0;
  return openingMs;
};

/** The exchange is over; the connection is free for the next, or closed where it was refused at once. */
export const disconnect = (lane: Lane, envelope: Envelope, now: number): void => {
  const { free, served, usedAt } = lane.connections;
  const place = envelope.connection;
  lane.busy -= 1;
  free[lane.most - lane.busy - 1] = place;
  served[place]! += 1;
  usedAt[place] = envelope.crowded ? Number.NEGATIVE_INFINITY : now;
};

/** An envelope is queued. */
export const joinQueue = (world: World, lane: Lane, envelope: Envelope): void => {
  const { queues } = world.tally;
  if (world.agenda.now >= queues.binEnd) queues.turn(world);
  envelope.older = lane.newest;
  if (lane.newest === null) lane.oldest = envelope;
  else lane.newest.younger = envelope;
  lane.newest = envelope;
  lane.depth += 1;
  if (lane.depth > lane.binPeak) lane.binPeak = lane.depth;
  if (lane.depth <= lane.peak) return;
  lane.peak = lane.depth;
  lane.peakAt = world.agenda.now;
};

/** All copies of an envelope have found their end. */
export const leaveQueue = (world: World, lane: Lane, envelope: Envelope): void => {
  const { queues } = world.tally;
  if (world.agenda.now >= queues.binEnd) queues.turn(world);
  const age = world.agenda.now - envelope.since;
  if (age > lane.age) lane.age = age;
  if (age > lane.binAge) lane.binAge = age;
  lane.depth -= 1;
  const { older, younger } = envelope;
  if (older === null) lane.oldest = younger;
  else older.younger = younger;
  if (younger === null) lane.newest = older;
  else younger.older = older;
  // A long dead envelope that still named its neighbours would keep them from an early collection.
  envelope.older = envelope.younger = null;
};

/** Age in milliseconds of the oldest envelope queued now; 0 for an empty queue. */
export const oldestAge = (lane: Lane, now: number): number =>
  lane.oldest === null ? 0 : now - lane.oldest.since;
