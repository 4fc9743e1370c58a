// Ratio registers: they see the mail of the receivers that ask them, and list an address once enough of it is
// spam, and spam enough in number.

import type { World } from '../../world.ts';
import { plain, type RuleModel } from '../model.ts';
import { paramsOf } from '../params.ts';
import { type Register, weigh } from '../register.ts';
import { longerByRelapse } from '../trust.ts';
import { delayStageMs, levelCodes, whiteCodes } from './ratio-codes.ts';

const hourMs = 3_600_000;

/** Whether the rule holds by the mail within the window. */
const holds = (world: World, { rule, traffic, preset }: Register, address: number): boolean => {
  const { now } = world.agenda;
  const spam = traffic!.sum(address, now, 'spam');
  const { minErrors } = paramsOf(preset);
  if (minErrors !== undefined && traffic!.sum(address, now, 'errors') >= minErrors) return true;
  return spam >= Math.max(1, rule.minSpam) && spam >= rule.minRatio * traffic!.sum(address, now, 'seen');
};

const reason = (world: World, register: Register, address: number): string | null => {
  if (!holds(world, register, address)) return null;
  const { now } = world.agenda;
  const { traffic } = register;
  const spam = traffic!.sum(address, now, 'spam');
  const errors = paramsOf(register.preset).minErrors === undefined
    ? ''
    : `, ${traffic!.sum(address, now, 'errors')} unknown users`;
  return `${spam} of ${traffic!.sum(address, now, 'seen')} messages spam${errors}`;
};

/**
 * Free.fr: "length grows with spam and errors, at most 24 h" (postmaster.free.fr). An assumption: a quarter
 * of the most for reaching the limit once, and as much again for each further time.
 */
const growing = (world: World, { rule, traffic, preset, dossiers }: Register, address: number): number => {
  const { now } = world.agenda;
  const most = rule.expiry ?? 24 * hourMs;
  const overSpam = traffic!.sum(address, now, 'spam') / Math.max(1, rule.minSpam);
  const overErrors = traffic!.sum(address, now, 'errors') / paramsOf(preset).minErrors!;
  return dossiers[address]!.listedAt + Math.min(1, Math.max(overSpam, overErrors, 1) / 4) * most;
};

/** A register with a stage of delay clears an address that sent no more spam once it was delayed. */
const endsAt = (world: World, register: Register, address: number): number => {
  const { rule, preset, dossiers } = register;
  const { minErrors, stages } = paramsOf(preset);
  if (minErrors !== undefined) return growing(world, register, address);
  if (rule.expiry === null) return Number.POSITIVE_INFINITY;
  const dossier = dossiers[address]!;
  if (stages !== undefined && dossier.lastHit <= dossier.listedAt) return dossier.listedAt + delayStageMs;
  return dossier.lastHit + rule.expiry * longerByRelapse(dossier);
};

export const ratioScore: RuleModel = {
  ...plain,
  counts: 'from-askers',
  // Traps are among the inputs of these registers, yet mail to them shows as spam among the mail they see.
  takes: () => false,
  reason,
  endsAt,
  counted: (world, register, address, spam) => {
    if (!spam || !holds(world, register, address)) return;
    register.dossiers[address]!.lastHit = world.agenda.now;
    weigh(world, register, address);
  },
  codes: levelCodes,
  otherCodes: whiteCodes,
};

/**
 * Mailspike and Hostkarma. An assumption: hosts that feed them stand wherever mail is looked at, not with
 * those alone who ask them, who are mostly too small to look. They see all of it here rather than a part;
 * the ratio, which decides, is the same.
 */
export const ratioScoreEverywhere: RuleModel = { ...ratioScore, counts: 'from-all' };
