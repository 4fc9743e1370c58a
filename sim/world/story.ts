// What a finished run amounts to: the metrics of docs/METRICS.md, and the stories behind them. Reads the world, changes
// nothing. The one rule of its own is when a culprit counts as blocked.

import type { CulpritStory, ListingStory, Measure, MetricName, ReceiverRow, RuleRow, SeedResult, TenantHit } from '../result.ts';
import { power } from '../samplers.ts';
import { type Culprit, type Tenant, tenantName } from './cast.ts';
import { seriesOf } from './series.ts';
import { type Column, delayQuantile } from './tally.ts';
import type { World } from './world.ts';

export const tellStory = (world: World, fingerprint: string, events: number): SeedResult => ({
  seed: world.seed,
  fingerprint,
  events,
  innocents: spared(world).length,
  metrics: metricsOf(world),
  culprits: world.culprits.map(culpritStory),
  hits: hitsOf(world),
  listings: world.tally.listings.map(({ register, address, listed, delisted, cause, ending }): ListingStory => ({
    register, address, listed, delisted, cause, ending,
  })),
  receivers: receiverRows(world),
  rules: ruleRows(world),
  timeline: world.tally.timeline,
  timelineLeftOut: world.tally.timelineLeftOut,
  series: seriesOf(world.tally.series),
});

const seen = (value: number): Measure => ({ value, observed: true });
const censored = (value: number): Measure => ({ value, observed: false });
const none: Measure = { value: null, observed: false };

/** A culprit counts as blocked while at most this share of what it submits within an hour leaves the platform. */
const blockedShare = 0.01;
const hourMs = 3_600_000;
/** A block of fewer submissions than this at the very end of an attack proves nothing. */
const leastBlocked = 3;
/** Nor does one that the leaks of the hour before it would show by luck alone more often than this. */
const mostLuck = 0.05;

/**
 * Index of the first stopped submission from which on, in every hour up to the last submission, at most 1 % leaves the
 * platform; -1 where there is none. Hours, and not the whole rest at once: a thief who goes on knocking for a night
 * would else dilute what got out at first. Leaving, and not acceptance: a last message to an unknown user would else
 * pass for a block. `times` never fall; `left[i]` above 0 says that submission i left.
 */
export const blockedFrom = (times: readonly number[], left: readonly number[]): number => {
  let from = times.length;
  let end = times.length;
  let leaks = 0;
  for (let index = times.length - 1; index >= 0; index -= 1) {
    if (left[index]! > 0) leaks += 1;
    while (times[end - 1]! > times[index]! + hourMs) {
      end -= 1;
      if (left[end]! > 0) leaks -= 1;
    }
    const wholeHour = end < times.length;
    if (wholeHour && leaks > blockedShare * (end - index)) break;
    if (left[index] === 0 && (wholeHour || leaks <= blockedShare * (end - index))) from = index;
  }
  return times.length - from < leastBlocked || isLuck(times, left, from) ? -1 : from;
};

/** Whether a culprit that leaks as it did in the hour before would show as many stopped ones in a row too often by chance. */
const isLuck = (times: readonly number[], left: readonly number[], from: number): boolean => {
  let leaks = 0;
  let before = from;
  for (; before > 0 && times[before - 1]! >= times[from]! - hourMs; before -= 1) if (left[before - 1]! > 0) leaks += 1;
  return leaks > 0 && power(1 - leaks / (from - before), times.length - from) > mostLuck;
};

const blockTime = (culprit: Culprit): Measure => {
  const { times, left, onset } = culprit;
  if (times.length === 0) return none;
  const from = blockedFrom(times, left);
  return from < 0 ? censored(times.at(-1)! - onset) : seen(times[from]! - onset);
};

const culpritStory = (culprit: Culprit): CulpritStory => {
  const blocked = blockTime(culprit);
  const until = blocked.observed ? culprit.onset + blocked.value! : Number.POSITIVE_INFINITY;
  const last = culprit.times.at(-1) ?? culprit.onset;
  return {
    tenant: tenantName(culprit.tenant),
    cause: culprit.cause,
    onset: culprit.onset,
    ended: last,
    submitted: culprit.times.length,
    escaped: culprit.left.filter((far) => far === 2).length,
    escapedUntilBlock: culprit.left.filter((far, index) => far === 2 && culprit.times[index]! < until).length,
    detected: culprit.detectedAt < 0 ? censored(last - culprit.onset) : seen(Math.max(0, culprit.detectedAt - culprit.onset)),
    blocked,
    detectedBy: culprit.detectedBy,
    blockedBy: blocked.observed ? stopperFrom(culprit, blockedFrom(culprit.times, culprit.left)) : '',
  };
};

/** The rule that spoke of the first stopped submission of a block, or of the next one it spoke of. */
const stopperFrom = (culprit: Culprit, from: number): string =>
  culprit.stoppers.slice(from).find((stopper) => stopper !== '') ?? '';

/** Innocents of a run; careless tenants are among them where a refusal is concerned (DESIGN.md, fp.tenants). */
const innocents = (world: World): readonly Tenant[] => world.tenants.filter((tenant) => tenant.culprit === null);
const spared = (world: World): readonly Tenant[] =>
  world.tenants.filter((tenant) => tenant.culprit === null || tenant.culprit.cause === 'careless');

/** How long accounts of a tenant were shut, those that still are up to now. */
const shutTime = (world: World, { id, accounts }: Tenant): number => {
  const now = world.agenda.now;
  const still = accounts.filter((one) => one.shutSince >= 0 && world.engine.suspension(id, one.id, now) !== undefined);
  return still.reduce((total, one) => total + now - one.shutSince, world.tally.shutMs.get(id) ?? 0);
};

const sum = (world: World, tenants: readonly Tenant[], column: Column): number =>
  tenants.reduce((total, tenant) => total + world.tally.byTenant[column][tenant.id]!, 0);

const shareOf = (part: number, whole: number): Measure => (whole === 0 ? none : seen(part / whole));

const metricsOf = (world: World): Record<MetricName, Measure> => {
  const { tally, culprits } = world;
  const people = innocents(world);
  const { byTenant } = tally;
  const refusedTenants = spared(world).filter((tenant) =>
    byTenant.refused[tenant.id]! + byTenant.held[tenant.id]! > 0 || shutTime(world, tenant) > 0);
  const pacedTenants = people.filter(({ id }) => byTenant.paced[id]! + byTenant.deferred[id]! > 0);
  const blockedTenants = people.filter(({ id }) => byTenant.blockedBounces[id]! + byTenant.blockedDeferrals[id]! > 0);
  const submitted = sum(world, people, 'submitted');
  const share = (column: Column): Measure => shareOf(sum(world, people, column), submitted);
  const stories = culprits.filter((culprit) => culprit.times.length > 0).map(culpritStory);
  const abusive = stories.reduce((total, story) => total + story.submitted, 0);
  const escaped = stories.reduce((total, story) => total + story.escaped, 0);
  const delay = (quantile: number): Measure => {
    const minutes = delayQuantile(tally, quantile);
    return minutes === null ? none : seen(minutes);
  };
  return {
    'time_to_detect': worst(stories.map((story) => story.detected)),
    'time_to_block': worst(stories.map((story) => story.blocked)),
    'abusive.submitted': seen(abusive),
    'escaped': seen(escaped),
    'escaped.share': shareOf(escaped, abusive),
    'escaped.until_block': seen(stories.reduce((total, story) => total + story.escapedUntilBlock, 0)),
    ...listingMetrics(world),
    'trap_hits': seen(tally.trapHits),
    'trap_hits.background': seen(tally.backgroundTrapHits),
    'fp.tenants': shareOf(refusedTenants.length, spared(world).length),
    'fp.tenants.paced': shareOf(pacedTenants.length, people.length),
    'fp.messages.rejected': share('refused'),
    'fp.messages.held': share('held'),
    'fp.messages.deferred': share('deferred'),
    'fp.messages.paced': share('paced'),
    'fp.delay.p50': delay(0.5),
    'fp.delay.p95': delay(0.95),
    'wanted.submitted': seen(submitted),
    'wanted.delivered': seen(sum(world, people, 'delivered')),
    'wanted.lost': seen(sum(world, people, 'lost')),
    'collateral.bounced': seen(sum(world, people, 'blockedBounces')),
    'collateral.deferred': seen(sum(world, people, 'blockedDeferrals')),
    'collateral.bounced.share': share('blockedBounces'),
    'collateral.tenants': shareOf(blockedTenants.length, people.length),
    'attribution.correct': tally.accusations.length === 0 ? none : seen(tally.accusations[0]!.right ? 1 : 0),
    'attribution.wrongly_accused': seen(new Set(tally.accusations.filter((one) => !one.right).map((one) => one.tenant)).size),
    'delist.requests': seen(world.desk.requests),
    'desk.hours': seen(world.desk.workedMs / 3_600_000),
    'queue.peak': seen(tally.queuePeak),
  };
};

/** Of several culprits, the one that took longest; one that never ends is the longest. */
const worst = (measures: readonly Measure[]): Measure => {
  const known = measures.filter((measure) => measure.value !== null);
  if (known.length === 0) return none;
  const open = known.filter((measure) => !measure.observed);
  const among = open.length > 0 ? open : known;
  return among.reduce((one, two) => (two.value! > one.value! ? two : one));
};

/** When the first culprit began; where there is none, the first incident; else the start. */
const firstOnset = (world: World): number => {
  const times = world.culprits.length > 0 ? world.culprits.map((culprit) => culprit.onset) : world.plan.incidents.map((incident) => incident.at);
  return times.length === 0 ? 0 : Math.min(...times);
};

const listingMetrics = (world: World) => {
  const { listings, lastBlocked } = world.tally;
  const { length: end, warmup } = world.plan;
  const onset = firstOnset(world);
  const after = listings.filter((listing) => listing.listed >= onset);
  const first = after[0];
  const hoursListed = listings.reduce((total, one) => total + Math.max(0, (one.delisted ?? end) - Math.max(one.listed, warmup)) / 3_600_000, 0);
  const lastEnd = after.some((one) => one.delisted === null) ? null : Math.max(...after.map((one) => one.delisted!));
  return {
    'time_to_list': first === undefined ? censored(end - onset) : seen(first.listed - onset),
    'time_to_delist': worst(after.map((one) => (one.delisted === null ? censored(end - one.listed) : seen(one.delisted - one.listed)))),
    'listed_hours': seen(hoursListed),
    'time_to_recover':
      after.length === 0 ? none : lastEnd === null ? censored(end - onset) : seen(Math.max(0, lastBlocked - lastEnd)),
  };
};

const mostHits = 50;

/** Innocent tenants the policy or the desk hit, those that lost mail first. */
const hitsOf = (world: World): readonly TenantHit[] => {
  const { byTenant, hitsBy } = world.tally;
  const hits = spared(world)
    .filter((tenant) => hitsBy.has(tenant.id) || shutTime(world, tenant) > 0 || byTenant.refused[tenant.id]! > 0)
    .map((tenant): TenantHit => {
      const { id } = tenant;
      const rules = [...(hitsBy.get(id) ?? new Map<string, number>())].sort((one, two) => two[1] - one[1]);
      return {
        tenant: tenantName(tenant),
        careless: tenant.culprit !== null,
        submitted: byTenant.submitted[id]!,
        rejected: byTenant.refused[id]!,
        held: byTenant.held[id]!,
        deferred: byTenant.deferred[id]!,
        paced: byTenant.paced[id]!,
        suspendedMs: shutTime(world, tenant),
        rule: rules[0]?.[0].split('|')[0] ?? 'desk evidence',
      };
    });
  const harm = (one: TenantHit): number => one.rejected * 1e6 + one.held * 1e4 + one.deferred * 1e2 + one.paced;
  return hits.sort((one, two) => harm(two) - harm(one)).slice(0, mostHits);
};

const receiverRows = (world: World): readonly ReceiverRow[] => [
  ...world.tally.acceptedBy.map(({ wanted, abusive }, receiver) => ({
    receiver: world.receivers[receiver]!.name, reply: '250 2.0.0', class: 'accepted', wanted, abusive,
  })),
  ...world.tally.replies.values(),
];

const ruleRows = (world: World): readonly RuleRow[] =>
  [...world.tally.rules].map(([key, count]) => {
    const [rule, verdict] = key.split('|') as [string, string];
    const { abusive, culpritWanted, innocent } = count;
    return { rule, verdict, abusive, culpritWanted, innocent, innocentTenants: count.innocentTenants.size };
  });
