// The replay of a real log: each sender's rows at their own times, to their own recipients.

import type { AddressKey } from '../../../../policy/index.ts';
import type { StreamPlan } from '../../../plan/schema.ts';
import type { Trace } from '../../../trace.ts';
import type { World } from '../../world.ts';
import type { Actor, Tenant } from '../cast.ts';
import { slipped } from '../slips.ts';

export interface TraceHabit {
  readonly kind: 'trace';
  readonly trace: Trace;
  /** The sender's rows, in order, from time 0 on. */
  readonly rows: Int32Array;
  /** Unix time of time 0, in milliseconds. */
  readonly start: number;
  readonly speed: number;
}

/** Makes the habit of each sender of a trace; a tenant is the sender of its number. */
export const traceMaker = (
  stream: Extract<StreamPlan, { kind: 'trace' }>, traces: ReadonlyMap<string, Trace>, epoch: string,
): ((tenant: Tenant) => TraceHabit) => {
  const trace = traces.get(stream.file);
  if (trace === undefined) throw new RangeError(`the run was given no trace "${stream.file}"`);
  const start = Date.parse(epoch);
  const rows: number[][] = Array.from({ length: trace.senders }, () => []);
  for (let row = 0; row < trace.rows; row += 1)
    if (trace.times[row]! >= start) rows[trace.from[row]!]!.push(row);
  const { speed } = stream;
  return ({ member }) => ({ kind: 'trace', trace, rows: Int32Array.from(rows[member]!), start, speed });
};

export const nextRow = (actor: Actor, { rows, trace, start, speed }: TraceHabit): number | null => {
  const row = rows[actor.count];
  return row === undefined ? null : (trace.times[row]! - start) / speed;
};

export const rowRecipients = (
  world: World, actor: Actor, { rows, trace }: TraceHabit, number: number,
): readonly AddressKey[] => {
  const row = rows[number]!;
  const keys: AddressKey[] = [];
  const first = trace.starts[row]!;
  for (let index = first; index < trace.starts[row + 1]!; index += 1) {
    const key = world.addresses.key(actor.space, trace.to[index]!);
    keys.push(slipped(world, actor, number, index - first, key));
  }
  return keys;
};
