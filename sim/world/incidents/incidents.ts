// What goes wrong, at its time: one switch over all kinds of incident, one file a kind beside it.

import { milliseconds } from '../../../policy/index.ts';
import type { World } from '../world.ts';
import { answerForged } from './backscatter.ts';
import { mailCarelessly } from './careless.ts';
import { compromise } from './compromised.ts';
import { infect } from './infected.ts';
import { downgradeReceiver, upgradeReceiver } from './receiver-upgrade.ts';
import {
  beginNeighbour, downgradeRegister, failRegister, healRegister, upgradeRegister,
} from './registers.ts';
import { signUpSpammer } from './spammer.ts';

export const begin = (world: World, index: number): void => {
  const incident = world.plan.incidents[index]!;
  switch (incident.kind) {
    case 'compromised':
      return compromise(world, incident, index);
    case 'infected':
      return infect(world, incident, index);
    case 'careless':
      return mailCarelessly(world, incident, index);
    case 'spammer':
      return signUpSpammer(world, incident, index);
    case 'backscatter':
      return answerForged(world, incident, index);
    case 'register-upgrade':
      endLater(world, incident.length, index);
      return upgradeRegister(world, incident);
    case 'receiver-upgrade':
      endLater(world, incident.length, index);
      return upgradeReceiver(world, incident, index);
    case 'register-fault':
      endLater(world, incident.length, index);
      return failRegister(world, incident);
    case 'neighbour':
      return beginNeighbour(world, incident, index);
    default:
      return incident satisfies never;
  }
};

const endLater = (world: World, length: number | undefined, index: number): void => {
  if (length !== undefined) world.agenda.after(milliseconds(length), { kind: 'incident-over', index }, 0);
};

/** The time of an incident that passes is over. */
export const end = (world: World, index: number): void => {
  const incident = world.plan.incidents[index]!;
  switch (incident.kind) {
    case 'register-upgrade':
      return downgradeRegister(world, incident);
    case 'register-fault':
      return healRegister(world, incident);
    case 'receiver-upgrade':
      return downgradeReceiver(world, incident, index);
    default:
      throw new Error(`an incident of kind ${incident.kind} does not end`);
  }
};
