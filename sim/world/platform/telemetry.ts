// What some receivers tell of our addresses by the day: how much of an address' mail they took for spam, as a
// colour. It comes a day late, names no tenant, and says nothing of an address with little mail.

import type { Signal } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import { type ReceiverPreset, receiverPreset } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';
import { countDay, dayColumn } from '../measures/day-tally.ts';
import { afterMidnight, type Delay, drawDelay } from './delays.ts';

/** Copies and spam verdicts of one day, by receiver that tells and by address. */
export interface Telemetry {
  /** By receiver: null where it tells nothing. */
  readonly counts: readonly (Int32Array | null)[];
}

/** Which delay of signals.json goes with which service of receivers.json. */
const services: readonly { readonly service: string; readonly delay: Delay }[] = [
  { service: 'snds', delay: afterMidnight('snds-daily') },
  { service: 'postmaster-tools', delay: afterMidnight('gpt-daily') },
];

const serviceOf = (preset: ReceiverPreset) => {
  const told = (preset as { readonly telemetry?: readonly string[] | null }).telemetry ?? [];
  return services.find(({ service }) => told.some((one) => one.includes(service)));
};

export const makeTelemetry = (plan: Plan, addresses: number): Telemetry => ({
  counts: plan.receivers.map(({ preset }) =>
    serviceOf(receiverPreset(preset)) === undefined ? null : new Int32Array(2 * addresses)),
});

/** A receiver has looked at the content of a copy, and took it for spam or not. */
export const countVerdictThere = (world: World, { id }: Receiver, address: number, spam: boolean): void => {
  countDay(world, address, dayColumn.looked);
  if (spam) countDay(world, address, dayColumn.spam);
  const counts = world.telemetry.counts[id]!;
  if (counts === null) return;
  counts[2 * address]! += 1;
  if (spam) counts[2 * address + 1]! += 1;
};

/** An address with less mail to a receiver on a day gets no colour (signals.json, snds-daily). */
const leastCopies = 100;
/** Spam verdicts below which a day is green, and above which it is red (receivers.json, snds-colours). */
const greenBelow = 0.1;
const redAbove = 0.9;

/** The day is over: each receiver that tells puts its colours together, and we read them later. */
export const tellTelemetry = (world: World, day: number): void => {
  for (const [receiver, counts] of world.telemetry.counts.entries()) {
    if (counts === null) continue;
    const { id, luck, preset } = world.receivers[receiver]!;
    const { delay } = serviceOf(preset)!;
    const one = world.luck.draw(luck, day, purpose.telemetryDelay, 0);
    const two = world.luck.draw(luck, day, purpose.telemetryDelay, 1);
    for (let address = 0; address < world.ips.length; address += 1) {
      const copies = counts[2 * address]!;
      if (copies < leastCopies) continue;
      const signal: Signal = {
        kind: 'telemetry', pool: world.poolOf[address]!, address: world.ips[address]!, receiver: id,
        colour: colourOf(counts[2 * address + 1]! / copies),
      };
      world.agenda.after(drawDelay(delay, one, two), { kind: 'signal', signal });
    }
    counts.fill(0);
  }
};

const colourOf = (spam: number): 'green' | 'yellow' | 'red' =>
  spam < greenBelow ? 'green' : spam > redAbove ? 'red' : 'yellow';
