// The desk asks registers to take an address off, or pays them for it, and hears what they say.

import { days } from '../../../policy/index.ts';
import { tell } from '../measures/tally.ts';
import { liesUpstream } from '../registers/delisting.ts';
import { payForRemoval, pays } from '../registers/fees.ts';
import { answerRequest, askToDelist, canBeAsked, type Register } from '../registers/register.ts';
import type { World } from '../world.ts';
import type { Case } from './caseload.ts';

/** Whether anything can be done now to have an address taken off: nothing that is under way already. */
export const canBeTakenOff = (world: World, register: Register, address: number): boolean =>
  (canBeAsked(register) || pays(world, register, address)) && !register.dossiers[address]!.asked;

/** Asks, or pays where nobody can be asked; `withCause` where the cause was found and dealt with. */
export const haveTakenOff = (
  world: World, register: Register, address: number, withCause: boolean,
): void => {
  const { desk, tally: { labour } } = world;
  desk.requests += 1;
  if (!withCause) labour.withoutCause += 1;
  const { name } = register;
  const ip = world.ips[address]!;
  const how = withCause ? '' : ', without a cause found';
  if (canBeAsked(register)) {
    askToDelist(world, register, address, withCause);
    return tell(world, 'desk', name, `asks ${name} to delist ${ip}${how}`);
  }
  const fee = payForRemoval(world, register, address);
  labour.fees += fee;
  tell(world, 'desk', name, `pays ${name} ${fee} EUR to take ${ip} off${how}`);
};

/**
 * The register has answered; where it refused, the desk comes back to it a day later. Where it was never
 * asked, the owner of the network is reminded.
 */
export const hearAnswer = (world: World, register: Register, address: number): void => {
  const { name } = register;
  const ip = world.ips[address]!;
  const isSilence = liesUpstream(register, address);
  const agreed = answerRequest(world, register, address);
  if (isSilence && !agreed) {
    tell(world, 'desk', name, `hears that the network's owner has not written to ${name} of ${ip} yet`);
    // A reminder says what the first letter said.
    return haveTakenOff(world, register, address, register.dossiers[address]!.withCause);
  }
  tell(world, 'register', name, `${name} ${agreed ? 'agrees to delist' : 'refuses to delist'} ${ip}`);
  if (agreed) return;
  world.tally.labour.refusedRequests += 1;
  const work: Case = { kind: 'listing', register, address, looks: 1 };
  world.agenda.after(days(1), { kind: 'follow-up', work });
};
