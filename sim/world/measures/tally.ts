// Counts what a run is judged by, as it happens: nothing is kept per message but for culprits' mail. Per
// tenant and per rule, since who becomes a culprit is known only when it has happened.

import type { PoolName, Verdict } from '../../../policy/index.ts';
import type { TimelineEntry } from '../../result.ts';
import { power } from '../../samplers.ts';
import { type Account, type Culprit, tenantName, type Truth } from '../senders/cast.ts';
import type { Fate, Message } from '../platform/message.ts';
import { type Accusation, type Labour, noLabour } from './labour.ts';
import type { OpenListing } from './listing-tally.ts';
import { type DayTally, makeDayTally } from './day-tally.ts';
import type { Ears } from './ears.ts';
import { QueueSeries } from './queue-series.ts';
import { countInSeries, makeSeries, type SeriesCount } from './series.ts';
import type { World } from '../world.ts';

/**
 * Columns of the per-tenant counts of wanted mail (of careless tenants' unwanted mail too, where it is
 * refused).
 */
const columns = {
  submitted: 0, delivered: 1, bounced: 2, refused: 3, held: 4, deferred: 5, paced: 6,
  blockedBounces: 7, blockedDeferrals: 8, lost: 9,
} as const;
export type Column = keyof typeof columns;
const width = 10;

export interface RuleCount {
  abusive: number;
  culpritWanted: number;
  innocent: number;
  readonly innocentTenants: Set<number>;
}

/** A rule's word as it is counted, kept so that it is not written anew for each message. */
export interface Said {
  readonly module: string;
  readonly rule: string;
  readonly verdict: Verdict['kind'];
  /** `module rule`, and the same with the verdict. */
  readonly by: string;
  readonly key: string;
}

/** How often a receiver gave one reply, to whose mail. */
export interface ReplyCount {
  readonly receiver: string;
  readonly reply: string;
  readonly class: string;
  wanted: number;
  abusive: number;
}

export interface Tally {
  /** Counting begins here; set by the end of the warm-up. */
  counting: boolean;
  /** A row of counts per tenant, by column: what one message counts lies side by side in memory. */
  readonly byTenant: Int32Array;
  /** Submissions, and where they ended, of all mail ever: the census. */
  readonly census: { submitted: number; readonly ended: Record<Fate, number>; live: number };
  readonly rules: Map<string, RuleCount>;
  /** What the policy has said so far, each once. */
  readonly said: Said[];
  /** For tenants that were hit: how often by which rule. */
  readonly hitsBy: Map<number, Map<string, number>>;
  /** Replies other than acceptance, in the order first met; and the same by receiver, to be found quickly. */
  readonly replies: ReplyCount[];
  readonly repliesOf: { readonly code: number; readonly enhanced: string; readonly row: ReplyCount }[][];
  readonly acceptedBy: readonly { wanted: number; abusive: number }[];
  /** Minutes the policy added to wanted mail, by logarithm: bin `i` holds delays near 1.05^i minutes. */
  readonly delays: Int32Array;
  queue: number;
  queuePeak: number;
  trapHits: number;
  backgroundTrapHits: number;
  /** The last time an innocent's copy was turned away for the address' sake. */
  lastBlocked: number;
  readonly listings: OpenListing[];
  readonly accusations: Accusation[];
  readonly shutMs: Map<number, number>;
  /** What the desk was asked and did, counted once the warm-up is over. */
  readonly labour: Labour;
  readonly timeline: TimelineEntry[];
  timelineLeftOut: number;
  readonly missingPools: Map<PoolName, number>;
  /** Hears each sentence of the timeline, those beyond its limit too; null where nobody listens. */
  listener: ((entry: TimelineEntry) => void) | null;
  readonly series: SeriesCount | null;
  readonly queues: QueueSeries;
  readonly days: DayTally;
  /** What each rule of the policy says, heard or not. */
  readonly ears: Ears;
}

const mostTimeline = 600;
const delayBins = 400;
const delayBase = 1.05;

/** `size`: how many of each there are, how far into its day time 0 lies, and the run's length. */
export const makeTally = (
  size: { tenants: number; receivers: number; addresses: number; intoDay: number; length: number },
  series: { start: number; end: number } | null,
  ears: Ears,
): Tally => {
  const { tenants, receivers, addresses, intoDay, length } = size;
  const bins = series === null ? null : makeSeries(series.start, series.end);
  return {
    ...emptyTally(tenants, receivers), series: bins, queues: new QueueSeries(bins, receivers),
    days: makeDayTally(addresses, intoDay, length, series?.start ?? null), ears,
  };
};

const emptyTally = (
  tenants: number, receivers: number,
): Omit<Tally, 'series' | 'queues' | 'days' | 'ears'> => ({
  counting: true,
  byTenant: new Int32Array(width * tenants),
  census: { submitted: 0, ended: { delivered: 0, bounced: 0, refused: 0 }, live: 0 },
  rules: new Map(), said: [], hitsBy: new Map(), replies: [], repliesOf: [],
  acceptedBy: Array.from({ length: receivers }, () => ({ wanted: 0, abusive: 0 })),
  delays: new Int32Array(delayBins),
  queue: 0, queuePeak: 0, trapHits: 0, backgroundTrapHits: 0, lastBlocked: -1,
  listings: [], accusations: [], shutMs: new Map(), labour: noLabour(),
  timeline: [], timelineLeftOut: 0, missingPools: new Map(), listener: null,
});

/** The warm-up is over: what it left behind is not counted. */
export const beginCounting = (world: World): void => {
  const { tally, desk } = world;
  tally.counting = true;
  tally.queuePeak = tally.queue;
  tally.shutMs.clear();
  Object.assign(tally.labour, noLabour());
  for (const lane of world.outbound.lanes) {
    lane.peak = lane.depth;
    lane.peakAt = world.agenda.now;
    lane.age = 0;
  }
  desk.workedMs = desk.requests = 0;
};

/** A sentence for the incident timeline. The first few hundred are kept, the rest counted. */
export const tell = (world: World, lane: TimelineEntry['lane'], subject: string, what: string): void => {
  const { tally } = world;
  const entry = { at: world.agenda.now, lane, what, subject };
  if (tally.timeline.length >= mostTimeline) tally.timelineLeftOut += 1;
  else tally.timeline.push(entry);
  tally.listener?.(entry);
};

const counts = ({ nature }: Message): boolean => nature === 'wanted' || nature === 'unwanted';
export const isAbuse = (truth: Truth): boolean => truth === 'abusive' || truth === 'unwanted';

/** Counts a message for its tenant. Spammers' mail has no such counts. */
export const add = (tally: Tally, column: Column, message: Message): void => {
  if (!message.counted || !counts(message)) return;
  tally.byTenant[message.actor.tenant * width + columns[column]]! += 1;
};

/** What was counted for a tenant in a column. */
export const counted = (tally: Tally, column: Column, tenant: number): number =>
  tally.byTenant[tenant * width + columns[column]]!;

export const countSubmitted = (world: World, message: Message): void => {
  const { census } = world.tally;
  census.submitted += 1;
  census.live += 1;
  if (message.nature === 'wanted') add(world.tally, 'submitted', message);
  if (isAbuse(message.nature)) countInSeries(world, 'abuse submitted', 1);
};

/** A culprit is noticed for the first time, by the policy or the desk. */
export const detect = (world: World, culprit: Culprit, by: string, how: string): void => {
  if (culprit.detectedAt >= 0) return;
  culprit.detectedAt = world.agenda.now;
  culprit.detectedBy = by;
  const name = tenantName(culprit.tenant);
  tell(world, 'policy', name, `first notices ${name}: ${by} (${how})`);
};

/** A message was turned back at the way in, for good. */
export const countRefused = (world: World, message: Message): void => {
  add(world.tally, 'refused', message);
  if (message.nature === 'wanted') add(world.tally, 'lost', message);
};

/** A message leaves the platform: the first attempt is being made. */
export const markLeft = (world: World, message: Message): void => {
  if (message.left) return;
  message.left = true;
  if (message.abuse >= 0) message.actor.culprit!.abuse.far[message.abuse] = 1;
  if (!message.delayed || message.nature !== 'wanted' || !world.tally.counting) return;
  if (world.tenants[message.submission.tenant]!.culprit !== null) return;
  const minutes = Math.max(1, (world.agenda.now - message.since) / 60_000);
  world.tally.delays[Math.min(delayBins - 1, Math.round(Math.log(minutes) / Math.log(delayBase)))]! += 1;
};

/**
 * Minutes of delay that a share of the delayed mail did not exceed; null where none was delayed. Within 2.5
 * %.
 */
export const delayQuantile = (tally: Tally, share: number): number | null => {
  const all = tally.delays.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let seen = 0;
  for (const [bin, count] of tally.delays.entries()) {
    seen += count;
    if (seen >= share * all) return power(delayBase, bin);
  }
  return null;
};

export const trapHit = (world: World, message: Message): void => {
  const { tally } = world;
  if (!tally.counting) return;
  tally.trapHits += 1;
  if (message.nature === 'wanted') tally.backgroundTrapHits += 1;
};

export const queueGrew = (world: World, by: 1 | -1): void => {
  const { tally } = world;
  tally.queue += by;
  if (tally.queue > tally.queuePeak) tally.queuePeak = tally.queue;
};

/** A submission has come to its one end. */
export const finish = (world: World, message: Message, fate: Fate): void => {
  const { census } = world.tally;
  census.live -= 1;
  census.ended[fate] += 1;
  if (message.nature !== 'wanted') return;
  if (fate !== 'refused') add(world.tally, fate, message);
  if (fate === 'bounced' && message.turnedAway) add(world.tally, 'lost', message);
};

/** The desk has named a culprit, rightly or not; naming the right one is also noticing it. */
export const rememberAccusation = (world: World, account: Account): void => {
  const { culprit } = account.tenant;
  const right = culprit !== null && culprit.onset <= world.agenda.now;
  world.tally.accusations.push({ at: world.agenda.now, tenant: account.tenant, right });
  if (right) detect(world, culprit, 'desk evidence', 'accused');
};

/** An account is open again; how long it was shut is kept for its tenant. */
export const countReopened = (world: World, account: Account): void => {
  if (account.shutSince < 0) return;
  const { shutMs } = world.tally;
  shutMs.set(account.tenant.id, (shutMs.get(account.tenant.id) ?? 0) + world.agenda.now - account.shutSince);
  account.shutSince = -1;
};
