// Shards of one run become the run: parts that differ in their seeds alone, made at other times or on other
// machines. Nothing is averaged; seeds are put side by side, and what does not belong together is refused.

import { valueText } from '../../policy/index.ts';
import type { RunResult, SeedResult } from '../../sim/index.ts';

/** A result and what to call it in a complaint: its folder. */
export interface Shard {
  readonly where: string;
  readonly result: RunResult;
}

export type Merging =
  | { readonly kind: 'merged'; readonly result: RunResult }
  /** They are of different plans, policies or versions: nothing to merge. */
  | { readonly kind: 'different'; readonly one: string; readonly two: string; readonly how: string }
  /** One seed came to two ends: the run is not repeatable, or a file was tampered with. */
  | { readonly kind: 'conflict'; readonly one: string; readonly two: string; readonly how: string };

/** What differs between two results that ought to differ in seeds alone, in words; empty where nothing. */
export const differencesOf = (earlier: RunResult, now: RunResult): readonly string[] =>
  (
    [
      ['plan', earlier.planHash, now.planHash],
      ['policy', earlier.policy.name, now.policy.name],
      ['policy file', earlier.policy.digest, now.policy.digest],
      ['policy modules', earlier.policy.modules.join(' '), now.policy.modules.join(' ')],
      ['policy settings', settingsText(earlier), settingsText(now)],
      ['transport', earlier.transport, now.transport],
      ['tool', earlier.tool, now.tool],
    ] as const
  )
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what} was ${before || 'none'}, is ${after || 'none'}`);

const settingsText = ({ policy: { settings } }: RunResult): string =>
  settings.map(({ name, unit, value }) => `${name} ${valueText(value, unit)}`).join(', ');

/**
 * At least one shard. Seeds that several shards have must have come to the same, and are kept once; in
 * the order of their numbers, names last. `made` is that of the latest shard.
 */
export const mergeShards = (shards: readonly Shard[]): Merging => {
  const first = shards[0]!;
  const seeds = new Map<string, { readonly where: string; readonly result: SeedResult }>();
  for (const { where, result } of shards) {
    const differences = differencesOf(first.result, result);
    if (differences.length > 0)
      return { kind: 'different', one: first.where, two: where, how: differences.join('; ') };
    for (const seed of result.seeds) {
      const before = seeds.get(seed.seed);
      const how = before === undefined ? '' : conflict(before.result, seed);
      if (how !== '') return { kind: 'conflict', one: before!.where, two: where, how };
      seeds.set(seed.seed, before ?? { where, result: seed });
    }
  }
  const results = shards.map(({ result }) => result);
  return {
    kind: 'merged',
    result: {
      ...first.result,
      made: results.map(({ made }) => made).sort().at(-1)!,
      seedsAsked: Math.max(seeds.size, seedsAskedBy(results)),
      seeds: [...seeds.values()].map(({ result }) => result).sort(bySeed),
    },
  };
};

const conflict = (one: SeedResult, two: SeedResult): string => {
  if (one.fingerprint !== two.fingerprint)
    return `seed ${one.seed} has fingerprint ${one.fingerprint} in one and ${two.fingerprint} in the other`;
  // The same events, so the same figures: whoever wrote another changed the file by hand.
  return JSON.stringify(one) === JSON.stringify(two)
    ? ''
    : `seed ${one.seed} has the same fingerprint in both, and other figures: one of the files was changed`;
};

/**
 * Seeds asked for by all shards together. A result says how many it was asked for, not which; where it is
 * whole they are those it has, where counted (1 to n) those, and else as many unnamed ones as it lacks.
 */
const seedsAskedBy = (results: readonly RunResult[]): number => {
  const named = new Set<string>();
  let unnamed = 0;
  for (const { seeds, seedsAsked } of results) {
    const lacking = Math.max(0, seedsAsked - seeds.length);
    const isCounted = seeds.every(({ seed }) => /^[1-9]\d*$/.test(seed) && Number(seed) <= seedsAsked);
    for (const { seed } of seeds) named.add(seed);
    if (lacking > 0 && isCounted) for (let seed = 1; seed <= seedsAsked; seed += 1) named.add(String(seed));
    else unnamed += lacking;
  }
  return named.size + unnamed;
};

/** Names come after all numbers. */
const numberOf = ({ seed }: SeedResult): number =>
  /^\d{1,15}$/.test(seed) ? Number(seed) : Number.POSITIVE_INFINITY;

const bySeed = (one: SeedResult, two: SeedResult): number => {
  const [a, b] = [numberOf(one), numberOf(two)];
  if (a !== b) return a < b ? -1 : 1;
  return one.seed < two.seed ? -1 : one.seed > two.seed ? 1 : 0;
};
