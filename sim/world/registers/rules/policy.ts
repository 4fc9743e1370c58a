// Policy registers list what an address is, not what it did: a dynamic range (PBL), a missing or generic
// reverse name together with abuse (SpamRATS), or an address that was silent for 30 days (Abusix NOIP).

import { milliseconds } from '../../../../policy/index.ts';
import type { World } from '../../world.ts';
import { countSince } from '../dossier.ts';
import { plain, type RuleModel } from '../model.ts';
import { paramsOf } from '../params.ts';
import { type Register, weigh } from '../register.ts';

/** Listed for as long as the address has the property. */
const whileDeclared = (_world: World, register: Register, address: number): number =>
  register.property[address] === 1 ? Number.POSITIVE_INFINITY : 0;

const declaredAs = (register: Register, address: number): string | null =>
  register.property[address] === 1 ? (paramsOf(register.preset).property ?? 'policy') : null;

/** PBL. */
export const declared: RuleModel = {
  ...plain,
  takes: () => false,
  reason: (_world, register, address) => declaredAs(register, address),
  endsAt: whileDeclared,
};

/** Unknown users within a day that SpamRATS takes for abuse ("many invalid recipients"); an assumption. */
const manyErrors = 50;

/** SpamRATS Dyna and NoPtr: the property alone does not list, nor does abuse alone. */
export const declaredAndAbusive: RuleModel = {
  ...plain,
  counts: 'from-all',
  reason: (world, register, address) => {
    const { now } = world.agenda;
    const hits = countSince(register.dossiers[address]!.hits, now - register.rule.window);
    const abused = hits > 0 || register.traffic!.sum(address, now, 'errors') >= manyErrors;
    return abused ? declaredAs(register, address) : null;
  },
  endsAt: whileDeclared,
  counted: (world, register, address) => {
    if (register.property[address] === 0) return;
    if (register.traffic!.sum(address, world.agenda.now, 'errors') >= manyErrors)
      weigh(world, register, address);
  },
};

/**
 * Abusix NOIP: an address not seen for 30 days is listed for 25 h from its first mail on. An assumption: its
 * users are so many that it sees an address' first mail wherever it goes.
 */
export const coldAddress: RuleModel = {
  ...plain,
  counts: 'from-all',
  takes: () => false,
  reason: (world, register, address) =>
    world.agenda.now - register.lastSeen[address]! > register.rule.window ? 'not seen for 30 days' : null,
  endsAt: (_world, register, address) =>
    register.rule.expiry === null
      ? Number.POSITIVE_INFINITY
      : register.dossiers[address]!.listedAt + register.rule.expiry,
  counted: (world, register, address) => {
    const { now } = world.agenda;
    if (now - register.lastSeen[address]! > register.rule.window) weigh(world, register, address);
    register.lastSeen[address] = now;
  },
};

/** Who is on such a register for what it is stood there before the run began: the zone says so at once. */
export const listFromTheStart = (world: World): void => {
  for (const register of world.registers.flatMap((one) => [one, ...one.members])) {
    if (register.model !== declared) continue;
    for (const [address, dossier] of register.dossiers.entries()) {
      const why = declaredAs(register, address);
      if (why === null || dossier.decided) continue;
      dossier.decided = true;
      dossier.listedAt = world.agenda.now;
      const listing = { kind: 'register-publication', register, address, list: true, why } as const;
      world.agenda.after(milliseconds(0), listing, 0);
    }
  }
};

/** Whether an address stands on it for what it is, and not for what was sent: nobody is to blame for that. */
export const isListedForItself = (register: Register, address: number): boolean =>
  register.members.length > 0
    ? register.members.every((one) => one.model === declared || !one.dossiers[address]!.decided)
    : register.model === declared;
