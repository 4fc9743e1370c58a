// Which seeds a run is asked for. A seed is a name, and any name is a seed; counted ones are 1, 2, 3 and so
// on, so that a longer run repeats a shorter one and adds to it.

import { shownValue } from '../sim/plan/problems.ts';
import { UserMistake } from './faults.ts';

const mostSeeds = 100_000;

/** From `--seed 7`, `--seeds 20`, or the plan's own number. Throws a UserMistake. */
export const seedsAsked = (
  one: string | undefined,
  count: string | undefined,
  planned: number,
): readonly string[] => {
  if (one !== undefined && count !== undefined) {
    throw new UserMistake('--seed names one seed, --seeds says how many; give one of the two.');
  }
  if (one !== undefined) {
    if (/^[\w.-]{1,64}$/.test(one)) return [one];
    throw new UserMistake(
      `--seed is ${shownValue(one)}; a seed is a number or a name of letters, digits, dots and hyphens.`,
    );
  }
  const number = count === undefined ? planned : wholeNumber('--seeds', count, mostSeeds);
  return Array.from({ length: number }, (_, index) => String(index + 1));
};

/**
 * Every n-th of the seeds, from the i-th on, of `--shard i/n`: parts of like size, whatever the seeds
 * cost. All of them without a shard. Throws a UserMistake.
 */
export const shardOf = (seeds: readonly string[], shard: string | undefined): readonly string[] => {
  if (shard === undefined) return seeds;
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? [];
  if (part === undefined || Number(part) < 1 || Number(part) > Number(parts)) {
    throw new UserMistake(`--shard is ${shownValue(shard)}; it is a part of how many, such as 2/4.`);
  }
  const found = seeds.filter((_, index) => index % Number(parts) === Number(part) - 1);
  if (found.length > 0) return found;
  throw new UserMistake(`--shard ${shard} has none of ${seeds.length} seeds. Use no more shards than seeds.`);
};

/** An option's whole number of 1 or more. Throws a UserMistake that names the option. */
export const wholeNumber = (option: string, text: string, most: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw new UserMistake(`${option} is ${shownValue(text)}; it is a whole number from 1 to ${most}.`);
};
