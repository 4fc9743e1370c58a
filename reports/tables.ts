// The tables of a summary: culprits, innocents hit, listings, replies and rules, each added up over the
// seeds. Counts of seeds stand beside sums of messages, since messages behind one address are not independent
// and seeds are.

import type { CulpritStory, SeedResult } from '../sim/index.ts';
import { type Finding, none } from './finding.ts';
import { quantile } from './statistics/quantile.ts';

/** A culprit in one seed, longest sending first. */
export interface CulpritRow extends CulpritStory {
  readonly seed: string;
}

/**
 * An innocent tenant and what befell it, over all seeds. Careless senders share one row: each seed picks its
 * own.
 */
export interface HitRow {
  /** Empty where it stands for careless senders of several names. */
  readonly tenant: string;
  /** At fault itself, though without meaning to: it is no innocent, and every table says so. */
  readonly careless: boolean;
  /** Seeds in which any mail of it was rejected or held, or it was suspended. */
  readonly seedsStopped: number;
  /** Seeds in which its mail was only deferred or paced. */
  readonly seedsSlowed: number;
  readonly submitted: number;
  readonly rejected: number;
  readonly held: number;
  readonly deferred: number;
  readonly paced: number;
  /** The longest it was suspended in one seed, milliseconds. */
  readonly suspendedMs: number;
  /** Rules that hit it, the one of most seeds first. */
  readonly rules: readonly { readonly rule: string; readonly seeds: number }[];
  /** The seed in which it lost most. */
  readonly worstSeed: string;
}

/** A register's listings over all seeds. */
export interface ListingRow {
  readonly register: string;
  readonly seedsListed: number;
  readonly listings: number;
  /** Listings in which no culprit had any part. */
  readonly background: number;
  /** How long one listing lasted, milliseconds; those standing at the end of a run are censored there. */
  readonly lasted: Finding;
  readonly stillListed: number;
  readonly endings: readonly { readonly ending: string; readonly listings: number }[];
}

export interface ReplyRow {
  readonly receiver: string;
  readonly reply: string;
  readonly class: string;
  /** What became of the copy. Only `tried again` counts tries: a copy put off five times is five of them. */
  readonly outcome: 'accepted' | 'given up' | 'tried again';
  readonly wanted: number;
  readonly abusive: number;
  readonly seeds: number;
}

export interface RuleTotal {
  readonly rule: string;
  readonly verdict: string;
  readonly abusive: number;
  readonly culpritWanted: number;
  readonly innocent: number;
  /** The most innocent tenants it hit in one seed. */
  readonly innocentTenants: number;
  readonly seeds: number;
}

const seedsOf = (rows: readonly { readonly seed: string }[]): number =>
  new Set(rows.map(({ seed }) => seed)).size;

const stopped = (hit: { rejected: number; held: number; suspendedMs: number }): boolean =>
  hit.rejected + hit.held + hit.suspendedMs > 0;

export const sumCulprits = (seeds: readonly SeedResult[]): readonly CulpritRow[] =>
  seeds
    .flatMap(({ seed, culprits }) => culprits.map((culprit) => ({ ...culprit, seed })))
    .sort(
      (one, two) =>
        Number(one.blocked.observed) - Number(two.blocked.observed) ||
        (two.blocked.value ?? -1) - (one.blocked.value ?? -1) ||
        two.escaped - one.escaped,
    );

export const sumHits = (seeds: readonly SeedResult[]): readonly HitRow[] => {
  const rows = [
    ...grouped(
      seeds.flatMap(({ seed, hits }) => hits.map((hit) => ({ ...hit, seed }))),
      (hit) => (hit.careless ? 'careless' : `tenant ${hit.tenant}`),
    ).values(),
  ];
  return rows
    .map((hits) => {
      const { tenant, careless } = hits[0]!;
      const seedsStopped = seedsOf(hits.filter(stopped));
      const rules = [...grouped(hits, (hit) => hit.rule)]
        .map(([rule, of]) => ({ rule, seeds: seedsOf(of) }))
        .sort((one, two) => two.seeds - one.seeds || compare(one.rule, two.rule));
      const lost = (hit: (typeof hits)[number]): number =>
        hit.suspendedMs / 1000 + hit.rejected + hit.held + hit.deferred / 1e3;
      return {
        tenant: hits.every((hit) => hit.tenant === tenant) ? tenant : '',
        careless,
        seedsStopped,
        seedsSlowed: seedsOf(hits) - seedsStopped,
        submitted: total(hits, (hit) => hit.submitted),
        rejected: total(hits, (hit) => hit.rejected),
        held: total(hits, (hit) => hit.held),
        deferred: total(hits, (hit) => hit.deferred),
        paced: total(hits, (hit) => hit.paced),
        suspendedMs: Math.max(...hits.map((hit) => hit.suspendedMs)),
        rules,
        worstSeed: hits.toSorted((one, two) => lost(two) - lost(one))[0]!.seed,
      };
    })
    .sort(
      (one, two) =>
        two.seedsStopped - one.seedsStopped ||
        two.rejected + two.held - one.rejected - one.held ||
        two.suspendedMs - one.suspendedMs ||
        two.deferred + two.paced - one.deferred - one.paced ||
        compare(one.tenant, two.tenant),
    );
};

export const sumListings = (seeds: readonly SeedResult[]): readonly ListingRow[] => {
  const all = seeds.flatMap(({ seed, listings }) => listings.map((listing) => ({ ...listing, seed })));
  return [...grouped(all, (listing) => listing.register)]
    .map(([register, listings]) => {
      const ended = listings.filter((listing) => listing.delisted !== null);
      return {
        register,
        listings: listings.length,
        seedsListed: new Set(listings.map(({ seed }) => seed)).size,
        background: listings.filter((listing) => listing.cause.startsWith('background')).length,
        lasted: lastedOf(
          ended.map(({ listed, delisted }) => delisted! - listed),
          listings.length - ended.length,
        ),
        stillListed: listings.length - ended.length,
        endings: [...grouped(ended, (listing) => listing.ending)]
          .map(([ending, of]) => ({ ending, listings: of.length }))
          .sort((one, two) => two.listings - one.listings),
      };
    })
    .sort((one, two) => two.seedsListed - one.seedsListed || compare(one.register, two.register));
};

/**
 * Half of the listings ended within this. A result does not say when its runs ended, so one still standing is
 * "longer".
 */
const lastedOf = (ended: readonly number[], standing: number): Finding => {
  if (ended.length + standing === 0) return none;
  const value = quantile(
    [...ended, ...Array.from({ length: standing }, () => Number.POSITIVE_INFINITY)],
    0.5,
  );
  return Number.isFinite(value)
    ? { kind: 'value', value }
    : { kind: 'never', atLeast: Math.max(0, ...ended) };
};

export const sumReplies = (seeds: readonly SeedResult[]): readonly ReplyRow[] =>
  [
    ...grouped(
      seeds.flatMap(({ receivers }) => receivers),
      (row) => JSON.stringify([row.receiver, row.reply, row.class]),
    ),
  ]
    .map(([, rows]) => ({
      receiver: rows[0]!.receiver,
      reply: rows[0]!.reply,
      class: rows[0]!.class,
      outcome: outcomeOf(rows[0]!.reply),
      wanted: total(rows, (row) => row.wanted),
      abusive: total(rows, (row) => row.abusive),
      seeds: rows.length,
    }))
    .sort(
      (one, two) =>
        compare(one.receiver, two.receiver) ||
        outcomes.indexOf(one.outcome) - outcomes.indexOf(two.outcome) ||
        two.wanted + two.abusive - one.wanted - one.abusive,
    );

const outcomes: readonly ReplyRow['outcome'][] = ['accepted', 'given up', 'tried again'];

const outcomeOf = (reply: string): ReplyRow['outcome'] =>
  reply.startsWith('2') ? 'accepted' : reply.startsWith('4') ? 'tried again' : 'given up';

export const sumRules = (seeds: readonly SeedResult[]): readonly RuleTotal[] =>
  [
    ...grouped(
      seeds.flatMap(({ rules }) => rules),
      (row) => JSON.stringify([row.rule, row.verdict]),
    ),
  ]
    .map(([, rows]) => ({
      rule: rows[0]!.rule,
      verdict: rows[0]!.verdict,
      abusive: total(rows, (row) => row.abusive),
      culpritWanted: total(rows, (row) => row.culpritWanted),
      innocent: total(rows, (row) => row.innocent),
      innocentTenants: Math.max(...rows.map((row) => row.innocentTenants)),
      seeds: rows.length,
    }))
    .sort(
      (one, two) => two.abusive - one.abusive || two.innocent - one.innocent || compare(one.rule, two.rule),
    );

const grouped = <Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
};

const total = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

/** By code point, the same on every machine; a locale's order is not. */
const compare = (one: string, two: string): number => (one < two ? -1 : one > two ? 1 : 0);
