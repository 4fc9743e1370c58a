// What a finished run leaves behind, put together: metrics, culprits, the wrongly hit, listings, replies,
// rules. Reads the world, changes nothing.

import type { ListingStory, QueueRow, ReceiverRow, RuleRow, SeedResult, TenantHit } from '../../result.ts';
import { type Tenant, tenantName } from '../senders/cast.ts';
import { culpritStory } from './culprit-story.ts';
import { daysOf } from './day-tally.ts';
import { heardOf } from './ears.ts';
import { groupRows } from './groups.ts';
import { greatestAge, metricsOf, shutTime, spared } from './metrics.ts';
import { seriesOf } from './series.ts';
import { counted } from './tally.ts';
import type { World } from '../world.ts';

export const tellStory = (world: World, fingerprint: string, events: number): SeedResult => ({
  seed: world.seed,
  fingerprint,
  events,
  innocents: spared(world).length,
  metrics: metricsOf(world),
  culprits: world.culprits.map(culpritStory),
  hits: hitsOf(world),
  listings: world.tally.listings.map(
    ({ register, address, listed, delisted, cause, ending }): ListingStory => ({
      register,
      address,
      listed,
      delisted,
      cause,
      ending,
    }),
  ),
  receivers: receiverRows(world),
  queues: queueRows(world),
  rules: ruleRows(world),
  timeline: world.tally.timeline,
  timelineLeftOut: world.tally.timelineLeftOut,
  series: seriesOf(world),
  missingPools: [...world.tally.missingPools].map(([pool, times]) => ({ pool, times })),
  days: daysOf(world),
  groups: groupRows(world),
  heard: heardOf(world),
});

const mostHits = 50;

/** Innocent tenants the policy or the desk hit, those that lost mail first. */
const hitsOf = (world: World): readonly TenantHit[] => {
  const { tally } = world;
  const { hitsBy } = tally;
  const hits = spared(world)
    .filter(
      (tenant) =>
        hitsBy.has(tenant.id) || shutTime(world, tenant) > 0 || counted(tally, 'refused', tenant.id) > 0,
    )
    .map((tenant): TenantHit => {
      const { id } = tenant;
      const rules = [...(hitsBy.get(id) ?? new Map<string, number>())].sort((one, two) => two[1] - one[1]);
      return {
        tenant: tenantName(tenant),
        careless: tenant.culprit !== null,
        submitted: counted(tally, 'submitted', id),
        rejected: counted(tally, 'refused', id),
        held: counted(tally, 'held', id),
        deferred: counted(tally, 'deferred', id),
        paced: counted(tally, 'paced', id),
        suspendedMs: shutTime(world, tenant),
        rule: rules[0]?.[0].split('|')[0] ?? stopperOf(tenant),
      };
    });
  const harm = (one: TenantHit): number =>
    one.rejected * 1e6 + one.held * 1e4 + one.deferred * 1e2 + one.paced;
  return hits.sort((one, two) => harm(two) - harm(one)).slice(0, mostHits);
};

/** Who shut a tenant that no rule refused a wanted message of. */
const stopperOf = ({ culprit }: Tenant): string =>
  culprit === null ? 'desk evidence' : culpritStory(culprit).blockedBy;

const receiverRows = (world: World): readonly ReceiverRow[] => [
  ...world.tally.acceptedBy.map(({ wanted, abusive }, receiver) => ({
    receiver: world.receivers[receiver]!.name,
    reply: '250 2.0.0',
    class: 'accepted',
    wanted,
    abusive,
  })),
  ...world.tally.replies.values(),
];

const queueRows = (world: World): readonly QueueRow[] =>
  world.outbound.lanes.map((lane, index) => ({
    receiver: world.receivers[index]!.name,
    peak: lane.peak,
    peakAt: lane.peakAt,
    oldest: greatestAge(world, lane),
    left: lane.depth,
  }));

const ruleRows = (world: World): readonly RuleRow[] =>
  [...world.tally.rules].map(([key, count]) => {
    const [rule, verdict] = key.split('|') as [string, string];
    const { abusive, culpritWanted, innocent } = count;
    return { rule, verdict, abusive, culpritWanted, innocent, innocentTenants: count.innocentTenants.size };
  });
