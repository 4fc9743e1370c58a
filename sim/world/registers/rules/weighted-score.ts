// SpamCop's score (blog.rblmon.com/spamcop-scbl, the published FAQ's rule): people's reports count by their
// age, trap hits by their number, and the sum is held against the mail that nobody reported.

import type { World } from '../../world.ts';
import { countSince, type Dossier } from '../dossier.ts';
import { plain, type RuleModel } from '../model.ts';
import { type Params, paramsOf } from '../params.ts';
import type { Register } from '../register.ts';
import { sendReport, sendSummary } from '../notices.ts';

type Freshness = NonNullable<Params['freshness']>;

/** What a report of this age counts: 4 when new, falling in a line to 1 at 48 h, nothing after 7 days. */
export const reportWeight = (ageMs: number, freshness: Freshness): number => {
  const { newestWeight, oldWeight, linearUntilS, ignoreAfterS } = freshness;
  if (ageMs > ignoreAfterS * 1_000) return 0;
  const aged = Math.min(1, ageMs / (linearUntilS * 1_000));
  return newestWeight + (oldWeight - newestWeight) * aged;
};

/** What trap hits count: five each below six, their square from there on. */
export const trapScore = (hits: number, trap: NonNullable<Params['trap']>): number =>
  hits < trap.linearBelow ? hits * trap.linearFactor : hits * hits;

/** The score of an address at an instant. */
export const scoreAt = (dossier: Pick<Dossier, 'hits' | 'reports'>, now: number, params: Params): number => {
  const freshness = params.freshness!;
  let score = trapScore(countSince(dossier.hits, now - freshness.ignoreAfterS * 1_000), params.trap!);
  for (const at of dossier.reports) score += reportWeight(now - at, freshness);
  return score;
};

/** All reports of the week, people's and traps'. */
const reportsIn = (dossier: Dossier, since: number): number =>
  countSince(dossier.reports, since) + countSince(dossier.hits, since);

/**
 * Reputation points: one for each query that no report followed. Every copy to a receiver that asks SpamCop
 * stands for one query, an assumption: such a receiver stands for many hosts, each with a cache of its own.
 */
export const reputationPoints = (world: World, register: Register, address: number): number => {
  const { now } = world.agenda;
  const seen = register.traffic!.sum(address, now, 'seen');
  return Math.max(1, seen - reportsIn(register.dossiers[address]!, now - register.rule.window));
};

/**
 * One report never lists. From two on, an address is listed whose score is large against its points; how
 * large is not published: `rule.score` is the preset's guess of 0.02, an assumption (0.003 to 0.02 seen).
 */
const reason = (world: World, register: Register, address: number): string | null => {
  const { now } = world.agenda;
  const params = paramsOf(register.preset);
  const dossier = register.dossiers[address]!;
  if (reportsIn(dossier, now - register.rule.window) < params.minReportsToList!) return null;
  if (endsBy(register, dossier, now) <= now) return null;
  const score = scoreAt(dossier, now, params);
  const points = reputationPoints(world, register, address);
  if (score / points < register.rule.score) return null;
  return `score ${score.toFixed(1)} against ${points} reputation points`;
};

/** 24 h after the last report; where there are but two, no later than 12 h after the listing. */
const endsBy = (register: Register, dossier: Dossier, listedAt: number): number => {
  const { rule, preset } = register;
  if (rule.expiry === null) return Number.POSITIVE_INFINITY;
  const end = dossier.lastHit + rule.expiry;
  const params = paramsOf(preset);
  if (reportsIn(dossier, listedAt - rule.window) > 2) return end;
  // The zone must be rid of it by then, and takes up to its longest publication.
  return Math.min(end, listedAt + (params.maxListingWithTwoReportsS! - preset.publish.maxS) * 1_000);
};

export const weightedScore: RuleModel = {
  ...plain,
  counts: 'from-askers',
  reason,
  endsAt: (_world, register, address) => {
    const dossier = register.dossiers[address]!;
    return endsBy(register, dossier, dossier.listedAt);
  },
  noted: (world, register, address, kind) => {
    if (kind === 'report') sendReport(world, register, address);
    else sendSummary(world, register, address);
  },
};
