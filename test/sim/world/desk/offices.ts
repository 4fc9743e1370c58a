// The platform whose desk's cases are tested: five offices, who write only when a test lets them.

import type { Reason } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { type Circumstances, mute, worldOf } from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

/**
 * Five tenants of two accounts, all mute; one strict register; a desk as in the plan, save what a test says.
 */
export const platform = (
  desk: Desk = {},
  changes: Partial<PlanInput> = {},
  circumstances: Circumstances = {},
): World =>
  worldOf(
    {
      registers: [{ name: 'watch', preset: 'barracuda-brbl', rule: { trapThreshold: 1, expiry: '90d' } }],
      tenants: [{ name: 'offices', count: 5, accounts: 2, pool: 'shared', stream: mute }],
      desk,
      ...changes,
    },
    circumstances,
  );

export const reason: Reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

export const isShut = (world: World, { tenant, id }: Account): boolean =>
  world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined;
