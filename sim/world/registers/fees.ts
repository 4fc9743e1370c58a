// Registers that take money: UCEPROTECT Level 1 and Backscatterer take an address off at once for a fee, and
// Levels 2 and 3 exempt it from its neighbours' listings for as long as one pays. Money buys no trust and no
// immunity: the next hit lists as ever.

import { milliseconds, seconds } from '../../../policy/index.ts';
import type { World } from '../world.ts';
import { feeOf } from './prices.ts';
import { decide, type Register } from './register.ts';

const dayMs = 86_400_000;

/** The shortest exemption that is sold (registers.json, feeNote: "25 CHF/1 mo"). */
const exemptionMs = 30 * dayMs;

/** Who paid in vain does not pay again so soon for the same address, and waits instead; an assumption. */
const paysAgainMs = 7 * dayMs;

/** Whether the desk pays now for this address. */
export const pays = (world: World, { preset, dossiers }: Register, address: number): boolean =>
  world.plan.desk.paysForRemoval === true && feeOf(preset) !== null &&
  world.agenda.now - dossiers[address]!.paidAt >= paysAgainMs;

/** The fee is paid, in euros; what it buys comes within the least time that the preset states. */
export const payForRemoval = (world: World, register: Register, address: number): number => {
  const { preset } = register;
  for (const one of coveredBy(world, register)) one.dossiers[address]!.paidAt = world.agenda.now;
  const bought = { kind: 'removal-bought', register, address } as const;
  world.agenda.after(seconds(preset.delist.minS ?? 0), bought, 0);
  return feeOf(preset)!;
};

/** One exemption holds for Levels 2 and 3 alike; an express removal for its register alone. */
const coveredBy = (world: World, register: Register): readonly Register[] =>
  register.preset.model === 'escalation'
    ? world.registers.filter(({ preset: { model } }) => model === 'escalation')
    : [register];

/** What was paid for. Hits are forgotten with the listing; trust is neither won nor lost by money. */
export const removeForFee = (world: World, register: Register, address: number): void => {
  for (const one of coveredBy(world, register)) {
    const dossier = one.dossiers[address]!;
    if (one.preset.model === 'escalation') {
      dossier.exemptUntil = world.agenda.now + exemptionMs;
      // Whoever is to be listed all the same is so when the month is over.
      world.agenda.after(milliseconds(exemptionMs), { kind: 'register-look', register: one, address }, 0);
    } else {
      dossier.hits = [];
    }
    decide(world, one, address, false, one === register ? 'removed for a fee' : 'exempt for a fee');
  }
};
