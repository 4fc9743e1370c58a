// What registers that take money ask for.

import type { RegisterPreset } from '../../presets/index.ts';

/**
 * Euros for an express removal; an assumption. registers.json: "express removal needs a fee; price not on the
 * stored page"; from memory it was 89 Swiss francs, which we take at par.
 */
const expressEUR = 90;

/** Euros for a month's exemption of one address: 25 Swiss francs (registers.json, feeNote), taken at par. */
const exemptionEUR = 25;

/** Euros that a register asks to take an address off, or to exempt it; null where it takes none. */
export const feeOf = ({ delist, model }: RegisterPreset): number | null => {
  if (!delist.channel.includes('paid')) return null;
  return model === 'escalation' ? exemptionEUR : expressEUR;
};
