// What the zones of ratio registers say beyond "listed": levels of badness, and codes for the good and the
// mixed, which a receiver that counts every answer takes for listings.

import type { World } from '../../world.ts';
import { paramsOf } from '../params.ts';
import type { Register } from '../register.ts';

const none: readonly string[] = [];

/** How long Proofpoint only delays before it blocks: "minutes" (ipcheck FAQ); ten are an assumption. */
export const delayStageMs = 600_000;

/** Copies within the window below which nobody is called good or mixed; an assumption. */
const leastKnown = 100;
/** Share of spam up to which an address is good, and from which it is mixed; assumptions. */
const goodBelow = 0.01;
const mixedFrom = 0.1;

/**
 * Mailspike's levels L5 to L2, from these shares of spam on; the steps are an assumption, the codes are not.
 */
const mailspikeLevels: readonly (readonly [number, string])[] = [
  [0.9, '127.0.0.10'], [0.8, '127.0.0.11'], [0.65, '127.0.0.12'], [0, '127.0.0.13'],
];
/** An assumption: a spam wave is half of the window's least spam within its newest bucket, two hours. */
const waveShare = 1 / 24;

const shareOf = (world: World, { traffic }: Register, address: number): number => {
  const { now } = world.agenda;
  return traffic!.sum(address, now, 'spam') / Math.max(1, traffic!.sum(address, now, 'seen'));
};

/** The code of an address put off for minutes, not blocked yet (Proofpoint); private, so ours to choose. */
export const delayCode = '127.0.0.3';

export const levelCodes = (world: World, register: Register, address: number): readonly string[] => {
  const { preset, rule, traffic } = register;
  const { zeroHourWave, stages } = paramsOf(preset);
  if (zeroHourWave === true) {
    const share = shareOf(world, register, address);
    const level = mailspikeLevels.find(([from]) => share >= from)![1];
    const wave = traffic!.newest(address, world.agenda.now, 'spam', waveShare) >= rule.minSpam / 2;
    return wave ? ['127.0.0.2', level] : [level];
  }
  if (stages !== undefined) {
    const since = world.agenda.now - register.dossiers[address]!.listedAt;
    return since < delayStageMs ? [delayCode] : register.codes;
  }
  return register.codes;
};

/** Mailspike's H2 to H5 and Hostkarma's white, yellow and brown. */
export const whiteCodes = (world: World, register: Register, address: number): readonly string[] => {
  const { id } = register.preset;
  if (id !== 'hostkarma' && id !== 'mailspike') return none;
  const { traffic, rule } = register;
  const share = shareOf(world, register, address);
  const spam = traffic!.sum(address, world.agenda.now, 'spam');
  if (id === 'hostkarma' && spam > 0 && share >= rule.minRatio) return ['127.0.0.4'];
  if (traffic!.sum(address, world.agenda.now, 'seen') < leastKnown) return none;
  if (share < goodBelow) return [id === 'hostkarma' ? '127.0.0.1' : '127.0.0.19'];
  return id === 'hostkarma' && share >= mixedFrom ? ['127.0.0.3'] : none;
};
