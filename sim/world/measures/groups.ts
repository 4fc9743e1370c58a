// How each group of tenants fared: who was stopped rightly and wrongly, by tenant and by message, whatever
// the size of the group. The list of the wrongly hit is cut off after fifty; these sums are not.

import type { GroupRow } from '../../result-measured.ts';
import type { Tenant } from '../senders/cast.ts';
import { culpritStory } from './culprit-story.ts';
import { meantNoHarm, shutTime } from './metrics.ts';
import { type Column, counted } from './tally.ts';
import type { World } from '../world.ts';

export const groupRows = (world: World): readonly GroupRow[] => {
  const groups = new Map<string, Tenant[]>();
  for (const tenant of world.tenants) {
    const known = groups.get(tenant.group);
    if (known === undefined) groups.set(tenant.group, [tenant]);
    else known.push(tenant);
  }
  return [...groups].map(([group, tenants]) => groupRow(world, group, tenants));
};

const groupRow = (world: World, group: string, tenants: readonly Tenant[]): GroupRow => {
  const of = (column: Column, { id }: Tenant): number => counted(world.tally, column, id);
  const all = (column: Column, whom: readonly Tenant[]): number =>
    whom.reduce((sum, tenant) => sum + of(column, tenant), 0);
  const people = tenants.filter(({ culprit }) => culprit === null);
  const careless = tenants.filter(({ culprit }) => culprit !== null && meantNoHarm(culprit));
  const wasStopped = (tenant: Tenant): boolean =>
    of('refused', tenant) + of('held', tenant) > 0 || shutTime(world, tenant) > 0;
  const wasSlowed = (tenant: Tenant): boolean => of('paced', tenant) + of('deferred', tenant) > 0;
  const wasTurnedAway = (tenant: Tenant): boolean =>
    of('blockedBounces', tenant) + of('blockedDeferrals', tenant) > 0;
  // A fault that reached several tenants is told once, of the tenant it began with.
  const faults = world.culprits.filter(({ tenant }) => tenant.group === group).map(culpritStory);
  const guilty = new Set(tenants.filter(({ culprit }) => culprit !== null));
  const blocked = new Set(world.culprits.filter((one) => culpritStory(one).blocked.observed));
  return {
    group,
    innocents: people.length,
    stopped: people.filter(wasStopped).length,
    slowed: people.filter((tenant) => wasSlowed(tenant) && !wasStopped(tenant)).length,
    turnedAway: people.filter(wasTurnedAway).length,
    guilty: guilty.size,
    guiltyStopped: [...guilty].filter(({ culprit }) => blocked.has(culprit!)).length,
    careless: careless.length,
    carelessStopped: careless.filter(wasStopped).length,
    submitted: all('submitted', people),
    refused: all('refused', people),
    held: all('held', people),
    deferred: all('deferred', people),
    paced: all('paced', people),
    bounced: all('blockedBounces', people),
    abusive: faults.reduce((sum, story) => sum + story.submitted, 0),
    escaped: faults.reduce((sum, story) => sum + story.escaped, 0),
  };
};
