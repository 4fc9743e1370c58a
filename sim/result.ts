// What one run leaves behind: plain JSON, everything a report needs, nothing it has to compute from events.
// Times are milliseconds since the run began. The unit of analysis is the seed: one `SeedResult` is one
// replication.

import type { PlanInput } from './plan/schema.ts';
import type { AddressDays, GroupRow, HeardRules } from './result-measured.ts';

/** The version of the file's shape; a reader refuses another. */
export const resultSchemaVersion = 'sharedfate/result@4';

/**
 * A quantity that may not have been observed to its end. `observed: false` with a value is right-censored (it
 * lasted at least that long); with `null` it does not apply to this run (nothing was listed, so nothing could
 * be delisted).
 */
export interface Measure {
  readonly value: number | null;
  readonly observed: boolean;
}

/** Names, units and better direction of every metric; docs/METRICS.md gives definitions with examples. */
export const metricUnits = {
  time_to_detect: 'ms',
  time_to_block: 'ms',
  'abusive.submitted': 'count',
  escaped: 'count',
  'escaped.share': 'share',
  'escaped.until_block': 'count',
  time_to_list: 'ms',
  time_to_delist: 'ms',
  listed_hours: 'hours',
  time_to_recover: 'ms',
  trap_hits: 'count',
  'trap_hits.background': 'count',
  'fp.tenants': 'share',
  'fp.tenants.paced': 'share',
  'fp.messages.rejected': 'share',
  'fp.messages.held': 'share',
  'fp.messages.deferred': 'share',
  'fp.messages.paced': 'share',
  'fp.delay.p50': 'minutes',
  'fp.delay.p95': 'minutes',
  'wanted.submitted': 'count',
  'wanted.delivered': 'count',
  'wanted.lost': 'count',
  'collateral.bounced': 'count',
  'collateral.deferred': 'count',
  'collateral.bounced.share': 'share',
  'collateral.junked': 'count',
  'collateral.junked.share': 'share',
  'collateral.tenants': 'share',
  'attribution.correct': 'share',
  'attribution.wrongly_accused': 'count',
  'attribution.wrong_before': 'count',
  'wrongly_shut.hours': 'hours',
  appeals: 'count',
  tickets: 'count',
  'urgent.diverted': 'count',
  'delist.requests': 'count',
  'delist.without_cause': 'count',
  'delist.refused': 'count',
  'delist.fees': 'count',
  'desk.hours': 'hours',
  'desk.backlog': 'count',
  'queue.peak': 'count',
  'queue.age': 'ms',
} as const satisfies Record<string, 'ms' | 'hours' | 'minutes' | 'share' | 'count'>;

export type MetricName = keyof typeof metricUnits;

/** One instant of a run that a person would want to see. */
export interface TimelineEntry {
  readonly at: number;
  readonly lane: 'tenant' | 'policy' | 'register' | 'receiver' | 'desk';
  /** A few plain words, such as `suspended offices-17: hard bounces 31 of 62`. */
  readonly what: string;
  /** Name of the tenant, register or receiver it concerns. */
  readonly subject: string;
}

/** Counts per bin around the incidents; each array has one number a bin. */
export interface Series {
  readonly start: number;
  readonly bin: number;
  readonly lines: {
    readonly 'abuse submitted': readonly number[];
    readonly 'abuse escaped': readonly number[];
    readonly 'abuse stopped by policy': readonly number[];
    readonly 'wanted accepted': readonly number[];
    readonly 'wanted deferred': readonly number[];
    readonly 'wanted refused': readonly number[];
  };
  /** The deepest outbound queues: most envelopes at once, and age of the oldest in minutes, by bin. */
  readonly queues: readonly {
    readonly receiver: string;
    readonly depth: readonly number[];
    readonly oldest: readonly number[];
  }[];
}

/** One culprit and how it went. */
export interface CulpritStory {
  readonly tenant: string;
  /** Accounts that the fault reached, of this tenant or of several. */
  readonly accounts: number;
  readonly cause: 'compromised' | 'infected' | 'careless' | 'spammer' | 'backscatter';
  readonly onset: number;
  readonly ended: number;
  readonly submitted: number;
  readonly escaped: number;
  readonly escapedUntilBlock: number;
  readonly detected: Measure;
  readonly blocked: Measure;
  /** The rule or person that noticed it first, and whose word stopped it; empty where nothing did. */
  readonly detectedBy: string;
  readonly blockedBy: string;
}

/** An innocent tenant that the policy or the desk hit, worst first. */
export interface TenantHit {
  readonly tenant: string;
  /** It was at fault itself, but by carelessness: refusing it is counted, pacing it is not. */
  readonly careless: boolean;
  readonly submitted: number;
  readonly rejected: number;
  readonly held: number;
  readonly deferred: number;
  readonly paced: number;
  readonly suspendedMs: number;
  /** The rule that hit it most often, such as `recipient-window recipients/24h`. */
  readonly rule: string;
}

export interface ListingStory {
  readonly register: string;
  readonly address: string;
  readonly listed: number;
  /** Null where it still stood when the run ended. */
  readonly delisted: number | null;
  /**
   * `2 of 3 trap hits by culprits` (or `by neighbours`), `background trap hits alone`, or the register's own
   * reason where no trap was hit.
   */
  readonly cause: string;
  /** How it ended: `expired`, `delisted on request`, or empty. */
  readonly ending: string;
}

/** How one receiver answered: copies by reply. */
export interface ReceiverRow {
  readonly receiver: string;
  readonly reply: string;
  readonly class: string;
  readonly wanted: number;
  readonly abusive: number;
}

/** The platform's queue for one receiver. */
export interface QueueRow {
  readonly receiver: string;
  /** Most envelopes in it at once, and when. */
  readonly peak: number;
  readonly peakAt: number;
  /** Greatest age of an envelope in it, in milliseconds. */
  readonly oldest: number;
  /** Envelopes in it when the run ended. */
  readonly left: number;
}

/** Which rule spoke how often, against whom. */
export interface RuleRow {
  readonly rule: string;
  readonly verdict: string;
  readonly abusive: number;
  readonly culpritWanted: number;
  readonly innocent: number;
  readonly innocentTenants: number;
}

export interface SeedResult {
  readonly seed: string;
  readonly fingerprint: string;
  readonly events: number;
  /** Tenants that fp.tenants is a share of: all but the compromised and the spammers. */
  readonly innocents: number;
  readonly metrics: Readonly<Record<MetricName, Measure>>;
  readonly culprits: readonly CulpritStory[];
  readonly hits: readonly TenantHit[];
  readonly listings: readonly ListingStory[];
  readonly receivers: readonly ReceiverRow[];
  readonly queues: readonly QueueRow[];
  readonly rules: readonly RuleRow[];
  readonly timeline: readonly TimelineEntry[];
  /** Entries beyond the limit of the timeline, counted and left out. */
  readonly timelineLeftOut: number;
  readonly series: Series | null;
  /** Pools that the policy meant mail for and the platform does not have; such mail went out as all does. */
  readonly missingPools: readonly { readonly pool: string; readonly times: number }[];
  /** `from`: the midnight (UTC) at or before time 0; at most 32 addresses, those with the most mail. */
  readonly days: { readonly from: number; readonly addresses: readonly AddressDays[] };
  readonly groups: readonly GroupRow[];
  readonly heard: HeardRules;
}

/** A number of a policy that may be set: what it was, and what it is where nobody sets it. */
export interface PolicySetting {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly default: number;
}

export interface RunResult {
  readonly schema: typeof resultSchemaVersion;
  readonly tool: string;
  readonly made: string;
  readonly scenario: string;
  readonly plan: PlanInput;
  readonly planHash: string;
  readonly policy: {
    readonly name: string;
    /** The file it was read from, as a person would type it; empty for a policy that comes with the tool. */
    readonly source: string;
    /** Digest of that file's text; empty for what comes with the tool. Runs of two texts are never joined. */
    readonly digest: string;
    readonly modules: readonly string[];
    /** What may be set of it, with the values that held; times in milliseconds where the unit is `span`. */
    readonly settings: readonly PolicySetting[];
  };
  readonly transport: 'memory' | 'wire' | 'postfix' | 'haraka';
  /** Seeds asked for; fewer results than this mean the run was interrupted. */
  readonly seedsAsked: number;
  readonly seeds: readonly SeedResult[];
  /** The tenants simulated, by group: name and how many. */
  readonly cast: readonly { readonly group: string; readonly kind: string; readonly tenants: number }[];
  /** Numbers the result rests on that are assumptions, as `register psbl: expiry.seconds`. */
  readonly assumptions: readonly string[];
}
