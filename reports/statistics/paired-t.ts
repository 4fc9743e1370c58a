// Student's t test of paired differences (1908): seed by seed, candidate minus baseline.

import { mean as meanOf, sampleVariance } from 'simple-statistics';
import { type Interval, tailOf, usualLevel } from './interval.ts';
import { studentBeyond, studentOutside } from './student.ts';

export interface PairedT {
  readonly mean: number;
  /** Infinite where all differences are the same and not 0. */
  readonly t: number;
  readonly freedom: number;
  /** Two-sided. Where all differences are 0: 1; where they are all the same other value: 0. */
  readonly p: number;
  readonly interval: Interval;
}

/**
 * Differences of two or more seeds, in any unit. Throws a RangeError for fewer, or one that is not finite.
 */
export const pairedT = (differences: readonly number[], level = usualLevel): PairedT => {
  const tail = tailOf('pairedT', level);
  checkDifferences('pairedT', differences, 2);
  const freedom = differences.length - 1;
  const first = differences[0]!;
  if (differences.every((difference) => difference === first)) {
    const t = first === 0 ? 0 : Math.sign(first) * Infinity;
    return { mean: first, t, freedom, p: first === 0 ? 1 : 0, interval: [first, first] };
  }
  const mean = meanOf([...differences]);
  const error = Math.sqrt(sampleVariance([...differences]) / differences.length);
  const half = studentOutside(2 * tail, freedom) * error;
  const t = mean / error;
  return { mean, t, freedom, p: studentBeyond(t, freedom), interval: [mean - half, mean + half] };
};

/** Throws a RangeError for too few differences or one that is not finite. */
export const checkDifferences = (what: string, differences: readonly number[], least: number): void => {
  if (differences.length < least)
    throw new RangeError(`${what}: ${differences.length} differences; it takes ${least} or more.`);
  const bad = differences.findIndex((difference) => !Number.isFinite(difference));
  if (bad < 0) return;
  const seen = `difference ${bad} is ${differences[bad]}`;
  throw new RangeError(`${what}: ${seen}. Leave the pair out and count it.`);
};
