// What receivers tell registers of the mail they see. A register of the ratio, reputation and score models
// counts what the receivers that ask it have looked at; a few see mail wherever it goes.

import { countVerdictThere } from '../platform/telemetry.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';
import type { Register } from './register.ts';

/** Whom each receiver tells, worked out once and again whenever it asks others. */
export interface Feeds {
  readonly fed: (readonly Register[])[];
  readonly by: (Receiver['consults'] | undefined)[];
}

export const makeFeeds = (): Feeds => ({ fed: [], by: [] });

/** A receiver has looked at the content of a copy, and took it for spam or not. */
export const mailSeen = (world: World, receiver: Receiver, address: number, spam: boolean): void => {
  countVerdictThere(world, receiver, address, spam);
  const { now } = world.agenda;
  const fed = fedBy(world, receiver);
  for (let index = 0; index < fed.length; index += 1) {
    const register = fed[index]!;
    register.traffic!.add(address, now, 'seen');
    if (spam) register.traffic!.add(address, now, 'spam');
    register.model.counted(world, register, address, spam);
  }
};

/**
 * A receiver that looks at no content took copies all the same, having asked about them. SpamCop counts the
 * questions that no report follows (registers.json, reputationPointsPerQuery), whoever asks.
 */
export const mailAsked = (world: World, receiver: Receiver, address: number, copies: number): void => {
  const fed = fedBy(world, receiver);
  for (let index = 0; index < fed.length; index += 1) {
    const { preset, traffic } = fed[index]!;
    if (preset.model !== 'weightedScore') continue;
    for (let copy = 0; copy < copies; copy += 1) traffic!.add(address, world.agenda.now, 'seen');
  }
};

/** A receiver was asked for somebody it does not have. */
export const errorSeen = (world: World, receiver: Receiver, address: number): void => {
  const { now } = world.agenda;
  const fed = fedBy(world, receiver);
  for (let index = 0; index < fed.length; index += 1) {
    const register = fed[index]!;
    register.traffic!.add(address, now, 'errors');
    register.model.counted(world, register, address, true);
  }
};

const fedBy = (world: World, receiver: Receiver): readonly Register[] => {
  const { fed, by } = world.feeds;
  if (by[receiver.id] === receiver.consults) return fed[receiver.id]!;
  by[receiver.id] = receiver.consults;
  const asked = new Set(receiver.consults.map((one) => one.register));
  return (fed[receiver.id] = world.registers
    .flatMap((register) => [register, ...register.members.filter((member) => member.id < 0)])
    .filter(({ model }) => model.counts !== 'nothing')
    .filter((register) => register.model.counts === 'from-all' || asked.has(register)));
};
