// The metrics of docs/METRICS.md, from what the tally counted. Innocents are known only now that the run is
// over.

import type { Measure, MetricName } from '../../result.ts';
import { type Lane, oldestAge } from '../platform/lane.ts';
import type { Culprit, Tenant } from '../senders/cast.ts';
import { culpritStory } from './culprit-story.ts';
import { junkedOf } from './junk-tally.ts';
import { censored, none, seen } from './measures.ts';
import type { Accusation } from './labour.ts';
import { type Column, counted, delayQuantile } from './tally.ts';
import type { World } from '../world.ts';

export const meantNoHarm = ({ cause }: Culprit): boolean => cause === 'careless' || cause === 'backscatter';

/**
 * Innocents of a run; careless tenants are among them where a refusal is concerned (DESIGN.md, fp.tenants).
 */
const innocents = (world: World): readonly Tenant[] =>
  world.tenants.filter((tenant) => tenant.culprit === null);
export const spared = (world: World): readonly Tenant[] =>
  world.tenants.filter((tenant) => tenant.culprit === null || meantNoHarm(tenant.culprit));

/** How long accounts of a tenant were shut, those that still are up to now. */
export const shutTime = (world: World, { id, accounts }: Tenant): number => {
  const now = world.agenda.now;
  const still = accounts.filter(
    (one) => one.shutSince >= 0 && world.engine.suspension(id, one.id, now) !== undefined,
  );
  return still.reduce((total, one) => total + now - one.shutSince, world.tally.shutMs.get(id) ?? 0);
};

const sum = (world: World, tenants: readonly Tenant[], column: Column): number =>
  tenants.reduce((total, tenant) => total + counted(world.tally, column, tenant.id), 0);

const shareOf = (part: number, whole: number): Measure => (whole === 0 ? none : seen(part / whole));

export const metricsOf = (world: World): Record<MetricName, Measure> => {
  const { tally, culprits } = world;
  const people = innocents(world);
  const of = (column: Column, { id }: Tenant): number => counted(tally, column, id);
  const refusedTenants = spared(world).filter(
    (tenant) => of('refused', tenant) + of('held', tenant) > 0 || shutTime(world, tenant) > 0,
  );
  const pacedTenants = people.filter((tenant) => of('paced', tenant) + of('deferred', tenant) > 0);
  const blockedTenants = people.filter(
    (tenant) => of('blockedBounces', tenant) + of('blockedDeferrals', tenant) > 0,
  );
  const accusations = tally.accusations.filter((one) => one.at >= world.plan.warmup);
  const submitted = sum(world, people, 'submitted');
  const share = (column: Column): Measure => shareOf(sum(world, people, column), submitted);
  const stories = culprits.filter((culprit) => culprit.abuse.count > 0).map(culpritStory);
  const abusive = stories.reduce((total, story) => total + story.submitted, 0);
  const escaped = stories.reduce((total, story) => total + story.escaped, 0);
  const delay = (quantile: number): Measure => {
    const minutes = delayQuantile(tally, quantile);
    return minutes === null ? none : seen(minutes);
  };
  return {
    time_to_detect: worst(stories.map((story) => story.detected)),
    time_to_block: worst(stories.map((story) => story.blocked)),
    'abusive.submitted': seen(abusive),
    escaped: seen(escaped),
    'escaped.share': shareOf(escaped, abusive),
    'escaped.until_block': seen(stories.reduce((total, story) => total + story.escapedUntilBlock, 0)),
    ...listingMetrics(world),
    trap_hits: seen(tally.trapHits),
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
    'collateral.junked': seen(junkedOf(world, people)),
    'collateral.junked.share': shareOf(junkedOf(world, people), submitted),
    'collateral.tenants': shareOf(blockedTenants.length, people.length),
    'attribution.correct': accusations.length === 0 ? none : seen(accusations[0]!.right ? 1 : 0),
    'attribution.wrongly_accused': seen(
      new Set(accusations.filter((one) => !one.right).map((one) => one.tenant)).size,
    ),
    'attribution.wrong_before': seen(wrongBefore(accusations)),
    'wrongly_shut.hours': seen(
      spared(world).reduce((total, tenant) => total + shutTime(world, tenant), 0) / 3_600_000,
    ),
    appeals: seen(tally.labour.appeals),
    tickets: seen(tally.labour.tickets),
    'urgent.diverted': seen(tally.labour.diverted),
    'delist.requests': seen(world.desk.requests),
    'delist.without_cause': seen(tally.labour.withoutCause),
    'delist.refused': seen(tally.labour.refusedRequests),
    'delist.fees': seen(tally.labour.fees),
    'desk.hours': seen(world.desk.workedMs / 3_600_000),
    'desk.backlog': seen(tally.labour.backlog),
    'queue.peak': seen(tally.queuePeak),
    'queue.age': seen(Math.max(0, ...world.outbound.lanes.map((lane) => greatestAge(world, lane)))),
  };
};

/** Tenants wrongly accused before the first right accusation; all of them where none was right. */
const wrongBefore = (accusations: readonly Accusation[]): number => {
  const right = accusations.findIndex((one) => one.right);
  const before = right < 0 ? accusations : accusations.slice(0, right);
  return new Set(before.map((one) => one.tenant)).size;
};

/** The greatest age of anything in a receiver's queue, those still in it among them. */
export const greatestAge = (world: World, lane: Lane): number =>
  Math.max(lane.age, oldestAge(lane, world.agenda.now));

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
  const times =
    world.culprits.length > 0
      ? world.culprits.map((culprit) => culprit.onset)
      : world.plan.incidents.map((incident) => incident.at);
  return times.length === 0 ? 0 : Math.min(...times);
};

const listingMetrics = (world: World) => {
  const { listings, lastBlocked } = world.tally;
  const { length: end, warmup } = world.plan;
  const onset = firstOnset(world);
  const after = listings.filter((listing) => listing.listed >= onset);
  const first = after[0];
  const hoursListed = listings.reduce(
    (total, one) => total + Math.max(0, (one.delisted ?? end) - Math.max(one.listed, warmup)) / 3_600_000,
    0,
  );
  const lastEnd = after.some((one) => one.delisted === null)
    ? null
    : Math.max(...after.map((one) => one.delisted!));
  return {
    time_to_list: first === undefined ? censored(end - onset) : seen(first.listed - onset),
    time_to_delist: worst(
      after.map((one) =>
        one.delisted === null ? censored(end - one.listed) : seen(one.delisted - one.listed),
      ),
    ),
    listed_hours: seen(hoursListed),
    time_to_recover:
      after.length === 0
        ? none
        : lastEnd === null
          ? none
          : seen(Math.max(0, lastBlocked - lastEnd)),
  };
};
