// A queue with one line and several servers, as a model on the agenda: customers come by chance, wait their
// turn, are served, and leave. Theory knows its answers exactly, so what comes out judges agenda and streams
// together.

import { milliseconds } from '../../policy/index.ts';
import { Agenda } from '../../sim/agenda.ts';
import { type StreamId, Streams } from '../../sim/streams.ts';

/**
 * One unit of the theory's time. Large, so that rounding to whole milliseconds moves no answer by a
 * millionth.
 */
const unitMs = 1_000_000;
const batches = 40;

export interface QueueModel {
  readonly seed: string;
  /** Arrivals a unit of time. */
  readonly rate: number;
  readonly servers: number;
  /** Customers that find all servers busy are turned away instead of waiting. */
  readonly turnsAway?: boolean;
  /** Time units that one service takes. */
  readonly service: (streams: Streams, id: StreamId) => number;
  readonly customers: number;
  /** Counts customers who stay longer than this, in time units. */
  readonly patience?: number;
}

/**
 * A mean over customers, and its standard error from the means of 40 batches, each long against the queue's
 * memory.
 */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

export interface QueueAnswers {
  /** Time units before service, over all customers who were served. */
  readonly wait: Estimate;
  readonly waited: Estimate;
  readonly turnedAway: Estimate;
  readonly stayedLonger: Estimate;
}

type QueueEvent = { readonly kind: 'arrival' } | { readonly kind: 'departure' };
const arrival: QueueEvent = { kind: 'arrival' };
const departure: QueueEvent = { kind: 'departure' };

/** Runs the model from an empty queue; the first batch settles it and is not counted. */
export const runQueue = (model: QueueModel): QueueAnswers => {
  const streams = new Streams(model.seed);
  const gaps = streams.open('gaps');
  const services = streams.open('services');
  const agenda = new Agenda<QueueEvent>();
  const perBatch = Math.ceil(model.customers / batches);
  const sums = {
    wait: column(), waited: column(), turnedAway: column(), stayedLonger: column(), served: column(),
  };
  const patienceMs = (model.patience ?? Infinity) * unitMs;
  let line: number[] = [];
  let next = 0;
  let busy = 0;
  let arrived = 0;
  let started = 0;

  const begin = (since: number): void => {
    const wait = agenda.now - since;
    const serviceMs = Math.round(unitMs * model.service(streams, services));
    const batch = Math.floor(started / perBatch);
    started += 1;
    busy += 1;
    sums.served[batch]! += 1;
    sums.wait[batch]! += wait / unitMs;
    if (wait > 0) sums.waited[batch]! += 1;
    if (wait + serviceMs > patienceMs) sums.stayedLonger[batch]! += 1;
    agenda.after(milliseconds(serviceMs), departure);
  };
  const comes = (): void => {
    const batch = Math.floor(arrived / perBatch);
    arrived += 1;
    if (busy < model.servers) begin(agenda.now);
    else if (model.turnsAway === true) sums.turnedAway[batch]! += 1;
    else line.push(agenda.now);
    if (arrived < perBatch * (batches + 1)) {
      agenda.after(milliseconds(Math.round((unitMs / model.rate) * streams.exponential(gaps))), arrival);
    }
  };
  const goes = (): void => {
    busy -= 1;
    if (next === line.length) return;
    begin(line[next]!);
    next += 1;
    if (next < 10_000) return;
    line = line.slice(next);
    next = 0;
  };

  agenda.after(milliseconds(0), arrival);
  while (agenda.size > 0) {
    if (agenda.take().kind === 'arrival') comes();
    else goes();
  }
  return {
    wait: estimate(sums.wait, sums.served),
    waited: estimate(sums.waited, sums.served),
    turnedAway: estimate(sums.turnedAway, column(perBatch)),
    stayedLonger: estimate(sums.stayedLonger, sums.served),
  };
};

const column = (value = 0): number[] => Array.from({ length: batches + 1 }, () => value);

const estimate = (sums: readonly number[], counts: readonly number[]): Estimate => {
  const means = sums.slice(1).map((sum, batch) => (counts[batch + 1]! === 0 ? 0 : sum / counts[batch + 1]!));
  const mean = means.reduce((sum, one) => sum + one, 0) / batches;
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (batches - 1);
  return { mean, standardError: Math.sqrt(variance / batches) };
};
