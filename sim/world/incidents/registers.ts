// What goes wrong with a register: it changes its rule overnight, it fails, or it lists a neighbour's range.

import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { upgrade } from '../registers/register.ts';
import type { World } from '../world.ts';

export const upgradeRegister = (
  world: World, incident: Extract<IncidentPlan, { kind: 'register-upgrade' }>,
): void => {
  const register = world.registers.find((one) => one.name === incident.register)!;
  const { trapThreshold, window, expiry, coverage } = incident.to;
  upgrade(world, register, {
    ...(trapThreshold !== undefined && { threshold: trapThreshold }),
    ...(window !== undefined && { window }),
    ...(expiry !== undefined && { expiry }),
    ...(coverage !== undefined && { coverage }),
  });
  const { rule } = register;
  const hits = `${rule.threshold} trap hits in ${rule.window / 3_600_000} h`;
  const said = `${register.name} changes its rule: ${hits}`;
  tell(world, 'register', register.name, said);
};

export const failRegister = (
  _world: World, incident: Extract<IncidentPlan, { kind: 'register-fault' }>,
): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};

export const healRegister = (
  _world: World, incident: Extract<IncidentPlan, { kind: 'register-fault' }>,
): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};

export const beginNeighbour = (
  _world: World, incident: Extract<IncidentPlan, { kind: 'neighbour' }>, _index: number,
): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};
