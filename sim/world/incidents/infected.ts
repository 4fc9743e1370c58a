// A PC in an office has caught malware that sends through the accounts whose passwords it found.

import type { IncidentPlan } from '../../plan/schema.ts';
import type { World } from '../world.ts';

export const infect = (
  _world: World, incident: Extract<IncidentPlan, { kind: 'infected' }>, _index: number,
): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};
