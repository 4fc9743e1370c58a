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

/** An option's whole number of 1 or more. Throws a UserMistake that names the option. */
export const wholeNumber = (option: string, text: string, most: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw new UserMistake(`${option} is ${shownValue(text)}; it is a whole number from 1 to ${most}.`);
};
