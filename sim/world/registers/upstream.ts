// The owner of the network that our addresses are rented from. Some registers hear nobody else (the SBL), and
// write to nobody else; he passes words on in both directions when he gets to it, and not always.

import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import { officeTime } from './answering-hours.ts';
import type { Register } from './register.ts';

/** He passes our words on, or sets a reverse name, within 4 to 48 hours, at his office; an assumption. */
const forwarding = { leastS: 4 * 3_600, mostS: 48 * 3_600 };

/**
 * Share of letters, ours and a register's, that he leaves lying: "ignored notifications" are a published
 * reason for the SBL to list more of a network (registers.json, triggers); how many are is an assumption.
 */
const leftLying = 0.2;

/** Seconds until he has passed on the so-manyth letter about an address, sent now. */
export const forwardedAfterS = (
  world: World, register: Register, address: number, letter: number, why: number = purpose.forwarded,
): number => {
  const drawn = world.luck.draw(register.luck, letter, why, world.ipLuck[address]!);
  const waitS = forwarding.leastS + drawn * (forwarding.mostS - forwarding.leastS);
  return (officeTime(world, world.agenda.now + waitS * 1_000) - world.agenda.now) / 1_000;
};

export const isLeftLying = (
  world: World, register: Register, address: number, letter: number, why: number = purpose.leftLying,
): boolean => world.luck.draw(register.luck, letter, why, world.ipLuck[address]!) < leftLying;
