// A tenant's autoresponder answers forged mail: its answers reach people, and traps, that never wrote.

import type { IncidentPlan } from '../../plan/schema.ts';
import type { World } from '../world.ts';

export const answerForged = (
  _world: World, incident: Extract<IncidentPlan, { kind: 'backscatter' }>, _index: number,
): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};
