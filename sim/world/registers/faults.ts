// What can be wrong with a register for a while (registers.json, faults): its zone says what is not so, says
// nothing, or its people do not answer. Faults of a receiver's resolver and settings are the receiver's.

import type { IncidentPlan } from '../../plan/schema.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import type { Register } from './register.ts';

export type FaultId = Extract<IncidentPlan, { kind: 'register-fault' }>['fault'];

/** A register's own faults; the others lie with those who ask it. */
export type Fault = Exclude<FaultId, 'resolver-blocked' | 'quota-exceeded' | 'any-A-is-listed'>;

export const isOwnFault = (fault: FaultId): fault is Fault =>
  fault !== 'resolver-blocked' && fault !== 'quota-exceeded' && fault !== 'any-A-is-listed';

/**
 * Requests to an operator who cannot be reached lie for 7 to 30 days (registers.json, operator-unreachable).
 */
const silence = { leastS: 604_800, mostS: 2_592_000 };

/** How much longer an answer takes while the operator cannot be reached. */
export const silenceS = (world: World, register: Register, address: number, request: number): number => {
  if (register.fault !== 'operator-unreachable') return 0;
  const drawn = world.luck.draw(register.luck, request, purpose.silence, world.ipLuck[address]!);
  return silence.leastS + drawn * (silence.mostS - silence.leastS);
};

/**
 * What a parking host answers for every name of a domain that was let go: an address of its own (TEST-NET-3).
 */
export const parkingAddress = '203.0.113.80';

/** A register has so many mirrors, one of which is stale; an assumption. A question goes to any of them. */
const mirrors = 3;

/** Whether a question at this instant goes to the stale mirror. */
export const meetsStaleMirror = (world: World, register: Register, address: number): boolean =>
  world.luck.draw(register.luck, world.agenda.now, purpose.mirror, world.ipLuck[address]!) < 1 / mirrors;
