// A receiver changes its settings overnight.

import type { IncidentPlan } from '../../plan/schema.ts';
import type { World } from '../world.ts';

type Upgrade = Extract<IncidentPlan, { kind: 'receiver-upgrade' }>;

export const upgradeReceiver = (_world: World, incident: Upgrade, _index: number): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};

/** The old settings are back. */
export const downgradeReceiver = (_world: World, incident: Upgrade, _index: number): void => {
  throw new RangeError(`no ${incident.kind} yet`);
};
