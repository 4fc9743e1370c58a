// A receiver changes its settings overnight, and perhaps back.

import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { filterWith } from '../receivers/content-filter.ts';
import { greylistWith } from '../receivers/greylist.ts';
import { consultationAt, type Receiver, type Settings } from '../receivers/receiver.ts';
import type { World } from '../world.ts';

type Upgrade = Extract<IncidentPlan, { kind: 'receiver-upgrade' }>;

const settingsOf = ({ preset, consults, threshold, limits, filter, greylist }: Receiver): Settings =>
  ({ preset, consults, threshold, limits, filter, greylist });

/** What it knew of us, it still knows: counts, caches and reputations stay. */
export const upgradeReceiver = (
  world: World, { receiver: name, to, length }: Upgrade, index: number,
): void => {
  const receiver = receiverNamed(world, name);
  if (length !== undefined) receiver.before.set(index, settingsOf(receiver));
  Object.assign(receiver, upgraded(world, receiver, to));
  tell(world, 'receiver', name, `${name} changes its settings: ${Object.keys(to).join(', ')}`);
};

/** The old settings are back. */
export const downgradeReceiver = (world: World, { receiver: name }: Upgrade, index: number): void => {
  const receiver = receiverNamed(world, name);
  const old = receiver.before.get(index);
  if (old === undefined) throw new Error(`incident ${index} has no settings of ${name} to go back to`);
  Object.assign(receiver, old);
  tell(world, 'receiver', name, `${name} is back to its old settings`);
};

const receiverNamed = (world: World, name: string): Receiver =>
  world.receivers.find((one) => one.name === name)!;

const upgraded = (world: World, receiver: Receiver, to: Upgrade['to']): Settings => {
  const { preset, limits, filter } = receiver;
  const { abusive, wanted } = filter.share;
  return {
    preset: to.connections === undefined ? preset
      : { ...preset, connection: { ...preset.connection, maxPerIp: to.connections } },
    consults: to.consults === undefined ? receiver.consults : consulting(world, receiver, to.consults),
    threshold: to.threshold ?? receiver.threshold,
    limits: {
      ...limits,
      perIpPerHour: to.perIpPerHour ?? limits.perIpPerHour,
      unknownUserAct: to.unknownUsers ?? limits.unknownUserAct,
      complaintAct: to.complaints ?? limits.complaintAct,
      complaintWarn: Math.min(limits.complaintWarn, to.complaints ?? Infinity),
    },
    filter: to.caught === undefined && to.wrong === undefined ? filter
      : filterWith(to.caught ?? abusive, to.wrong ?? wanted),
    greylist: to.greylist === undefined ? receiver.greylist : greylistWith(preset, to.greylist),
  };
};

/** Registers it asked before keep what is cached of them. */
const consulting = (world: World, receiver: Receiver, names: readonly string[]): Receiver['consults'] =>
  world.registers
    .filter((register) => names.includes(register.name))
    .map((register) => receiver.consults.find((one) => one.register === register)
      ?? consultationAt(receiver.preset, register, world.ips.length));
