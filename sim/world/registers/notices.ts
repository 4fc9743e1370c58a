// What registers write to us: SpamCop's reports and daily summaries, the SBL's notice. Each names an address,
// never a tenant, and takes its time (signals.json, spamcop-report and sbl-notice).

import { seconds } from '../../../policy/index.ts';
import { signalPresets } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import { spreadTo95 } from './delays.ts';
import type { Register } from './register.ts';
import { forwardedAfterS, isLeftLying } from './upstream.ts';

const delayOf = (id: string) => {
  const found = signalPresets.find((signal) => signal.id === id);
  if (found === undefined) throw new RangeError(`no signal preset is called "${id}"`);
  return found.delayS;
};
const reportDelay = delayOf('spamcop-report');
const noticeDelay = delayOf('sbl-notice');

const dayMs = 86_400_000;

const send = (world: World, register: Register, address: number, delayS: number): void => {
  const mail = { kind: 'register-report', address, register: register.name } as const;
  world.agenda.after(seconds(delayS), { kind: 'desk-mail', mail });
};

/** Luck of the so-manyth letter about an address. */
const drawn = (world: World, register: Register, address: number): number =>
  world.luck.draw(register.luck, Math.floor(world.agenda.now), purpose.noticeDelay, world.ipLuck[address]!);

/** A person's report, passed on. */
export const sendReport = (world: World, register: Register, address: number): void => {
  const { min, p50, p95 } = reportDelay;
  send(world, register, address, spreadTo95(drawn(world, register, address), min, p50, p95));
};

/** The day's trap hits come in one summary: with the first hit of a day it is under way. */
export const sendSummary = (world: World, register: Register, address: number): void => {
  const { now } = world.agenda;
  const before = register.dossiers[address]!.hits.at(-2);
  if (before !== undefined && Math.floor(before / dayMs) === Math.floor(now / dayMs)) return;
  const tillMidnight = dayMs - (now % dayMs);
  send(world, register, address, tillMidnight / 1_000 + reportDelay.min);
};

/**
 * The SBL tells the owner of the network, who passes it on to whom he rents the address to ("learns it only
 * when the upstream forwards it"), or leaves it lying.
 */
export const sendNotice = (world: World, register: Register, address: number): void => {
  const { publications } = register.dossiers[address]!;
  if (isLeftLying(world, register, address, publications, purpose.noticeLeftLying)) return;
  const { min, p50, p95 } = noticeDelay;
  const writtenS = spreadTo95(drawn(world, register, address), min, p50, p95);
  const passedOnS = forwardedAfterS(world, register, address, publications, purpose.noticeForwarded);
  send(world, register, address, writtenS + passedOnS);
};
