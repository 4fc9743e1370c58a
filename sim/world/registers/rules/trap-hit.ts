// Trap hits: an address that reached enough traps within the window is listed, and comes off its time after
// the last hit. Hits older than the window count no more. Some let that time grow with each repeat.

import type { World } from '../../world.ts';
import { countSince } from '../dossier.ts';
import { plain, type RuleModel, several } from '../model.ts';
import { paramsOf } from '../params.ts';
import type { Register } from '../register.ts';
import { longerByRelapse } from '../trust.ts';

const reason = (world: World, register: Register, address: number): string | null => {
  const { rule, dossiers } = register;
  const fresh = countSince(dossiers[address]!.hits, world.agenda.now - rule.window);
  const allowed = isKnown(world, register, address) ? rule.allowed : 0;
  return fresh >= Math.max(1, rule.threshold) + allowed ? several(fresh, 'trap hit') : null;
};

/**
 * A known mail server has sent for 30 days: an address that the plan does not call cold, from the start; one
 * that it does, a month into the run.
 */
const isKnown = (world: World, { isNew }: Register, address: number): boolean =>
  isNew[address] === 0 || world.agenda.now >= 2_592_000_000;

/**
 * rbls.de: the first listing lasts 96 h, each further hit starts the clock again and adds 24 h, and 30 quiet
 * days forget it all. Others have one length, longer only for those who lost the operator's trust.
 */
const endsAt = (_world: World, register: Register, address: number): number => {
  const { rule, preset, dossiers } = register;
  const dossier = dossiers[address]!;
  if (rule.expiry === null) return Number.POSITIVE_INFINITY;
  const growthS = paramsOf(preset).expiryGrowth?.addPerRepeatS ?? 0;
  const length = rule.expiry * longerByRelapse(dossier) + dossier.repeats * growthS * 1_000;
  return dossier.lastHit + length;
};

export const trapHit: RuleModel = { ...plain, reason, endsAt };

/** BBFH: the hits of a /24 count together and list all of it; off after 7 clean days there. */
export const trapHitByRange: RuleModel = { ...trapHit, prefix: 24 };
